import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  access,
  asyncApi,
  Detection,
  type Endpoint,
  endpoints,
  FlatDetection,
  Id,
  LogMessage,
  NativeDetection,
  openApiOf,
  originRoutes,
  Problem,
  Source,
  serviceNames,
} from './index.ts';

const matches = (pattern: string, path: string) =>
  pattern.endsWith('*') ? path.startsWith(pattern.slice(0, -1)) : path === pattern;

test('an id can never widen a subject, a path or a room', () => {
  for (const bad of ['', '*', '>', 'a.b', 'a/b', 'a b', '-a', '_a', 'a'.repeat(65), 'ä']) {
    assert.equal(Id.safeParse(bad).success, false, bad);
  }
  for (const good of ['7', 'cam1', 'North_gate-2']) assert.equal(Id.safeParse(good).success, true, good);
});

test('a source never carries credentials', () => {
  assert.equal(Source.safeParse({ url: 'rtsp://10.0.0.7/stream' }).success, true);
  assert.equal(Source.safeParse({ url: 'rtsp://user:secret@10.0.0.7/stream' }).success, false);
  assert.equal(Source.safeParse({ url: 'http://10.0.0.7/stream' }).success, false);
});

test('the proxy sends every endpoint to its own service and to no other', () => {
  for (const [name, endpoint] of Object.entries<Endpoint>(endpoints)) {
    const owners = serviceNames.filter((service) =>
      originRoutes[service].some((pattern) => matches(pattern, endpoint.path.replace(/:\w+/g, 'x'))),
    );
    const expected = name === 'admitMedia' ? [] : [endpoint.service];
    assert.deepEqual(owners, expected, `${name} ${endpoint.path}`);
  }
});

test('every endpoint of a service stands in its OpenAPI document', () => {
  for (const service of serviceNames) {
    const operations = Object.values(
      openApiOf(service).paths as Record<string, Record<string, { operationId: string }>>,
    )
      .flatMap((path) => Object.values(path))
      .map(({ operationId }) => operationId);
    const expected = Object.entries<Endpoint>(endpoints)
      .filter(([, endpoint]) => endpoint.service === service)
      .map(([name]) => name);
    assert.deepEqual(operations.sort(), expected.sort());
  }
});

test('no service may publish or subscribe to everything, and each has an inbox of its own', () => {
  for (const service of serviceNames) {
    const { publish, subscribe } = access[service].nats;
    assert.ok(
      ![...publish, ...subscribe].some((subject) => ['>', '*', '$JS.API.>', '_INBOX.>'].includes(subject)),
      service,
    );
    assert.ok(subscribe.includes(`_INBOX_${service}.>`), service);
  }
});

test('only the ingress may read what it takes to open a camera', () => {
  const readers = serviceNames.filter((service) =>
    access[service].nats.publish.includes('$JS.API.CONSUMER.CREATE.KV_DESIRED.>'),
  );
  assert.deepEqual(readers, ['registry', 'ingress']);
});

test("the JSMpeg system's flat form is taken as it is", () => {
  const seed =
    '{"camera_id":"cam7","timestamp":1700000000.25,"type":"person","bbox":[10,20,30,40],"track_id":3,"confidence":0.9,"name":null}';
  assert.equal(FlatDetection.parse(JSON.parse(seed)).camera_id, 'cam7');
});

test('a box outside the picture or an endless list of objects is refused', () => {
  const worker = { id: 'vision-1', run: 'r1' };
  const native = { v: 1, camera: 'cam7', capturedAtUs: 1, worker, model: { name: 'm', version: '1' }, objects: [] };
  const object = { class: 'person', score: 0.9, box: [0.1, 0.1, 0.2, 0.2] };
  assert.equal(NativeDetection.safeParse(native).success, true);
  assert.equal(NativeDetection.safeParse({ ...native, objects: [{ ...object, box: [0, 0, 1.5, 1] }] }).success, false);
  assert.equal(NativeDetection.safeParse({ ...native, objects: Array(501).fill(object) }).success, false);
  assert.equal(Detection.safeParse(native).success, false);
});

test('the AsyncAPI document names every channel that the services use', () => {
  const { channels } = asyncApi() as { channels: Record<string, { address: string }> };
  const addresses = Object.values(channels).map(({ address }) => address);
  for (const address of ['log.{site}.{noun}.{id}', 'det.{site}.{camera}', 'edge.{site}.{noun}.{id}', '/overlay']) {
    assert.ok(addresses.includes(address), address);
  }
});

test('a log message and a problem are refused when they lack their parts', () => {
  assert.equal(LogMessage.safeParse({ position: 0 }).success, false);
  assert.equal(Problem.safeParse({ title: 'x', status: 200, detail: 'y' }).success, false);
});
