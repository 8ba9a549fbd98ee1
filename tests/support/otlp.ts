import { createServer } from 'node:http';

/** A span as a test looks at it; ids in hex. */
export interface SeenSpan {
  service: string;
  name: string;
  traceId: string;
  spanId: string;
  parentSpanId: string;
}

/** An OTLP/HTTP receiver for traces, protobuf and JSON (OpenTelemetry Protocol 1.x). */
export interface Receiver {
  url: string;
  spans: SeenSpan[];
  close(): void;
}

export async function receiveTraces(): Promise<Receiver> {
  const spans: SeenSpan[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks);
      spans.push(...(request.headers['content-type']?.includes('json') ? fromJson(body) : fromProtobuf(body)));
      response.writeHead(200, { 'content-type': request.headers['content-type'] ?? 'application/json' }).end('{}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return { url: `http://127.0.0.1:${port}`, spans, close: () => void server.close() };
}

function fromJson(body: Buffer): SeenSpan[] {
  const { resourceSpans } = JSON.parse(body.toString()) as {
    resourceSpans: {
      resource: { attributes: { key: string; value: { stringValue?: string } }[] };
      scopeSpans: { spans: SeenSpan[] }[];
    }[];
  };
  return resourceSpans.flatMap(({ resource, scopeSpans }) => {
    const service = resource.attributes.find(({ key }) => key === 'service.name')?.value.stringValue ?? '';
    return scopeSpans.flatMap(({ spans }) =>
      spans.map(({ name, traceId, spanId, parentSpanId }) => ({
        service,
        name,
        traceId,
        spanId,
        parentSpanId: parentSpanId ?? '',
      })),
    );
  });
}

/** ExportTraceServiceRequest, as far as a test needs it; field numbers of opentelemetry/proto/trace/v1/trace.proto. */
function fromProtobuf(body: Buffer): SeenSpan[] {
  return all(body, 1).flatMap((resourceSpans) => {
    const attributes = all(resourceSpans, 1).flatMap((resource) => all(resource, 1));
    const named = attributes.find((attribute) => all(attribute, 1)[0]?.toString() === 'service.name');
    const service = named ? (all(all(named, 2)[0] ?? Buffer.alloc(0), 1)[0]?.toString() ?? '') : '';
    const spans = all(resourceSpans, 2).flatMap((scopeSpans) => all(scopeSpans, 2));
    return spans.map((span) => ({
      service,
      name: all(span, 5)[0]?.toString() ?? '',
      traceId: all(span, 1)[0]?.toString('hex') ?? '',
      spanId: all(span, 2)[0]?.toString('hex') ?? '',
      parentSpanId: all(span, 4)[0]?.toString('hex') ?? '',
    }));
  });
}

/** Every length-delimited field of this number in a protobuf message. */
function all(message: Buffer, wanted: number): Buffer[] {
  const found: Buffer[] = [];
  let at = 0;
  const varint = () => {
    let [value, shift] = [0, 0];
    for (;;) {
      const byte = message[at++] ?? 0;
      value += (byte & 0x7f) * 2 ** shift;
      shift += 7;
      if (byte < 0x80) return value;
    }
  };
  while (at < message.length) {
    const tag = varint();
    const [field, wire] = [Math.floor(tag / 8), tag % 8];
    if (wire === 0) varint();
    else if (wire === 1) at += 8;
    else if (wire === 5) at += 4;
    else {
      const length = varint();
      if (field === wanted) found.push(message.subarray(at, at + length));
      at += length;
    }
  }
  return found;
}
