import type { CameraView } from '@sightline/contracts/http/cameras';

type Place = readonly [x: number, y: number];

/** The zones and lines of a camera, faintly over its picture of `size` (`1280×720`). A line has a tick on its right side. */
export function Marks({ camera: { zones, lines }, size }: { camera: CameraView; size: string }) {
  const [width = 0, height = 0] = size.split('×').map(Number);
  if (zones.length + lines.length === 0 || !width || !height) return null;
  const scaled = ([x, y]: Place): Place => [x * width, y * height];
  return (
    <svg
      aria-hidden="true"
      data-testid="marks"
      viewBox={`0 0 ${width} ${height}`}
      className="pointer-events-none absolute inset-0 size-full fill-white/5 stroke-white/50 [&_*]:[vector-effect:non-scaling-stroke]"
    >
      {zones.map(({ id, name, polygon }) => (
        <g key={id}>
          <polygon points={polygon.map(scaled).join(' ')} />
          <MarkName at={scaled(polygon[0] ?? [0, 0])} height={height} name={name} />
        </g>
      ))}
      {lines.map(({ id, name, from, to }) => (
        <g key={id}>
          <polyline points={tickedLine(scaled(from), scaled(to)).join(' ')} className="fill-none" />
          <MarkName at={scaled(from)} height={height} name={name} />
        </g>
      ))}
    </svg>
  );
}

function MarkName({ at: [x, y], height, name }: { at: Place; height: number; name: string }) {
  return (
    <text x={x} y={y} dx="0.4em" dy="1.1em" fontSize={height / 30} className="fill-white/60 stroke-none">
      {name}
    </text>
  );
}

/** From the beginning to the middle, a tenth of the length to the right and back, and on to the end. */
function tickedLine([x, y]: Place, [toX, toY]: Place): Place[] {
  const middle: Place = [(x + toX) / 2, (y + toY) / 2];
  const tick: Place = [middle[0] - (toY - y) / 10, middle[1] + (toX - x) / 10];
  return [[x, y], middle, tick, middle, [toX, toY]];
}
