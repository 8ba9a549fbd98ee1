import { readFileSync } from 'node:fs';
import { jetstream } from '@nats-io/jetstream';
import { type NatsConnection, headers as natsHeaders } from '@nats-io/transport-node';
import { buckets, type ClockView, type LagView, type Presence, type ServiceName } from '@sightline/contracts';
import { z } from 'zod';
import type { Logger } from './logger.ts';
import { pause } from './nats.ts';
import { type Check, outcomes } from './operations.ts';

/** Something that a service is behind with, measured when asked; a rejection means that it cannot be told now. */
export interface Lag {
  name: string;
  unit: LagView['unit'];
  measure(): Promise<number> | number;
}

interface PresenceOptions {
  service: ServiceName;
  /** Name of this copy: its own among all copies, best the same after a restart. */
  instance: string;
  nats: NatsConnection;
  checks: Record<string, Check>;
  lags?: readonly Lag[];
  /** Clocks of workers, where a service hears them. */
  clocks?: () => ClockView[];
  logger: Logger;
  signal: AbortSignal;
}

const everyMs = 5_000;
const packageFile = new URL('./package.json', import.meta.url);

/** The version of this build. */
export const version = z.object({ version: z.string() }).parse(JSON.parse(readFileSync(packageFile, 'utf8'))).version;

/** Says every few seconds in KV `SERVICES` how this copy is, until `signal` aborts; then that it is gone. */
export function announcePresence(options: PresenceOptions): void {
  const { service, instance, nats, signal } = options;
  const subject = `$KV.${buckets.services}.${service}.${instance}`;
  void announceForEver(options, subject);
  signal.addEventListener(
    'abort',
    () => {
      if (nats.isClosed()) return;
      const headers = natsHeaders();
      headers.set('KV-Operation', 'DEL');
      nats.publish(subject, '', { headers });
    },
    { once: true },
  );
}

async function announceForEver(options: PresenceOptions, subject: string): Promise<void> {
  const { nats, logger, signal } = options;
  const startedAt = new Date(Date.now() - process.uptime() * 1000).toISOString();
  while (!signal.aborted && !nats.isClosed()) {
    const presence = JSON.stringify(await presenceOf(options, startedAt));
    try {
      if (!signal.aborted) await jetstream(nats).publish(subject, presence);
    } catch (error) {
      logger.debug({ err: error }, 'presence not told, it is told again soon');
    }
    await pause(everyMs, signal);
  }
}

async function presenceOf(options: PresenceOptions, startedAt: string): Promise<Presence> {
  const { service, instance, checks, lags = [], clocks } = options;
  const found = await outcomes(checks);
  return {
    service,
    instance,
    version,
    startedAt,
    at: new Date().toISOString(),
    ready: found.every(({ works }) => works),
    needs: found.map(({ version: _version, ...need }) => need),
    lags: await Promise.all(lags.map(lagOf)),
    versions: Object.fromEntries(found.flatMap(({ name, version: told }) => (told ? [[name, told]] : []))),
    ...(clocks ? { clocks: clocks() } : {}),
  };
}

async function lagOf({ name, unit, measure }: Lag): Promise<LagView> {
  try {
    return { name, unit, value: Math.max(0, await measure()) };
  } catch {
    return { name, unit, value: null };
  }
}
