import type { Detection } from '@sightline/contracts';
import type { Directory } from '@sightline/service';
import { BadPayload } from './adapters/index.ts';
import type { Clocks } from './clocks.ts';
import type { FastLanePriority } from './fast-lane-priority.ts';
import type { Payloads } from './payloads.ts';
import type { StreamEntry } from './redis.ts';
import type { Retention } from './retention.ts';
import type { Refusal } from './store.ts';
import { readThumbnails, type Thumbnail } from './thumbnails.ts';
import type { Unknown } from './unknown.ts';
import type { Taken } from './write-batch.ts';

/** What is needed to judge an entry of the stream. */
export interface IntakeDeps {
  directory: Pick<Directory, 'find'>;
  payloads: Payloads;
  clocks: Pick<Clocks, 'mark'>;
  retention: Retention;
  priority: Pick<FastLanePriority, 'turn'>;
}

/** What becomes of several entries: stored or put aside with a reason, and the ids that are done with then. */
export interface Intake {
  taken: Taken[];
  refusals: Refusal[];
  done: string[];
}

/** So many are judged before the fast lane has its turn: a few milliseconds. */
const slice = 25;
const furthestAheadUs = 86_400_000_000;
/** So much of pictures that cannot be taken is put aside: they may show somebody. */
const pictureLetters = 200;

/** Judges entries in their order; those of an `unknown` camera are left for later where that is given. */
export async function takeIn(deps: IntakeDeps, entries: readonly StreamEntry[], unknown?: Unknown): Promise<Intake> {
  const intake: Intake = { taken: [], refusals: [], done: [] };
  for (const [n, entry] of entries.entries()) {
    if (n % slice === 0) await deps.priority.turn();
    takeOne(deps, { intake, entry, unknown });
  }
  return intake;
}

function takeOne(
  deps: IntakeDeps,
  { intake, entry, unknown }: { intake: Intake; entry: StreamEntry; unknown: Unknown | undefined },
): void {
  const outcome = normalise(deps, entry);
  if ('reason' in outcome && outcome.unknownCamera && unknown?.keep(entry)) return;
  if ('reason' in outcome) intake.refusals.push(outcome);
  else {
    const thumbnails = thumbnailsOf(entry, outcome, intake.refusals);
    intake.taken.push({ detection: outcome, thumbnails, refuse: (reason) => refusalOf(entry, reason) });
  }
  intake.done.push(entry.id);
}

const refusalOf = ({ id, data }: StreamEntry, reason: string): Refusal => ({
  reason,
  source: 'stream',
  sourceId: id,
  payload: data,
});

/** The pictures beside a detection, which is stored also when they cannot be. */
function thumbnailsOf({ id, thumbnails: text }: StreamEntry, detection: Detection, refusals: Refusal[]): Thumbnail[] {
  if (text === undefined) return [];
  try {
    return readThumbnails(text, detection);
  } catch (error) {
    if (!(error instanceof BadPayload)) throw error;
    const { message: reason } = error;
    refusals.push({ reason, source: 'stream', sourceId: `${id} thumbnails`, payload: text.slice(0, pictureLetters) });
    return [];
  }
}

type Refused = Refusal & { unknownCamera?: boolean };

function normalise({ directory, payloads, clocks, retention }: IntakeDeps, entry: StreamEntry): Detection | Refused {
  const { id } = entry;
  const refuse = (reason: string): Refused => refusalOf(entry, reason);
  try {
    const draft = payloads.read(entry);
    const site = directory.find(draft.camera)?.site;
    const receivedAtUs = Number.parseInt(id, 10) * 1000;
    if (site === undefined)
      return { ...refuse(`Expected a registered camera, got ${draft.camera}.`), unknownCamera: true };
    if (draft.capturedAtUs > receivedAtUs + furthestAheadUs)
      return refuse('Captured more than a day in the future: the clock of the worker is wrong.');
    const kept = retention.keep({ ...clocks.mark(draft), site, receivedAtUs });
    // What it shows must not be kept any more, among what was put aside neither.
    return (
      kept ?? { ...refuse('Captured before the retention began; it would be stored anew each time.'), payload: '' }
    );
  } catch (error) {
    if (error instanceof BadPayload) return refuse(error.message);
    throw error;
  }
}
