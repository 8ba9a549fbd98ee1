const batchMs = 1_000;
const sampled = /^00-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]1$/;

interface Span {
  traceId: string;
  spanId: string;
  parentSpanId: string;
  name: string;
  kind: number;
  startTimeUnixNano: string;
  endTimeUnixNano: string;
  attributes: { key: string; value: { stringValue: string } }[];
}

let enabled = false;
let waiting: Span[] = [];

/** Asks whether traces are collected here; without a collector nothing is ever sent. */
export async function startTracing(): Promise<void> {
  const answer = await fetch('/config.json').catch(() => undefined);
  const config: unknown = answer?.ok ? await answer.json().catch(() => undefined) : undefined;
  enabled = typeof config === 'object' && config !== null && 'tracing' in config && config.tracing === true;
}

/** A detection that has been drawn; `startedAt` is when it came (`performance.now()`, ms). */
interface DrawnDetection {
  traceparent: string | undefined;
  camera: string;
  startedAt: number;
}

/** The end of a detection's way: one span for its draw, a child of the gateway's (OTLP/HTTP, JSON encoding). */
export function traceDraw({ traceparent, camera, startedAt }: DrawnDetection): void {
  const parent = enabled && traceparent ? sampled.exec(traceparent) : null;
  if (!parent) return;
  if (waiting.length === 0) setTimeout(() => void flush(), batchMs);
  const now = Date.now();
  const tookMs = performance.now() - startedAt;
  waiting.push({
    traceId: parent[1] ?? '',
    spanId: randomHex(8),
    parentSpanId: parent[2] ?? '',
    name: 'overlay.draw',
    kind: 5,
    startTimeUnixNano: nanoseconds(now - tookMs),
    endTimeUnixNano: nanoseconds(now),
    attributes: [{ key: 'sightline.camera', value: { stringValue: camera } }],
  });
}

async function flush(): Promise<void> {
  const spans = waiting;
  waiting = [];
  const resource = { attributes: [{ key: 'service.name', value: { stringValue: 'console' } }] };
  const body = JSON.stringify({ resourceSpans: [{ resource, scopeSpans: [{ scope: { name: 'sightline' }, spans }] }] });
  const answer = await fetch('/otlp/v1/traces', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
  }).catch(() => undefined);
  if (!answer?.ok) enabled = false;
}

const randomHex = (bytes: number) =>
  [...crypto.getRandomValues(new Uint8Array(bytes))].map((byte) => byte.toString(16).padStart(2, '0')).join('');

const nanoseconds = (atMs: number) => String(BigInt(Math.round(atMs * 1_000)) * 1_000n);
