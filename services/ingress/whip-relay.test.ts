import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, before, test } from 'node:test';
import { createLogger } from '@sightline/service';
import { usableCandidates, WhipRelay } from './whip-relay.ts';

const sdp = [
  'v=0',
  'a=candidate:1 1 tcp 2130706431 10.0.0.1 7881 typ host tcptype passive',
  'a=candidate:2 1 udp 2130706431 fd00::1 7882 typ host',
  'a=candidate:3 1 UDP 2130706431 127.0.0.1 7882 typ host',
  'a=end-of-candidates',
].join('\r\n');

const seen: { method: string | undefined; url: string | undefined; authorization: string | undefined; body: string }[] =
  [];
const livekit = createServer((request, response) => {
  let body = '';
  request.on('data', (chunk) => {
    body += chunk;
  });
  request.on('end', () => {
    seen.push({ method: request.method, url: request.url, authorization: request.headers.authorization, body });
    response.writeHead(201, { 'content-type': 'application/sdp', location: '/whip/v1/room/resource' });
    response.end(sdp);
  });
});
const at = { livekit: '' };
before(async () => {
  await new Promise<void>((resolve) => livekit.listen(0, '127.0.0.1', resolve));
  const address = livekit.address();
  at.livekit = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
});
after(() => livekit.close());

const listen = () =>
  WhipRelay.listen({
    livekit: at.livekit,
    tokenFor: async ({ identity }) => `token-of-${identity}`,
    logger: createLogger('test', 'silent'),
  });

test('only UDP over IPv4 is left of the candidates', () => {
  assert.deepEqual(usableCandidates(sdp).split('\r\n'), [
    'v=0',
    'a=candidate:3 1 UDP 2130706431 127.0.0.1 7882 typ host',
    'a=end-of-candidates',
  ]);
});

test('an offer goes on with the token of its camera, the answer comes back as ffmpeg can read it', async () => {
  const relay = await listen();
  const { url } = relay.open({ room: 'yard', identity: 'cam7' });
  const answer = await fetch(url, { method: 'POST', body: 'offer', headers: { 'content-type': 'application/sdp' } });
  assert.deepEqual([answer.status, answer.headers.get('connection')], [201, 'close']);
  assert.ok(Number(answer.headers.get('content-length')) > 0);
  assert.deepEqual(seen.at(-1), {
    method: 'POST',
    url: '/whip/v1',
    authorization: 'Bearer token-of-cam7',
    body: 'offer',
  });
  await fetch(new URL(answer.headers.get('location') ?? '', url), { method: 'DELETE' });
  assert.deepEqual([seen.at(-1)?.method, seen.at(-1)?.url], ['DELETE', '/whip/v1/room/resource']);
  await relay.close();
});

test('nobody can publish without knowing the way, nor after the attempt is over', async () => {
  const relay = await listen();
  const { url, close } = relay.open({ room: 'yard', identity: 'cam7' });
  assert.equal((await fetch(`${url}x`, { method: 'POST', body: 'offer' })).status, 404);
  close();
  assert.equal((await fetch(url, { method: 'POST', body: 'offer' })).status, 404);
  await relay.close();
});

test('a media server that is away is told as such', async () => {
  const relay = await WhipRelay.listen({
    livekit: 'http://127.0.0.1:1',
    tokenFor: async () => 't',
    logger: createLogger('test', 'silent'),
  });
  assert.equal(
    (await fetch(relay.open({ room: 'yard', identity: 'cam7' }).url, { method: 'POST', body: 'offer' })).status,
    502,
  );
  await relay.close();
});
