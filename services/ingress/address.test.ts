import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pinAddress } from './address.ts';
import { FeedError } from './outcome.ts';

const networks = ['10.0.0.0/8', 'fd00::/8'];
const to = (address: string) => async () => address;
const refused = (code: string) => (error: unknown) => error instanceof FeedError && error.outcome.reason.code === code;

test('a name is replaced by the address that was checked', async () => {
  const url = await pinAddress('rtsp://cam.example:8554/main?x=1', networks, to('10.1.2.3'));
  assert.equal(url.href, 'rtsp://10.1.2.3:8554/main?x=1');
});

test('an address outside the camera networks is refused, by number and by name', async () => {
  for (const host of ['127.0.0.1', '169.254.169.254', '[::1]', '[::ffff:127.0.0.1]', '8.8.8.8']) {
    await assert.rejects(pinAddress(`rtsp://${host}/`, networks), refused('address_refused'), host);
  }
  await assert.rejects(pinAddress('rtsp://sneaky.example/', networks, to('127.0.0.1')), refused('address_refused'));
});

test('an unknown name is told as such', async () => {
  const unknown = () => Promise.reject(new Error('ENOTFOUND'));
  await assert.rejects(pinAddress('rtsp://nowhere.example/', networks, unknown), refused('unknown_host'));
});

test('IPv6 is pinned in brackets', async () => {
  assert.equal((await pinAddress('rtsp://cam.example/', networks, to('fd00::7'))).host, '[fd00::7]');
});
