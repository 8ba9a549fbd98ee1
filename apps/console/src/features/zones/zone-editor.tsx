import type { CameraView } from '@sightline/contracts/http/cameras';
import { endpoints } from '@sightline/contracts/http/index';
import { Pentagon, Spline, Undo2 } from 'lucide-react';
import { useEffect, useState } from 'react';
import { call } from '../../api/call.ts';
import { ApiError } from '../../api/client.ts';
import { reload } from '../../api/queries.ts';
import { AskBeforeLeaving } from '../../ui/ask-before-leaving.tsx';
import { Button } from '../../ui/button.tsx';
import { ErrorText } from '../../ui/error-text.tsx';
import { isForOthers } from '../../ui/typing.ts';
import { useAction } from '../../ui/use-action.ts';
import { Backdrop } from '../wall/backdrop.tsx';
import { Board } from './board.tsx';
import { begin, type Drawing, drawingOf, finish, undo } from './drawing.ts';
import { marksOf, type Shape, troubleOf } from './shape.ts';
import { ShapeList } from './shape-list.tsx';

const most = 20;
/** An id that no zone or line had before: facts of those that are gone stay theirs. */
const newId = (kind: Shape['kind']) => `${kind}-${Date.now().toString(36)}`;
const isMet = (error: Error | null) => error instanceof ApiError && error.problem.code === 'changed_meanwhile';

/** Draws the zones and lines of a camera over its picture; nothing is set before it is saved. */
export function ZoneEditor({ camera, user, onTheirs }: { camera: CameraView; user: string; onTheirs: () => void }) {
  const [base, setBase] = useState({ zones: camera.zones, lines: camera.lines });
  const [drawing, change] = useState(() => drawingOf(base));
  const marks = marksOf(drawing.shapes);
  const changed = drawing.pen !== undefined || JSON.stringify(marks) !== JSON.stringify(base);
  const wrong = drawing.shapes.find((shape) => troubleOf(shape)?.warns === false);
  const save = useAction(async (over: boolean) => {
    const body = over ? marks : { ...marks, was: base };
    await call(endpoints.setCameraZones, { params: { id: camera.id }, body });
    setBase(marks);
    await reload('cameras');
  });
  useKeys(change);
  return (
    <div className="grid items-start gap-4 lg:grid-cols-[1fr_20rem]">
      <div className="grid min-w-0 gap-2">
        <Tools drawing={drawing} onChange={change} />
        <Backdrop camera={camera} user={user}>
          {(aspect) => <Board drawing={drawing} onChange={change} aspect={aspect} />}
        </Backdrop>
      </div>
      <div className="grid gap-3">
        <ShapeList drawing={drawing} onChange={change} />
        <ErrorText error={save.error} />
        {isMet(save.error) && (
          <div className="flex flex-wrap justify-end gap-2">
            <Button onClick={onTheirs}>Take theirs</Button>
            <Button look="danger" disabled={save.busy} onClick={() => void save.run(true)}>
              Save mine over theirs
            </Button>
          </div>
        )}
        <div className="flex items-center justify-end gap-3">
          <p role="status" className="text-quiet">
            {stateOf({ busy: save.busy, changed, wrong, drawing })}
          </p>
          <Button
            look="main"
            disabled={!changed || save.busy || drawing.pen !== undefined || wrong !== undefined}
            onClick={() => void save.run(false)}
          >
            Save
          </Button>
        </div>
      </div>
      <AskBeforeLeaving when={changed} title="Leave without saving?">
        What you have drawn for {camera.name} since it was last saved is lost.
      </AskBeforeLeaving>
    </div>
  );
}

interface State {
  busy: boolean;
  changed: boolean;
  wrong: Shape | undefined;
  drawing: Drawing;
}

function stateOf({ busy, changed, wrong, drawing }: State): string {
  if (busy) return 'Saving …';
  if (drawing.pen) return 'Being drawn';
  if (wrong) return `${wrong.name.trim() || 'Something'} cannot be saved like this.`;
  return changed ? 'Not saved yet' : 'All is saved.';
}

const hints = {
  zone: 'Set its corners; press the first again, or Enter, to close it. Esc gives up.',
  line: 'Set its beginning and its end. Esc gives up.',
} as const;

function Tools({ drawing, onChange }: { drawing: Drawing; onChange: (change: (drawing: Drawing) => Drawing) => void }) {
  const { pen, shapes, past } = drawing;
  const full = (kind: Shape['kind']) => shapes.filter((shape) => shape.kind === kind).length >= most;
  const tool = (kind: Shape['kind']) => ({
    'aria-pressed': pen?.kind === kind,
    disabled: full(kind),
    ...(full(kind) ? { title: `${most} are the most.` } : {}),
    onClick: () => onChange((now) => begin(now, kind, newId(kind))),
  });
  return (
    <div className="grid gap-2">
      <div className="flex flex-wrap gap-2">
        <Button {...tool('zone')}>
          <Pentagon size={16} aria-hidden="true" /> Add a zone
        </Button>
        <Button {...tool('line')}>
          <Spline size={16} aria-hidden="true" /> Add a line
        </Button>
        {pen && (
          <>
            {pen.kind === 'zone' && (
              <Button disabled={pen.points.length < 3} onClick={() => onChange(finish)}>
                Close it
              </Button>
            )}
            <Button look="quiet" onClick={() => onChange((now) => ({ ...now, pen: undefined }))}>
              Give up
            </Button>
          </>
        )}
        <Button
          look="quiet"
          className="ml-auto"
          title="Ctrl+Z"
          disabled={past.length === 0 && !pen}
          onClick={() => onChange(undo)}
        >
          <Undo2 size={16} aria-hidden="true" /> Undo
        </Button>
      </div>
      <p role="status" className="min-h-10 text-quiet sm:min-h-5">
        {pen ? hints[pen.kind] : 'Press a zone or line to change it: pull its points, or a small one to add another.'}
      </p>
    </div>
  );
}

/** Escape gives up what is being drawn; Ctrl+Z takes the last change back, unless somebody types. */
function useKeys(change: (change: (drawing: Drawing) => Drawing) => void): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (isForOthers(event)) return;
      if (event.key === 'Escape') change((now) => ({ ...now, pen: undefined }));
      else if (event.key === 'z' && (event.ctrlKey || event.metaKey)) change(undo);
      else return;
      event.preventDefault();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [change]);
}
