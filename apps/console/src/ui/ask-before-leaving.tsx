import { useBlocker } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Confirm } from './confirm.tsx';

interface AskBeforeLeavingProps {
  /** Whether something would be lost now. */
  when: boolean;
  title: string;
  /** What would be lost. */
  children: ReactNode;
  /** What is done before the page is left all the same. */
  onLeave?: () => void;
}

/** Asks before something is lost: on the way to another page, and when the browser's page goes. */
export function AskBeforeLeaving({ when, title, children, onLeave }: AskBeforeLeavingProps) {
  const { status, proceed, reset } = useBlocker({
    shouldBlockFn: () => when,
    enableBeforeUnload: () => when,
    withResolver: true,
  });
  const leave = async () => {
    onLeave?.();
    proceed?.();
  };
  return (
    <Confirm
      title={title}
      yes="Leave"
      no="Stay"
      open={status === 'blocked'}
      onClose={() => reset?.()}
      onConfirm={leave}
    >
      {children}
    </Confirm>
  );
}
