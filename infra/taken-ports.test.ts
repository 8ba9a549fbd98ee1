import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { test } from 'node:test';
import { boundSockets, takenPorts } from './taken-ports.ts';

const header = '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode';
const row = (local: string, remote: string, state: string, inode: number) =>
  `   0: ${local} ${remote} ${state} 00000000:00000000 00:00000000 00000000     0        0 ${inode} 1 0000000000000000`;

test('only sockets that listen or wait for anybody take a port', () => {
  const table = [
    header,
    row('0100007F:1F90', '00000000:0000', '0A', 11),
    row('0100007F:1F91', '0100007F:C000', '01', 12),
    row('00000000:45DA', '00000000:0000', '07', 13),
  ].join('\n');
  assert.deepEqual(boundSockets(table), [
    { port: 8080, inode: '11' },
    { port: 17882, inode: '13' },
  ]);
});

test('a port that this process listens on is taken by it, and a free one is not named', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const taken = await takenPorts([port]);
  assert.equal(taken[0]?.port, port);
  assert.match(taken[0]?.by ?? '', new RegExp(`process ${process.pid}\\)`));
  server.close();
  await once(server, 'close');
  assert.deepEqual(await takenPorts([port]), []);
});
