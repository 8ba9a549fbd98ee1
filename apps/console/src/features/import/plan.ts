import type { CameraView, RegisterCamera } from '@sightline/contracts/http/cameras';
import type { AreaView } from '@sightline/contracts/http/sites';
import { Name } from '@sightline/contracts/ids';
import { bareUrl } from '@sightline/contracts/source-url';
import Papa from 'papaparse';
import type { z } from 'zod';
import { urlProblem } from '../cameras/url-problem.ts';

/** What would become of one line of the file; lines count from 1, the one with the column names. */
export type PlannedLine = { line: number; name: string } & (
  | { will: 'register'; text: string; body: z.input<typeof RegisterCamera> }
  | { will: 'skip' | 'fail'; text: string }
);

interface Known {
  areas: readonly AreaView[];
  cameras: readonly CameraView[];
}

const needed = ['name', 'area', 'url'] as const;
export const columns = [...needed, 'sub', 'username', 'password'] as const;

/** What is wrong with the file as a whole; undefined when its lines can be looked at. */
export function fileProblem(text: string): string | undefined {
  const { fields = [] } = parse(text).meta;
  const missing = needed.filter((column) => !fields.includes(column));
  if (missing.length === 0) return undefined;
  const got = fields.filter(Boolean).join(', ').slice(0, 200) || 'nothing';
  return `Expected a first line with the columns ${columns.join(', ')} (the last three may be left out), got ${got}. Missing: ${missing.join(', ')}.`;
}

/** Goes through a CSV file (RFC 4180, with column names) without changing anything: what each line would do, and why not. */
export function planImport(text: string, { areas, cameras }: Known): PlannedLine[] {
  const seen = new Map(cameras.map(({ sources, name }) => [sources?.main.url, `registered already, as ${name}`]));
  return parse(text).data.map((row, index) => {
    const line = index + 2;
    const planned = planLine(row, areas);
    const url = planned.will === 'register' ? bareUrl(planned.body.sources.main.url) : undefined;
    const known = url === undefined ? undefined : seen.get(url);
    if (url !== undefined && !known) seen.set(url, `named in line ${line} already`);
    const name = row.name ?? '';
    return known ? { line, name, will: 'skip', text: `Its address is ${known}.` } : { line, name, ...planned };
  });
}

type Row = Partial<Record<string, string>>;

const parse = (text: string) =>
  Papa.parse<Row>(text, {
    header: true,
    skipEmptyLines: 'greedy',
    transformHeader: (header) => header.trim().toLowerCase(),
    transform: (value) => value.trim(),
  });

function planLine({ name = '', area = '', url = '', sub, username, password }: Row, areas: readonly AreaView[]) {
  const word = area.toLowerCase();
  const found = areas.filter((each) => each.id === area || each.name.toLowerCase() === word);
  const problem =
    nameProblem(name) ??
    areaProblem(area, found.length, areas) ??
    urlProblem(url) ??
    (sub ? urlProblem(sub) : undefined);
  const [place] = found;
  if (problem || !place) return { will: 'fail', text: problem ?? '' } as const;
  const main = { url, ...(username ? { username } : {}), ...(password ? { password } : {}) };
  return {
    will: 'register',
    text: `New in ${place.name}`,
    body: { name, area: place.id, sources: { main, ...(sub ? { sub: { url: sub } } : {}) } },
  } as const;
}

function nameProblem(name: string): string | undefined {
  if (Name.safeParse(name).success) return undefined;
  return `name: expected 1 to 100 characters, got ${name ? `${name.length}` : 'nothing'}.`;
}

function areaProblem(area: string, found: number, areas: readonly AreaView[]): string | undefined {
  if (found === 1) return undefined;
  const names = areas.map(({ name }) => name).join(', ');
  if (found > 1) return `area: ${found} areas are named ${area}; give its id instead.`;
  return `area: expected the name or id of an area (${names || 'there is none yet'}), got ${area || 'nothing'}.`;
}
