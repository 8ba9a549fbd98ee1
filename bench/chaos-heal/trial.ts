import { gapsOf, healedAfter, missed, missedAfterMs } from './gaps.ts';
import type { Part } from './parts.ts';
import { boxesGoneAfterMs, type Watch } from './watch.ts';

/** What one death did to the wall. */
export interface Trial {
  part: Part;
  /** How long it was kept dead (s); 0 when its supervisor was to start it again. */
  deadS: number;
  /** From the kill, or from when it was started again (a camera: could be reached again), until pictures and boxes went on for good (s). */
  pictureS: number;
  boxesS: number;
  /** Pictures missed from the kill on. */
  missed: number;
  /** Whether nobody had to sign in again. */
  signedIn: boolean;
}

/** How long the wall is watched at least after each death, and how long it is waited for at most (ms). */
export interface Patience {
  atLeastMs: number;
  atMostMs: number;
}

/** Lets a part die and watches the wall until it is well again. */
export async function tryPart(watch: Watch, part: Part, deadMs: number, patience: Patience): Promise<Trial> {
  if (!(await watch.steady(patience.atMostMs))) console.log(`The wall was not well before ${part.name} died.`);
  const start = Date.now();
  if (deadMs > 0) await part.hold?.(deadMs);
  else part.kill();
  await part.back?.();
  const back = deadMs > 0 || part.back ? Date.now() : start;
  await watch.watch(patience.atLeastMs);
  await watch.steady(patience.atMostMs);
  const span = { start, end: Date.now() };
  const pictures = watch.pictures.map(({ at }) => at);
  return {
    part,
    deadS: deadMs / 1000,
    pictureS: healedAfter(gapsOf(pictures, span, missedAfterMs), back),
    boxesS: healedAfter(gapsOf(watch.boxes, span, boxesGoneAfterMs), back),
    missed: missed(watch.pictures, span),
    signedIn: await watch.signedIn(),
  };
}
