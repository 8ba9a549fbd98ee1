import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { ApiError } from '../api/client.ts';
import { picturesCome } from '../media/rooms.ts';
import { overlaySocket } from '../overlay/socket.ts';

/** A connection that is away for less than this is not worth a word (ms). */
const worthAWordMs = 3_000;
const lookEveryMs = 1_000;

/** A refusal is an answer: whoever gives it is there. */
const isAway = (error: unknown) => error instanceof ApiError && error.unreachable;

interface Trouble {
  /** What cannot be reached at the moment, in words; undefined when all is well. */
  trouble: string | undefined;
  /** Whether pictures come all the same. */
  pictures: boolean;
}

/** What cannot be reached for longer than a moment. */
export function useTrouble(stale: boolean): Trouble {
  const queries = useQueryClient();
  const [trouble, setTrouble] = useState<string>();
  const [pictures, setPictures] = useState(false);
  useEffect(() => {
    let wellAt = performance.now();
    const timer = setInterval(() => {
      const failed = queries.getQueryCache().findAll({ type: 'active', predicate: ({ state }) => isAway(state.error) });
      const away = [
        stale && 'sign-in',
        failed.length > 0 && 'lists',
        overlaySocket.following && !overlaySocket.connected && 'boxes and states',
      ].filter((each) => each !== false);
      const now = performance.now();
      setPictures(picturesCome());
      if (away.length === 0) wellAt = now;
      setTrouble(now - wellAt >= worthAWordMs ? `Not reachable now: ${away.join(', ')}.` : undefined);
    }, lookEveryMs);
    return () => clearInterval(timer);
  }, [queries, stale]);
  return { trouble, pictures };
}
