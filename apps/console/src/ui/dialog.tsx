import { X } from 'lucide-react';
import { Dialog as Radix } from 'radix-ui';
import type { ReactNode } from 'react';

interface DialogProps {
  title: string;
  description?: ReactNode;
  open: boolean;
  onClose: () => void;
  children: ReactNode;
}

/** A dialog over the page; Escape and the cross close it. */
export function Dialog({ title, description, open, onClose, children }: DialogProps) {
  return (
    <Radix.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-20 bg-black/60" />
        <Radix.Content
          className="fixed top-1/2 left-1/2 z-30 grid max-h-[calc(100dvh-2rem)] w-[min(30rem,calc(100vw-2rem))] -translate-x-1/2 -translate-y-1/2 gap-4 overflow-y-auto rounded-(--radius) border border-line bg-panel p-5 shadow-2xl shadow-black/50"
          {...(description ? {} : { 'aria-describedby': undefined })}
        >
          <div className="flex items-center justify-between gap-4">
            <Radix.Title className="font-medium text-lg">{title}</Radix.Title>
            <Radix.Close
              aria-label="Close"
              className="-mr-1.5 grid size-8 place-content-center rounded-(--radius) text-quiet hover:bg-raised hover:text-text"
            >
              <X size={18} aria-hidden="true" />
            </Radix.Close>
          </div>
          {description && <Radix.Description className="text-quiet">{description}</Radix.Description>}
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
