import type { CopyView, StatusView } from '@sightline/contracts/http/status';
import { duration, moment } from '../../ui/time.ts';
import { Good, Section } from './section.tsx';

const words = { ready: 'Ready', 'not ready': 'Not ready', silent: 'Silent' } as const;

/** Each service with its copies: version, since when, and what one lacks. */
export function Copies({ services }: Pick<StatusView, 'services'>) {
  return (
    <Section title="Services" columns={['Service', 'Version', 'State', 'Started']}>
      {services.flatMap(({ service, copies }) =>
        copies.length > 0
          ? copies.map((copy) => <Copy key={copy.instance} service={service} copy={copy} />)
          : [<NoCopy key={service} service={service} />],
      )}
    </Section>
  );
}

function Copy({ service, copy }: { service: string; copy: CopyView }) {
  const started = new Date(copy.startedAt);
  const heard = new Date(copy.at);
  const lacking = copy.needs.filter(({ works }) => !works);
  return (
    <tr data-service={service} data-state={copy.state} className="border-line border-t">
      <td className="px-4 py-2">
        <p className="font-medium">{service}</p>
        <p className="text-quiet text-xs">{copy.instance}</p>
      </td>
      <td className="px-4 py-2 text-quiet">{copy.version}</td>
      <td className="px-4 py-2">
        <Good good={copy.state === 'ready'}>{words[copy.state]}</Good>
        {copy.state === 'silent' && (
          <p className="pl-6 text-quiet text-xs" title={moment(heard)}>
            last heard {duration(Date.now() - heard.getTime())} ago
          </p>
        )}
        {lacking.map(({ name, error }) => (
          <p key={name} className="max-w-[52ch] break-words pl-6 text-quiet text-xs">
            {name}: {error ?? 'does not work'}
          </p>
        ))}
      </td>
      <td className="whitespace-nowrap px-4 py-2 text-quiet" title={moment(started)}>
        {duration(Date.now() - started.getTime())} ago
      </td>
    </tr>
  );
}

function NoCopy({ service }: { service: string }) {
  return (
    <tr data-service={service} data-state="none" className="border-line border-t">
      <td className="px-4 py-2 font-medium">{service}</td>
      <td className="px-4 py-2 text-quiet">none</td>
      <td className="px-4 py-2" colSpan={2}>
        <Good good={false}>No copy runs</Good>
      </td>
    </tr>
  );
}
