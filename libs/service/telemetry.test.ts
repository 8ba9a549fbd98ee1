import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { currentTraceparent, startTelemetry, withSpan } from './telemetry.ts';

delete process.env.OTEL_EXPORTER_OTLP_ENDPOINT;
const telemetry = startTelemetry('test');
after(() => telemetry.shutdown());

const parent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';

test('a span continues the trace of the message that it was given', () => {
  const inside = withSpan({ name: 'work', parent }, () => currentTraceparent());
  assert.match(inside ?? '', /^00-0af7651916cd43dd8448eb211c80319c-[0-9a-f]{16}-0[01]$/);
});

test('an async error goes through a span unchanged', async () => {
  const failing = withSpan({ name: 'work', parent }, async () => {
    throw new Error('told on');
  });
  await assert.rejects(failing, /told on/);
});

test('a span inside a span keeps the trace', async () => {
  const [outer, inner] = await withSpan({ name: 'outer', parent }, async () => {
    await Promise.resolve();
    return [currentTraceparent(), withSpan({ name: 'inner' }, () => currentTraceparent())];
  });
  assert.equal(outer?.slice(3, 35), inner?.slice(3, 35));
});
