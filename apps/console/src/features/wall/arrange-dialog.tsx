import type { CameraView } from '@sightline/contracts/http/cameras';
import type { FreePlace, WallPreferences } from '@sightline/contracts/http/preferences';
import { ArrowDown, ArrowUp } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { moved } from './arrange.ts';

interface ArrangeDialogProps {
  open: boolean;
  cameras: readonly CameraView[];
  preferences: WallPreferences;
  onChange: (part: Partial<WallPreferences>) => void;
  onClose: () => void;
}

/** Which cameras stand on the free wall, in which order, and which of them are large. */
export function ArrangeDialog({ open, onClose, ...rest }: ArrangeDialogProps) {
  return (
    <Dialog
      title="Arrange the wall"
      description="Chosen cameras make the free layout. On the wall itself: drag a tile, or Shift and an arrow moves it, + makes it larger."
      open={open}
      onClose={onClose}
    >
      <Choice {...rest} onClose={onClose} />
    </Dialog>
  );
}

function Choice({ cameras, preferences, onChange, onClose }: Omit<ArrangeDialogProps, 'open'>) {
  const [free, setFree] = useState<readonly FreePlace[]>(() => known(preferences.free, cameras));
  const chosen = free.flatMap((place) => {
    const camera = cameras.find(({ id }) => id === place.camera);
    return camera ? [{ camera, place }] : [];
  });
  const others = cameras.filter(({ id }) => !free.some(({ camera }) => camera === id));
  const save = () => {
    onChange({ places: 'free', free: [...free] });
    onClose();
  };
  return (
    <>
      <ul aria-label="Cameras" className="grid max-h-[50dvh] gap-0.5 overflow-y-auto">
        {chosen.map(({ camera: { id, name }, place }, index) => (
          <li key={id} className="flex min-h-9 items-center gap-2">
            <Check label={name} checked onChange={() => setFree(free.filter(({ camera }) => camera !== id))} />
            <label className="flex items-center gap-1.5 text-quiet text-xs">
              <input
                type="checkbox"
                aria-label={`${name} large`}
                className="size-4 accent-(--color-accent)"
                checked={place.large}
                onChange={() => setFree(free.map((each) => (each === place ? { ...each, large: !each.large } : each)))}
              />
              large
            </label>
            <Button
              look="quiet"
              icon
              aria-label={`${name} earlier`}
              disabled={index === 0}
              onClick={() => setFree(moved(free, id, -1))}
            >
              <ArrowUp size={16} aria-hidden="true" />
            </Button>
            <Button
              look="quiet"
              icon
              aria-label={`${name} later`}
              disabled={index === chosen.length - 1}
              onClick={() => setFree(moved(free, id, 1))}
            >
              <ArrowDown size={16} aria-hidden="true" />
            </Button>
          </li>
        ))}
        {others.map(({ id, name }) => (
          <li key={id} className="flex min-h-9 items-center">
            <Check label={name} checked={false} onChange={() => setFree([...free, { camera: id, large: false }])} />
          </li>
        ))}
      </ul>
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>Leave as it is</Button>
        <Button look="main" disabled={chosen.length === 0} onClick={save}>
          Show these
        </Button>
      </div>
    </>
  );
}

/** What was chosen and still is there; at first everything. */
function known(free: readonly FreePlace[], cameras: readonly CameraView[]): FreePlace[] {
  const still = free.filter(({ camera }) => cameras.some(({ id }) => id === camera));
  return still.length > 0 ? still : cameras.map(({ id }) => ({ camera: id, large: false }));
}

function Check({ label, checked, onChange }: { label: string; checked: boolean; onChange: () => void }) {
  return (
    <label className="flex min-w-0 flex-1 cursor-pointer items-center gap-2">
      <input
        type="checkbox"
        className="size-4 shrink-0 accent-(--color-accent)"
        checked={checked}
        onChange={onChange}
      />
      <span className={`truncate ${checked ? '' : 'text-quiet'}`}>{label}</span>
    </label>
  );
}
