import { test } from 'node:test';
import { given } from '@sightline/event-log/testing';
import { type AreaEvent, area, type SiteEvent, site } from './site.ts';

const siteRegistered: SiteEvent = { type: 'SiteRegistered', data: { site: 'north', name: 'North' } };
const areaRegistered: AreaEvent = { type: 'AreaRegistered', data: { area: 'yard', site: 'north', name: 'Yard' } };

test('a site is registered once and renamed', () => {
  given(site, []).when({ type: 'RegisterSite', site: 'north', name: 'North' }).then(siteRegistered);
  given(site, [siteRegistered]).when({ type: 'RegisterSite', site: 'north', name: 'N' }).thenRefused('exists');
  given(site, [siteRegistered])
    .when({ type: 'RenameSite', name: 'N' })
    .then({ type: 'SiteRenamed', data: { site: 'north', name: 'N' } });
  given(site, []).when({ type: 'RenameSite', name: 'N' }).thenRefused('not_found');
});

test('an area is registered once and renamed', () => {
  given(area, []).when({ type: 'RegisterArea', area: 'yard', site: 'north', name: 'Yard' }).then(areaRegistered);
  given(area, [areaRegistered]).when({ type: 'RenameArea', name: 'Yard' }).then();
  given(area, [areaRegistered])
    .when({ type: 'RenameArea', name: 'Court' })
    .then({ type: 'AreaRenamed', data: { area: 'yard', name: 'Court' } });
  given(area, []).when({ type: 'RenameArea', name: 'Court' }).thenRefused('not_found');
});
