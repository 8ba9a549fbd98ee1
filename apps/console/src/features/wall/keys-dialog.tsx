import { Dialog } from '../../ui/dialog.tsx';

const keys = [
  [['←', '↑', '→', '↓'], 'from tile to tile'],
  [['Enter'], 'one camera large (or double-click)'],
  [['Esc'], 'back to the wall'],
  [['0', '6'], 'all cameras, the free layout'],
  [['1', '2', '3', '4', '5'], '1, 4, 9, 16, 25 pictures'],
  [['Page up', 'Page down'], 'page before, next page'],
  [['A'], 'arrange the free layout'],
  [['Shift', '← →'], 'move a tile'],
  [['+'], 'a tile larger or smaller'],
  [['B', 'L', 'T'], 'boxes, labels, tracks on or off'],
  [['P'], 'blurred faces on or off'],
  [['E'], 'every box on its frame (pictures held back), or live'],
  [['F'], 'full screen on or off'],
  [['?'], 'these keys'],
] as const;

/** All keys of the wall. */
export function KeysDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  return (
    <Dialog title="Keys" open={open} onClose={onClose}>
      <dl className="grid grid-cols-[auto_1fr] items-center gap-x-6 gap-y-2">
        {keys.map(([names, what]) => (
          <div key={what} className="contents">
            <dt className="flex gap-1">
              {names.map((name) => (
                <kbd
                  key={name}
                  className="min-w-6 rounded-[4px] border border-line bg-raised px-1.5 text-center text-xs"
                >
                  {name}
                </kbd>
              ))}
            </dt>
            <dd className="text-quiet">{what}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
