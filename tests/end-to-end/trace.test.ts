import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { seedDemo, startVision } from '@sightline/infra/demo';
import type { Browser } from 'playwright-core';
import { launchBrowser, openPage } from '../support/browser.ts';
import { viewer } from '../support/client.ts';
import { type Receiver, receiveTraces, type SeenSpan } from '../support/otlp.ts';
import { type System, startSystemWithCameras } from '../support/system.ts';
import { until } from '../support/until.ts';

let receiver: Receiver;
let system: System;
let browser: Browser;

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
  await viewer(system.stack, 'ann', ['indoors', 'outdoors']);
  const { page } = await openPage(browser);
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
