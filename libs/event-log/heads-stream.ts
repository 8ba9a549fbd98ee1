import type { KeyObject } from 'node:crypto';
import { JetStreamApiError, jetstream, jetstreamManager, StorageType } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { streams, subjects } from '@sightline/contracts';
import { parseHead } from './head.ts';
import type { HeadsPlace } from './heads-file.ts';

/** JetStream stream `SEAL`, for whoever keeps heads elsewhere; nothing can be taken out of it. */
export function headsStream(nats: NatsConnection, key: KeyObject): HeadsPlace {
  const { name, subjects: filter } = streams.seal;
  return {
    name: `stream ${name}`,
    last: async () => {
      const manager = await jetstreamManager(nats);
      await ensure();
      const last = await manager.streams.getMessage(name, { last_by_subj: subjects.seal });
      return last ? parseHead(last.string(), key) : undefined;
    },
    put: async (heads) => {
      await ensure();
      for (const head of heads)
        await jetstream(nats).publish(subjects.seal, JSON.stringify(head), { msgID: head.signature });
    },
  };

  async function ensure(): Promise<void> {
    const manager = await jetstreamManager(nats);
    const wanted = { subjects: [...filter], storage: StorageType.File, deny_delete: true, deny_purge: true };
    await manager.streams.add({ name, ...wanted }).catch((error: unknown) => {
      if (!(error instanceof JetStreamApiError) || error.code !== otherConfig) throw error;
    });
  }
}

/** JetStream error 10058: the stream is there with another configuration. */
const otherConfig = 10058;
