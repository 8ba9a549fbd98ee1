import { Undo2 } from 'lucide-react';
import { useSyncExternalStore } from 'react';
import { Button } from './button.tsx';
import { duration } from './time.ts';

/** Something that was done, or will be in a moment, and that can be taken back. */
interface Undoable {
  /** What happens, in words. */
  text: string;
  undo: () => Promise<unknown> | undefined;
  /** What is done for good when nobody takes it back in time. */
  commit?: () => Promise<unknown>;
}

const undoForMs = 10_000;
const state = { shown: undefined as Undoable | undefined, error: '' };
let timer: ReturnType<typeof setTimeout> | undefined;
const listeners = new Set<() => void>();
let snapshot = { ...state };

function set(part: Partial<typeof state>): void {
  Object.assign(state, part);
  snapshot = { ...state };
  for (const listener of listeners) listener();
}

function settle(): void {
  clearTimeout(timer);
  const { shown } = state;
  set({ shown: undefined });
  if (shown?.commit) attempt(shown.commit);
}

function attempt(work: () => Promise<unknown> | undefined): void {
  void work()?.catch((error: unknown) => set({ error: error instanceof Error ? error.message : String(error) }));
}

/** Offers to take something back for ten seconds; what was offered before is settled at once, as it is when the page goes. */
export function offerUndo(undoable: Undoable): void {
  settle();
  set({ shown: undoable, error: '' });
  timer = setTimeout(settle, undoForMs);
}

window.addEventListener('pagehide', settle);

/** The offer, at the foot of the page. */
export function UndoBar() {
  const { shown, error } = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => snapshot,
  );
  const take = () => {
    clearTimeout(timer);
    set({ shown: undefined });
    if (shown) attempt(shown.undo);
  };
  return (
    <div
      role="status"
      className="pointer-events-none fixed inset-x-0 bottom-16 z-20 grid place-items-center px-4 sm:bottom-6"
    >
      {(shown || error) && (
        <div className="pointer-events-auto flex max-w-full items-center gap-3 rounded-(--radius) border border-edge bg-panel py-1.5 pr-1.5 pl-4 shadow-black/40 shadow-lg">
          <span className="min-w-0 break-words">{shown?.text ?? error}</span>
          {shown ? (
            <Button onClick={take} title={`For ${duration(undoForMs)}`}>
              <Undo2 size={16} aria-hidden="true" /> Undo
            </Button>
          ) : (
            <Button look="quiet" onClick={() => set({ error: '' })}>
              Close
            </Button>
          )}
        </div>
      )}
    </div>
  );
}
