import type { SourceInput } from '@sightline/contracts/http/cameras';
import { endpoints, type ProbeResult } from '@sightline/contracts/http/index';
import { CircleCheck, TriangleAlert } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { call } from '../../api/call.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorText } from '../../ui/error-text.tsx';
import { useAction } from '../../ui/use-action.ts';

interface ProbeProps {
  source: SourceInput;
  disabled: boolean;
  /** Whether it is tried without being asked for. */
  atOnce: boolean;
}

interface Outcome {
  key: string;
  result: ProbeResult;
}

/** Lets the site look at a source, and shows what it found there. What was found belongs to the source that was tried. */
export function Probe({ source, disabled, atOnce }: ProbeProps) {
  const [outcome, setOutcome] = useState<Outcome>();
  const [givenUp, setGivenUp] = useState(false);
  const attempt = useRef<AbortController>(undefined);
  const key = JSON.stringify(source);
  const { busy, error, run } = useAction(async () => {
    attempt.current = new AbortController();
    setGivenUp(false);
    const { signal } = attempt.current;
    setOutcome({ key, result: await call(endpoints.probeSource, { body: source, signal }) });
  });
  useEffect(() => () => attempt.current?.abort(), []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each source that was entered
  useEffect(() => {
    if (atOnce && !disabled && !busy) void run();
  }, [atOnce, key]);
  const giveUp = () => {
    setGivenUp(true);
    attempt.current?.abort();
  };
  const found = outcome?.key === key ? outcome.result : undefined;
  return (
    <div className="grid gap-2 rounded-(--radius) bg-raised p-3">
      <div className="flex items-center justify-between gap-3">
        <p className="text-quiet">{busy ? <Elapsed /> : 'See whether the site can reach it.'}</p>
        {busy ? (
          <Button onClick={giveUp}>Cancel</Button>
        ) : (
          <Button disabled={disabled} onClick={() => void run()}>
            Try it
          </Button>
        )}
      </div>
      <div role="status">{found && !busy && <Found found={found} />}</div>
      {!busy && !givenUp && <ErrorText error={error} />}
    </div>
  );
}

function Elapsed() {
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setSeconds((before) => before + 1), 1_000);
    return () => clearInterval(timer);
  }, []);
  return <>Trying … {seconds} s</>;
}

function Found({ found: { state, reason, media } }: { found: ProbeResult }) {
  const good = state === 'live';
  const Icon = good ? CircleCheck : TriangleAlert;
  return (
    <p data-testid="probe-result" data-state={state} className="flex gap-2">
      <Icon size={16} aria-hidden="true" className={`mt-0.5 shrink-0 ${good ? 'text-good' : 'text-look'}`} />
      <span className="min-w-0 break-words">
        {reason.text}
        {media && (
          <span className="block text-quiet text-xs">
            {[
              media.codec.toUpperCase(),
              `${media.width}×${media.height}`,
              media.framesPerSecond !== null && `${Math.round(media.framesPerSecond)} fps`,
              media.transcoded && 'has to be transcoded',
            ]
              .filter(Boolean)
              .join(' · ')}
          </span>
        )}
      </span>
    </p>
  );
}
