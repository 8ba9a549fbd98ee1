import type { ClockView, NeedView, PartView, Presence, StatusView } from '@sightline/contracts';

/** The proxy that a question came through, with its version where it tells that. */
export interface ReverseProxy {
  version?: string | undefined;
}

/** The proxy, as whoever came through it can tell. */
export const proxyPart = (proxy: ReverseProxy | undefined): PartView => ({
  name: 'caddy',
  state: proxy ? 'works' : 'unknown',
  ...(proxy?.version ? { version: proxy.version } : {}),
});

/** A part fails when anybody who needs it says so; what this copy sees itself is newest. */
export function partOf(
  name: PartView['name'],
  copies: readonly Presence[],
  own: readonly (NeedView & { version?: string })[],
): PartView {
  const told = copies.flatMap(({ instance, needs }) => needs.map((need) => ({ instance, ...need })));
  const seen = [...own.map((need) => ({ instance: 'registry', ...need })), ...told].filter(
    (need) => need.name === name,
  );
  const versions = [...own, ...copies.map(({ versions }) => ({ name, version: versions[name] }))];
  const version = versions.find((each) => each.name === name && each.version)?.version;
  const broken = seen.find(({ works }) => !works);
  return {
    name,
    state: broken ? 'fails' : seen.length > 0 ? 'works' : 'unknown',
    ...(version ? { version } : {}),
    ...(broken ? { error: `${broken.instance}: ${broken.error}` } : {}),
  };
}

/** What lags in each service: the copy that is furthest behind. */
export function lagsOf(copies: readonly Presence[]): StatusView['lags'] {
  const furthest = new Map<string, StatusView['lags'][number]>();
  for (const { service, lags } of copies) {
    for (const lag of lags) {
      const key = `${service} ${lag.name}`;
      const before = furthest.get(key);
      if (!before || (lag.value ?? -1) > (before.value ?? -1)) furthest.set(key, { service, ...lag });
    }
  }
  return [...furthest.values()];
}

/** Every copy reads every worker: one that calls a clock wrong has seen enough of it to tell. */
export function clocksOf(copies: readonly Presence[]): ClockView[] {
  const found = new Map<string, ClockView>();
  for (const clock of copies.flatMap(({ clocks = [] }) => clocks)) {
    const before = found.get(clock.worker);
    if (!before || before.state === 'plausible') found.set(clock.worker, clock);
  }
  const isRight = ({ state }: ClockView) => Number(state === 'plausible');
  return [...found.values()].sort((a, b) => isRight(a) - isRight(b) || a.worker.localeCompare(b.worker));
}
