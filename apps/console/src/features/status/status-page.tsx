import type { StatusView } from '@sightline/contracts/http/status';
import { useStatus } from '../../api/queries.ts';
import { Page } from '../../ui/page.tsx';
import { Read } from '../../ui/read.tsx';
import { feedWords } from '../cameras/feed-words.ts';
import { Clocks } from './clocks.tsx';
import { Copies } from './copies.tsx';
import { Good, Section } from './section.tsx';
import { summaryOf } from './summary.ts';

/** How the system is: every service and part, what lags, and the cameras by state. */
export function StatusPage() {
  const status = useStatus();
  return (
    <Page title="Status" summary={status.data && summaryOf(status.data)}>
      <Read what="status" query={status} />
      {status.data && (
        <>
          <Cameras cameras={status.data.cameras} />
          <Copies services={status.data.services} />
          <Parts parts={status.data.parts} />
          <Lags lags={status.data.lags} />
          {status.data.clocks.length > 0 && <Clocks clocks={status.data.clocks} />}
        </>
      )}
    </Page>
  );
}

const calm: readonly string[] = ['live', 'connecting', 'disabled'];

function Cameras({ cameras }: Pick<StatusView, 'cameras'>) {
  return (
    <Section title="Cameras by state">
      <dl className="flex flex-wrap gap-x-10 gap-y-3 px-4 py-3">
        {cameras.length === 0 && <p className="text-quiet">No cameras yet.</p>}
        {cameras.map(({ state, count }) => (
          <div key={state} className={calm.includes(state) || count === 0 ? '' : 'text-look'}>
            <dt className="text-quiet text-xs">{feedWords[state]}</dt>
            <dd className="text-lg">{count}</dd>
          </div>
        ))}
      </dl>
    </Section>
  );
}

function Parts({ parts }: Pick<StatusView, 'parts'>) {
  const words = { works: 'Works', fails: 'Fails', unknown: 'Nobody can tell' } as const;
  return (
    <Section title="Parts" columns={['Part', 'Version', 'State']}>
      {parts.map(({ name, state, version, error }) => (
        <tr key={name} className="border-line border-t">
          <td className="px-4 py-2 font-medium">{name}</td>
          <td className="px-4 py-2 text-quiet">{version ?? 'not known'}</td>
          <td className="px-4 py-2">
            <Good good={state === 'works'}>{words[state]}</Good>
            {error && <p className="max-w-[60ch] break-words pl-6 text-quiet text-xs">{error}</p>}
          </td>
        </tr>
      ))}
    </Section>
  );
}

function Lags({ lags }: Pick<StatusView, 'lags'>) {
  return (
    <Section title="Lag" columns={['What follows', 'Service', 'Behind by']}>
      {lags.map(({ service, name, value, unit }) => (
        <tr key={`${service} ${name}`} className="border-line border-t">
          <td className="px-4 py-2 font-medium">{name}</td>
          <td className="px-4 py-2 text-quiet">{service}</td>
          <td className="px-4 py-2">{value === null ? 'Not known now' : `${Math.round(value * 10) / 10} ${unit}`}</td>
        </tr>
      ))}
    </Section>
  );
}
