import type { areaEvents, EventOf, siteEvents } from '@sightline/contracts';
import { type Decider, Refused } from '@sightline/event-log';

export type SiteEvent = EventOf<typeof siteEvents>;
export type SiteCommand = { type: 'RegisterSite'; site: string; name: string } | { type: 'RenameSite'; name: string };
type SiteState = { status: 'none' } | { status: 'registered'; site: string; name: string };

/** A place. */
export const site: Decider<SiteCommand, SiteState, SiteEvent> = {
  initial: () => ({ status: 'none' }),
  decide: (command, state) => {
    if (command.type === 'RegisterSite') {
      if (state.status !== 'none') throw new Refused('exists', 'There is a site of this id already.');
      return [{ type: 'SiteRegistered', data: { site: command.site, name: command.name } }];
    }
    if (state.status === 'none') throw new Refused('not_found', 'There is no such site.');
    return command.name === state.name ? [] : [{ type: 'SiteRenamed', data: { site: state.site, name: command.name } }];
  },
  evolve: (_state, { data }) => ({ status: 'registered', ...data }),
};

export type AreaEvent = EventOf<typeof areaEvents>;
export type AreaCommand =
  | { type: 'RegisterArea'; area: string; site: string; name: string }
  | { type: 'RenameArea'; name: string };
type AreaState = { status: 'none' } | { status: 'registered'; area: string; name: string };

/** Cameras of a site that people are given rights to. */
export const area: Decider<AreaCommand, AreaState, AreaEvent> = {
  initial: () => ({ status: 'none' }),
  decide: (command, state) => {
    if (command.type === 'RegisterArea') {
      if (state.status !== 'none') throw new Refused('exists', 'There is an area of this id already.');
      return [{ type: 'AreaRegistered', data: { area: command.area, site: command.site, name: command.name } }];
    }
    if (state.status === 'none') throw new Refused('not_found', 'There is no such area.');
    return command.name === state.name ? [] : [{ type: 'AreaRenamed', data: { area: state.area, name: command.name } }];
  },
  evolve: (_state, { data }) => ({ status: 'registered', area: data.area, name: data.name }),
};
