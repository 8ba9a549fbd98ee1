import { benchOptions } from '../lib/options.ts';
import { report } from '../lib/report.ts';
import { openTampering } from './tampering.ts';

const { quick } = benchOptions(`Random tamperings of the log by a superuser, under a signed head that is kept in a file.

  npm run chaos:tamper               10,000 of them
  npm run chaos:tamper -- --quick    500
`);

const times = quick ? 500 : 10_000;
await using tampering = await openTampering(quick ? 120 : 300);
const { found, falseAlarms, misnamed, kinds } = await tampering.tamper(times);
report(
  'chaos-tamper',
  Object.entries(kinds).map(([how, tried]) => ({ how, tried })),
  [
    { name: 'found', value: found, atLeast: times },
    { name: 'false_alarms', value: falseAlarms, atMost: 0 },
    { name: 'misnamed', value: misnamed, atMost: 0 },
  ],
);
