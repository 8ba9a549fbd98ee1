import { type KV, Kvm } from '@nats-io/kv';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import type { Stack } from '@sightline/infra/embedded/stack';

/** NATS as the user who may do everything, for ever: a test looks and breaks things from outside, NATS among them. */
export const natsAsAdmin = ({ ports, secrets }: Stack): Promise<NatsConnection> =>
  connect({
    servers: `127.0.0.1:${ports.nats}`,
    user: 'admin',
    pass: secrets.nats.admin ?? '',
    maxReconnectAttempts: -1,
  });

/** A bucket as it is now. */
export const bucket = (nats: NatsConnection, name: string): Promise<KV> => new Kvm(nats).open(name);

/** Every key of a bucket with its value as text. */
export async function valuesOf(nats: NatsConnection, name: string): Promise<Map<string, string>> {
  const kv = await bucket(nats, name);
  const values = new Map<string, string>();
  for await (const key of await kv.keys()) values.set(key, (await kv.get(key))?.string() ?? '');
  return values;
}
