import { useState } from 'react';

/** Work that a person starts: whether it is under way, and what went wrong with it. */
export function useAction<Arguments extends unknown[]>(work: (...args: Arguments) => Promise<unknown>) {
  const [state, setState] = useState<{ busy: boolean; error: Error | null }>({ busy: false, error: null });
  const run = async (...args: Arguments): Promise<boolean> => {
    setState({ busy: true, error: null });
    try {
      await work(...args);
      setState({ busy: false, error: null });
      return true;
    } catch (error) {
      setState({ busy: false, error: error instanceof Error ? error : new Error(String(error)) });
      return false;
    }
  };
  return { ...state, run };
}
