import type { ClockView, StatusView } from '@sightline/contracts/http/status';
import { Good, Section } from './section.tsx';

const words: Record<ClockView['state'], string> = {
  plausible: 'Plausible',
  ahead: 'Ahead: it tells captures from the future',
  'behind or late': 'Behind, or its results come very late',
  drifting: 'Drifting',
};

/** The clocks of AI workers, as their messages tell them: their times are taken as they are, right or wrong. */
export function Clocks({ clocks }: Pick<StatusView, 'clocks'>) {
  return (
    <Section title="Clocks of AI workers" columns={['Worker', 'Clock', 'From capture to arrival']}>
      {clocks.map((clock) => (
        <tr key={clock.worker} data-worker={clock.worker} data-state={clock.state} className="border-line border-t">
          <td className="px-4 py-2 font-medium">{clock.worker}</td>
          <td className="px-4 py-2">
            <Good good={clock.state === 'plausible'}>{words[clock.state]}</Good>
            {clock.state !== 'plausible' && (
              <p className="max-w-[52ch] pl-6 text-quiet text-xs">
                Set it by NTP. Until then boxes by the clock and stored times are off by as much.
              </p>
            )}
          </td>
          <td className="px-4 py-2" title="At the quickest, by the clock of Redis">
            {clock.delayMs} ms{clock.state === 'drifting' ? `, ${clock.driftPpm} ppm` : ''}
          </td>
        </tr>
      ))}
    </Section>
  );
}
