import { randomInt } from 'node:crypto';
import { createServer, type Server } from 'node:net';
import { type ServiceName, serviceNames } from '@sightline/contracts';

/** Every port of the embedded stack, all on 127.0.0.1. A service's copies follow each other from its first. */
export interface Ports {
  origin: number;
  postgres: number;
  redis: number;
  nats: number;
  livekit: number;
  livekitUdp: number;
  livekitTcp: number;
  /** Prometheus. */
  livekitMetrics: number;
  cameras: number;
  lockedCameras: number;
  cameraControl: number;
  services: Record<ServiceName, number[]>;
}

const copies = 3;

/** The ports of `npm start`. */
export const fixedPorts: Ports = {
  origin: 8080,
  postgres: 15432,
  redis: 16379,
  nats: 14222,
  livekit: 17880,
  livekitUdp: 17882,
  livekitTcp: 17881,
  livekitMetrics: 17883,
  cameras: 18554,
  lockedCameras: 18555,
  cameraControl: 18556,
  services: perService((index) => Array.from({ length: copies }, (_, copy) => 18100 + index * 10 + copy)),
};

/** Ports that are free now, for stacks that run beside each other. */
export async function freePorts(): Promise<Ports> {
  const free = await reserve(11 + serviceNames.length * copies);
  const take = () => free.pop() ?? 0;
  return {
    origin: take(),
    postgres: take(),
    redis: take(),
    nats: take(),
    livekit: take(),
    livekitUdp: take(),
    livekitTcp: take(),
    livekitMetrics: take(),
    cameras: take(),
    lockedCameras: take(),
    cameraControl: take(),
    services: perService(() => Array.from({ length: copies }, take)),
  };
}

function perService(portsOf: (index: number) => number[]): Record<ServiceName, number[]> {
  const entries = serviceNames.map((name, index) => [name, portsOf(index)] as const);
  return Object.fromEntries(entries) as Record<ServiceName, number[]>;
}

/** Holds all of them open at once, so that no port comes twice. */
async function reserve(count: number): Promise<number[]> {
  const servers = await Promise.all(Array.from({ length: count }, listenSomewhere));
  const ports = servers.map((server) => {
    const address = server.address();
    return typeof address === 'object' && address ? address.port : 0;
  });
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}

/** Above the fixed ones, and below those that Linux gives to whoever connects (ip_local_port_range): none is lost to a neighbour. */
const reservable = { first: 20_000, last: 32_767 } as const;

async function listenSomewhere(): Promise<Server> {
  for (;;) {
    try {
      return await listen(randomInt(reservable.first, reservable.last + 1));
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')) throw error;
    }
  }
}

function listen(port: number): Promise<Server> {
  const server = createServer();
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve(server));
  });
}
