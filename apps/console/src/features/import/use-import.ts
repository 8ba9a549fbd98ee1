import { endpoints } from '@sightline/contracts/http/index';
import { useRef, useState } from 'react';
import { call } from '../../api/call.ts';
import { reload } from '../../api/queries.ts';
import type { PlannedLine } from './plan.ts';

/** How far one line has come. */
export type Progress = { state: 'waits' | 'runs' | 'done' | 'cancelled' } | { state: 'failed'; text: string };

/** Registers the cameras of a plan one after the other; what fails holds nothing up, and what is cancelled stays undone. */
export function useImport() {
  const [progress, setProgress] = useState<ReadonlyMap<number, Progress>>(new Map());
  const [running, setRunning] = useState(false);
  const attempt = useRef<AbortController>(undefined);
  const mark = (line: number, now: Progress) => setProgress((before) => new Map(before).set(line, now));

  const run = async (lines: readonly PlannedLine[]) => {
    const controller = new AbortController();
    attempt.current = controller;
    setRunning(true);
    setProgress(new Map(lines.map(({ line }) => [line, { state: 'waits' }])));
    for (const planned of lines) {
      if (planned.will !== 'register') continue;
      if (controller.signal.aborted) mark(planned.line, { state: 'cancelled' });
      else await register(planned);
    }
    await reload('cameras');
    setRunning(false);
  };
  const register = async ({ line, body }: PlannedLine & { will: 'register' }) => {
    mark(line, { state: 'runs' });
    try {
      await call(endpoints.registerCamera, { body });
      mark(line, { state: 'done' });
    } catch (error) {
      mark(line, { state: 'failed', text: error instanceof Error ? error.message : String(error) });
    }
  };
  const forget = () => setProgress(new Map());
  return { progress, running, run, cancel: () => attempt.current?.abort(), forget };
}
