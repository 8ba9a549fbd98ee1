import { type KeyboardEvent, type PointerEvent, useEffect, useRef, useState } from 'react';
import type { Drawing } from './drawing.ts';
import { addPoint, changeShape, deletePoint, finish, setPoint, undo } from './drawing.ts';
import { hit, intoPicture, keyOf, middleOf, movePoint, type Point, percent, type Shape } from './shape.ts';
import { Shapes } from './shapes.tsx';

interface BoardProps {
  drawing: Drawing;
  onChange: (change: (drawing: Drawing) => Drawing) => void;
  aspect: number;
}

const steps: Record<string, Point> = {
  ArrowLeft: [-0.01, 0],
  ArrowRight: [0.01, 0],
  ArrowUp: [0, -0.01],
  ArrowDown: [0, 0.01],
};

/** By how much an arrow key moves a point: a hundredth of the picture, with Shift a tenth. */
function stepOf({ key, shiftKey }: KeyboardEvent): Point | undefined {
  const step = steps[key];
  return step && shiftKey ? [step[0] * 10, step[1] * 10] : step;
}

const plus = ([x, y]: Point, [dx, dy]: Point): Point => intoPicture([x + dx, y + dy]);

/** Where one draws: by pointer or by keys. */
export function Board({ drawing, onChange, aspect }: BoardProps) {
  const { shapes, pen, chosen } = drawing;
  const [cross, setCross] = useState<Point>([0.5, 0.5]);
  const board = useRef<HTMLDivElement>(null);
  const paper = useRef<HTMLButtonElement>(null);
  const begun = pen?.id;
  useEffect(() => {
    if (begun) paper.current?.focus();
  }, [begun]);
  const shape = shapes.find((each) => keyOf(each) === chosen);
  const placeOf = ({ clientX, clientY }: PointerEvent): Point => {
    const { left = 0, top = 0, width = 1, height = 1 } = board.current?.getBoundingClientRect() ?? {};
    return intoPicture([(clientX - left) / width, (clientY - top) / height]);
  };
  const press = (event: PointerEvent) => {
    const at = placeOf(event);
    setCross(at);
    onChange((now) => {
      if (now.pen) return setPoint(now, at, aspect);
      const met = hit(now.shapes, at, aspect);
      return { ...now, chosen: met && keyOf(met) };
    });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = stepOf(event);
    if (step) setCross((at) => plus(at, step));
    else if (event.key === ' ') onChange((now) => setPoint(now, cross, aspect));
    else if (event.key === 'Enter') onChange(finish);
    else if (event.key === 'Backspace') onChange(undo);
    else return;
    event.preventDefault();
  };
  return (
    <div ref={board} className="absolute inset-0 select-none">
      <Shapes shapes={shapes} chosen={chosen} pen={pen} cross={pen && cross} aspect={aspect} />
      <button
        ref={paper}
        type="button"
        data-testid="board"
        aria-label={
          pen
            ? 'Picture. Arrow keys move the cross, Space sets a point, Backspace takes it back, Enter ends, Escape gives up.'
            : 'Picture. Choose a zone or line in the list, or press one here.'
        }
        className={`-outline-offset-2! absolute inset-0 touch-none ${pen ? 'cursor-crosshair!' : 'cursor-default!'}`}
        onPointerDown={press}
        onPointerMove={(event) => pen && event.pointerType === 'mouse' && setCross(placeOf(event))}
        onKeyDown={onKeyDown}
      />
      {shape && !pen && <Handles shape={shape} placeOf={placeOf} onChange={onChange} />}
    </div>
  );
}

interface HandlesProps {
  shape: Shape;
  placeOf: (event: PointerEvent) => Point;
  onChange: BoardProps['onChange'];
}

const handleLook = 'group absolute grid size-6 -translate-1/2 touch-none place-content-center rounded-full';
const placed = ([x, y]: Point) => ({ left: `${x * 100}%`, top: `${y * 100}%` });
const inWords = ([x, y]: Point) => `${percent(x)} from the left, ${percent(y)} from the top`;

/** The points of the chosen shape, to be moved; in the middle of each edge of a zone one that can be added. */
function Handles({ shape, placeOf, onChange }: HandlesProps) {
  const dragged = useRef<{ index: number; moved: boolean }>(undefined);
  const { points, kind, name } = shape;
  const names = kind === 'line' ? ['Beginning', 'End'] : points.map((_, n) => `Point ${n + 1}`);
  const drag = (event: PointerEvent) => {
    const now = dragged.current;
    if (!now) return;
    const first = !now.moved;
    now.moved = true;
    const to = placeOf(event);
    onChange((drawing) => changeShape(drawing, movePoint(shape, now.index, to), first));
  };
  const onKeyDown = (event: KeyboardEvent, index: number, at: Point) => {
    const step = stepOf(event);
    if (step) onChange((drawing) => changeShape(drawing, movePoint(shape, index, plus(at, step))));
    else if (event.key === 'Delete') onChange((drawing) => deletePoint(drawing, shape, index));
    else return;
    event.preventDefault();
  };
  return (
    <>
      {kind === 'zone' &&
        points.map((point, index) => {
          const at = middleOf(point, points[(index + 1) % points.length] ?? point);
          return (
            <button
              // biome-ignore lint/suspicious/noArrayIndexKey: a point has nothing but its place in the row
              key={`between ${index}`}
              type="button"
              aria-label={`Add a point behind point ${index + 1} of ${name}`}
              title="Add a point"
              className={`${handleLook} cursor-copy!`}
              style={placed(at)}
              onClick={() => onChange((drawing) => addPoint(drawing, shape, index, at))}
            >
              <span className="size-2 rounded-full border border-black/60 bg-white/70 group-hover:scale-150" />
            </button>
          );
        })}
      {points.map((point, index) => (
        <button
          // biome-ignore lint/suspicious/noArrayIndexKey: a point has nothing but its place in the row
          key={`point ${index}`}
          type="button"
          aria-label={`${names[index]} of ${name}, ${inWords(point)}. Arrow keys move it${kind === 'zone' ? ', Delete takes it away' : ''}.`}
          title={names[index]}
          className={`${handleLook} cursor-move!`}
          style={placed(point)}
          onPointerDown={(event) => {
            dragged.current = { index, moved: false };
            event.currentTarget.setPointerCapture(event.pointerId);
          }}
          onPointerMove={drag}
          onPointerUp={() => {
            dragged.current = undefined;
          }}
          onPointerCancel={() => {
            dragged.current = undefined;
          }}
          onKeyDown={(event) => onKeyDown(event, index, point)}
        >
          <span className="size-3.5 rounded-full border-2 border-black/70 bg-[#6cb6ff] group-hover:scale-125" />
        </button>
      ))}
    </>
  );
}
