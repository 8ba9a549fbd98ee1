import type { StatusView } from '@sightline/contracts/http/status';

type Service = StatusView['services'][number];

/** All that does not work, by name, in one line. */
export function summaryOf({ services, parts, cameras }: Pick<StatusView, 'services' | 'parts' | 'cameras'>): string {
  const silent = cameras.find(({ state }) => state === 'silent')?.count ?? 0;
  const bad = [
    ...services.flatMap(troubleOf),
    ...parts.filter(({ state }) => state === 'fails').map(({ name }) => name),
    ...(silent > 0 ? [`the ingress of ${silent} ${silent === 1 ? 'camera' : 'cameras'}`] : []),
  ];
  return bad.length === 0 ? 'Everything works.' : `Not working now: ${bad.join(', ')}.`;
}

/** A service of which no copy is ready is away; of others, copies are. */
function troubleOf({ service, copies }: Service): string[] {
  const bad = copies.filter(({ state }) => state !== 'ready').length;
  if (bad === copies.length) return [service];
  if (bad === 0) return [];
  return [`${bad} of ${copies.length} copies of ${service}`];
}
