import { Undo2 } from 'lucide-react';
import { useSyncExternalStore } from 'react';
import { Button } from './button.tsx';
import { duration } from './time.ts';

/** Something that was done, or will be in a moment. */
interface Undoable {
  /** What happens, in words. */
  text: string;
  /** Takes it back; without it, it is only told. */
  undo?: () => Promise<unknown> | undefined;
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

/** Does for good what is still offered to be taken back; resolves when that is done, or has failed. */
export async function settleUndo(): Promise<void> {
  const { shown } = state;
  hide();
  if (shown?.commit) await attempt(shown.commit);
}

/** Forgets what was offered, and what went wrong: whoever it was offered to is gone. */
export function dropUndo(): void {
  hide();
  set({ error: '' });
}

function hide(): void {
  clearTimeout(timer);
  set({ shown: undefined });
}

async function attempt(work: () => Promise<unknown> | undefined): Promise<void> {
  try {
    await work();
  } catch (error) {
    set({ error: error instanceof Error ? error.message : String(error) });
  }
}

/** Offers to take something back for ten seconds; what was offered before is settled at once, as it is when the page goes. */
export function offerUndo(undoable: Undoable): void {
  void settleUndo();
  set({ shown: undoable, error: '' });
  timer = setTimeout(() => void settleUndo(), undoForMs);
}

window.addEventListener('pagehide', () => void settleUndo());

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
    hide();
    if (shown?.undo) void attempt(shown.undo);
  };
  return (
    <div
      role="status"
      className="pointer-events-none fixed inset-x-0 bottom-16 z-20 grid place-items-center px-4 sm:bottom-6"
    >
      {(shown || error) && (
        <div className="pointer-events-auto flex max-w-full items-center gap-3 rounded-(--radius) border border-edge bg-panel py-1.5 pr-1.5 pl-4 shadow-black/40 shadow-lg">
          <span className="min-w-0 break-words">{shown?.text ?? error}</span>
          {shown?.undo ? (
            <Button onClick={take} title={`For ${duration(undoForMs)}`}>
              <Undo2 size={16} aria-hidden="true" /> Undo
            </Button>
          ) : (
            <Button look="quiet" onClick={() => (shown ? void settleUndo() : set({ error: '' }))}>
              Close
            </Button>
          )}
        </div>
      )}
    </div>
  );
}
