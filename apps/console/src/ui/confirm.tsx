import type { ReactNode } from 'react';
import { Button } from './button.tsx';
import { Dialog } from './dialog.tsx';
import { ErrorText } from './error-text.tsx';
import { useAction } from './use-action.ts';

interface ConfirmProps {
  title: string;
  /** What will happen. */
  children: ReactNode;
  /** The words of doing it, and of not doing it. */
  yes: string;
  no: string;
  open: boolean;
  onClose: () => void;
  onConfirm: () => Promise<unknown>;
}

/** Asks once more before something that cannot be undone; says what will happen. */
export function Confirm({ title, children, yes, no, open, onClose, onConfirm }: ConfirmProps) {
  const { busy, error, run } = useAction(onConfirm);
  return (
    <Dialog title={title} description={children} open={open} onClose={onClose}>
      <ErrorText error={error} />
      <div className="flex justify-end gap-2">
        <Button autoFocus onClick={onClose}>
          {no}
        </Button>
        <Button look="danger" disabled={busy} onClick={() => void run().then((done) => done && onClose())}>
          {busy ? 'One moment …' : yes}
        </Button>
      </div>
    </Dialog>
  );
}
