import { ArrowLeftRight, Trash2 } from 'lucide-react';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { changeShape, type Drawing, deleteShape } from './drawing.ts';
import { keyOf, type Shape, troubleOf } from './shape.ts';

interface ShapeListProps {
  drawing: Drawing;
  onChange: (change: (drawing: Drawing) => Drawing) => void;
}

/** The zones and lines by name: to choose, rename, turn and delete them. */
export function ShapeList({ drawing, onChange }: ShapeListProps) {
  if (drawing.shapes.length === 0) {
    return (
      <p className="rounded-(--radius) border border-line bg-panel p-4 text-quiet">
        Nothing is marked in this picture. The log tells who enters or leaves a zone and who crosses a line.
      </p>
    );
  }
  return (
    <ul aria-label="Zones and lines" className="grid gap-2">
      {drawing.shapes.map((shape) => (
        <ShapeItem key={keyOf(shape)} shape={shape} chosen={drawing.chosen === keyOf(shape)} onChange={onChange} />
      ))}
    </ul>
  );
}

function ShapeItem({
  shape,
  chosen,
  onChange,
}: {
  shape: Shape;
  chosen: boolean;
  onChange: ShapeListProps['onChange'];
}) {
  const trouble = troubleOf(shape);
  const isLine = shape.kind === 'line';
  const choose = () => onChange((drawing) => ({ ...drawing, chosen: keyOf(shape) }));
  return (
    <li
      data-chosen={chosen || undefined}
      className="grid gap-2 rounded-(--radius) border border-line bg-panel p-3 data-chosen:border-accent"
    >
      <div className="flex items-end gap-1">
        <div className="min-w-0 flex-1">
          <Field
            label={isLine ? 'Line' : 'Zone'}
            value={shape.name}
            error={trouble && !trouble.warns ? trouble.text : undefined}
            onFocus={choose}
            onChange={({ target }) => onChange((drawing) => changeShape(drawing, { ...shape, name: target.value }))}
          />
        </div>
        {isLine && (
          <Button
            look="quiet"
            icon
            className="mb-0.5"
            aria-label={`Turn ${shape.name} around`}
            title="Turn it around"
            onClick={() => onChange((drawing) => changeShape(drawing, { ...shape, points: shape.points.toReversed() }))}
          >
            <ArrowLeftRight size={16} aria-hidden="true" />
          </Button>
        )}
        <Button
          look="quiet"
          icon
          className="mb-0.5"
          aria-label={`Delete ${shape.name}`}
          title="Delete"
          onClick={() => onChange((drawing) => deleteShape(drawing, shape))}
        >
          <Trash2 size={16} aria-hidden="true" />
        </Button>
      </div>
      {trouble?.warns && <p className="text-look text-xs">{trouble.text}</p>}
      {isLine && chosen && <p className="text-quiet text-xs">The arrow points to its right side.</p>}
    </li>
  );
}
