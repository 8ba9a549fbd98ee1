import type { JetStreamManager } from '@nats-io/jetstream';
import { headers, streams } from '@sightline/contracts';

/** The position of the last event that JetStream still holds, and the stream's last sequence, which a purge leaves as it was. */
export async function readTail(manager: JetStreamManager): Promise<{ position: number; sequence: number }> {
  const { name } = streams.log;
  const { state } = await manager.streams.info(name);
  if (state.messages === 0) return { position: 0, sequence: state.last_seq };
  const last = await manager.streams.getMessage(name, { last_by_subj: '>' });
  const position = Number(last?.header.get(headers.position));
  if (!Number.isSafeInteger(position) || position < 1)
    throw new Error(`stream ${name} ends with a message that is not of the log: delete the stream, it is made again`);
  return { position, sequence: state.last_seq };
}
