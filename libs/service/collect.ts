import { constants, type PerformanceEntry, type PerformanceNodeEntry, PerformanceObserver } from 'node:perf_hooks';

/** Looked at so often that the pause between two collections is about what was asked for. */
const looks = 10;

interface CollectOptions {
  /** What V8 gives with `--expose-gc`. */
  collect: (options: { type: 'major'; execution: 'async' }) => Promise<void>;
  /** How long a heap is left alone (ms). */
  afterMs: number;
}

/**
 * Collects the whole heap when V8 has not for so long: one that grows by little is left to grow for hours, and reads as a leak
 * from outside. Go's runtime (`forcegcperiod`) and the JVM's G1 (JEP 346) do the same. A busy process collects by itself.
 * Returns how to stop.
 */
export function collectWhenLeftAlone({ collect, afterMs }: CollectOptions): () => void {
  let collectedAt = performance.now();
  const observer = new PerformanceObserver((list) => {
    if (list.getEntries().some(isOfWholeHeap)) collectedAt = performance.now();
  });
  observer.observe({ entryTypes: ['gc'] });
  const timer = setInterval(() => {
    if (performance.now() - collectedAt < afterMs) return;
    collectedAt = performance.now();
    void collect({ type: 'major', execution: 'async' });
  }, afterMs / looks).unref();
  return () => {
    clearInterval(timer);
    observer.disconnect();
  };
}

const isOfWholeHeap = (entry: PerformanceEntry): boolean =>
  (entry as PerformanceNodeEntry).detail.kind === constants.NODE_PERFORMANCE_GC_MAJOR;
