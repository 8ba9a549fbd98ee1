import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { seedDemo, startVision } from '@sightline/infra/demo';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser, openPage } from '../support/browser.ts';
import { Client, viewer } from '../support/client.ts';
import { type Receiver, receiveTraces, type SeenSpan } from '../support/otlp.ts';
import { type System, startSystemWithCameras } from '../support/system.ts';
import { until } from '../support/until.ts';

let receiver: Receiver;
let system: System;
let browser: Browser;
let page: Page;
let ann: Client;

before(async () => {
  receiver = await receiveTraces();
  const environment = {
    OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
    OTEL_TRACES_SAMPLER_ARG: '1',
    OTEL_BSP_SCHEDULE_DELAY: '500',
  };
  system = await startSystemWithCameras({ environment });
  await seedDemo(system.stack);
  await startVision(system.stack);
  browser = await launchBrowser();
});

after(async () => {
  await browser?.close();
  await system?.end();
  receiver?.close();
});

/** The span and those before it on its way, first to last. */
function wayOf(span: SeenSpan): SeenSpan[] {
  const parent = receiver.spans.find(({ spanId, traceId }) => spanId === span.parentSpanId && traceId === span.traceId);
  return parent ? [...wayOf(parent), span] : [span];
}

test('one trace follows a detection from the worker to the pixels in the browser', async () => {
  ann = await viewer(system.stack, 'ann', ['indoors', 'outdoors']);
  page = (await openPage(browser)).page;
  await page.goto(system.stack.url);
  await page.getByLabel('User name').fill('ann');
  await page.getByLabel('Password').fill('the password of ann');
  await page.getByRole('button', { name: 'Sign in' }).click();
  const way = await until('a draw whose whole way was seen', async () =>
    receiver.spans
      .filter(({ name }) => name === 'overlay.draw')
      .map(wayOf)
      .find((spans) => spans.length === 4),
  );
  assert.deepEqual(
    way.map(({ service, name }) => `${service}: ${name}`),
    ['vision: detect', 'events: normalise', 'overlay-gateway: overlay.deliver', 'console: overlay.draw'],
  );
  assert.equal(new Set(way.map(({ traceId }) => traceId)).size, 1);
});

test('the best moment of a person whom the worker follows is a picture, higher than wide, for who may see the camera', async () => {
  const path = await until('a person with a picture', async () => {
    const { objects } = (await ann.get('/api/detections/objects?class=person&minScore=0.5')).body;
    for (const { camera, track, run } of objects) {
      const path = `/api/tracks/thumbnail?${new URLSearchParams({ camera, track, run })}`;
      if ((await ann.get(path)).status === 200) return path;
    }
    return undefined;
  });
  const [width, height] = await page.evaluate(async (src) => {
    const image = Object.assign(new Image(), { src });
    await image.decode();
    return [image.naturalWidth, image.naturalHeight] as const;
  }, path);
  assert.ok(width >= 8 && width < height && height <= 320, `${width}x${height}`);
  const bob = await viewer(system.stack, 'bob', []);
  assert.deepEqual([(await bob.get(path)).status, (await new Client(system.stack.url).get(path)).status], [404, 401]);
});
