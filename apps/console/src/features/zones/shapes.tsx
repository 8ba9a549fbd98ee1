import type { Point, Shape } from './shape.ts';
import { keyOf } from './shape.ts';

interface ShapesProps {
  shapes: readonly Shape[];
  chosen: string | undefined;
  pen: Shape | undefined;
  /** Where the next point would come. */
  cross: Point | undefined;
  aspect: number;
}

const height = 1000;

/** The drawing itself. A line has an arrow to its right side, as seen when looking from its beginning to its end. */
export function Shapes({ shapes, chosen, pen, cross, aspect }: ShapesProps) {
  const scaled = ([x, y]: Point): Point => [x * height * aspect, y * height];
  const drawn = pen && [...pen.points, ...(cross ? [cross] : [])].map(scaled);
  return (
    <svg
      aria-hidden="true"
      viewBox={`0 0 ${height * aspect} ${height}`}
      preserveAspectRatio="none"
      className="pointer-events-none absolute inset-0 size-full [&_*]:[vector-effect:non-scaling-stroke]"
    >
      {shapes.map((shape) => (
        <g key={keyOf(shape)} data-shape={shape.id}>
          <Outline points={shape.points.map(scaled)} closed={shape.kind === 'zone'} bright={keyOf(shape) === chosen} />
          {shape.kind === 'line' && <Arrow points={shape.points.map(scaled)} bright={keyOf(shape) === chosen} />}
          <Name at={scaled(shape.points[0] ?? [0, 0])} name={shape.name} />
        </g>
      ))}
      {drawn && <Outline points={drawn} closed={false} bright />}
      {pen && cross && <Cross at={scaled(cross)} />}
    </svg>
  );
}

interface OutlineProps {
  points: readonly Point[];
  closed: boolean;
  bright: boolean;
}

/** Light on dark, so that it shows on snow and at night. */
function Outline({ points, closed, bright }: OutlineProps) {
  const path = `M${points.join(' L')}${closed ? ' Z' : ''}`;
  return (
    <>
      <path d={path} fill="none" stroke="#000" strokeOpacity="0.6" strokeWidth={bright ? 6 : 4} />
      <path
        d={path}
        fill={closed ? (bright ? '#6cb6ff33' : '#ffffff1a') : 'none'}
        stroke={bright ? '#6cb6ff' : '#fff'}
        strokeWidth={bright ? 3 : 2}
      />
    </>
  );
}

function Arrow({ points: [from, to], bright }: { points: readonly Point[]; bright: boolean }) {
  if (!from || !to) return null;
  const length = Math.hypot(to[0] - from[0], to[1] - from[1]) || 1;
  const [along, down] = [(to[0] - from[0]) / length, (to[1] - from[1]) / length];
  const middle: Point = [(from[0] + to[0]) / 2, (from[1] + to[1]) / 2];
  const place = (right: number, on: number): Point => [
    middle[0] - down * right + along * on,
    middle[1] + along * right + down * on,
  ];
  return (
    <Outline
      points={[middle, place(60, 0), place(40, 16), place(60, 0), place(40, -16)]}
      closed={false}
      bright={bright}
    />
  );
}

function Cross({ at: [x, y] }: { at: Point }) {
  const size = 24;
  return (
    <>
      <Outline
        points={[
          [x - size, y],
          [x + size, y],
        ]}
        closed={false}
        bright
      />
      <Outline
        points={[
          [x, y - size],
          [x, y + size],
        ]}
        closed={false}
        bright
      />
    </>
  );
}

function Name({ at: [x, y], name }: { at: Point; name: string }) {
  return (
    <text
      x={x}
      y={y}
      dx="14"
      dy="40"
      fontSize={30}
      fill="#fff"
      stroke="#000"
      strokeOpacity="0.8"
      strokeWidth={3}
      paintOrder="stroke"
    >
      {name}
    </text>
  );
}
