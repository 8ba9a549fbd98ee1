import { connect } from '@nats-io/transport-node';
import { Redis } from 'ioredis';

/** The least that could be done, as a process of its own: Redis Stream → JSON.parse → NATS, nothing checked, nothing kept. */
const { REDIS_URL = '', NATS_URL = '', NATS_PASSWORD = '' } = process.env;
const reader = new Redis(REDIS_URL);
const nats = await connect({ servers: NATS_URL, user: 'admin', pass: NATS_PASSWORD });
process.on('disconnect', () => process.exit(0));
process.send?.('ready');

for (let last = '$'; ; ) {
  const answer = await reader.xread('COUNT', 500, 'BLOCK', 1_000, 'STREAMS', 'bare', last);
  for (const [id, fields] of answer?.[0]?.[1] ?? []) {
    const detection = JSON.parse(fields[1] ?? '');
    nats.publish(`bare.${detection.camera}`, JSON.stringify(detection));
    last = id;
  }
}
