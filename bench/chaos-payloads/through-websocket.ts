import { once } from 'node:events';
import WebSocket from 'ws';

interface Way {
  port: number;
  origin: string;
  /** Sessions that are used in turn: requests are limited by session. */
  cookies: readonly string[];
  payloads: readonly (string | Buffer)[];
}

const closeCodes = new Set([1002, 1003, 1007, 1009, 4400]);
const patienceMs = 5_000;

/** Says payloads as a client does, one after the other; those that led to no answer and no reasoned end. */
export async function throughWebSocket({ payloads, ...way }: Way): Promise<string[]> {
  const unanswered: string[] = [];
  let socket = await open(way);
  for (const payload of payloads) {
    if (socket.readyState !== WebSocket.OPEN) socket = await open(way);
    socket.send(payload);
    if (!(await answer(socket))) unanswered.push(String(payload));
  }
  socket.terminate();
  return unanswered;
}

let opened = 0;

async function open({ port, origin, cookies }: Omit<Way, 'payloads'>): Promise<WebSocket> {
  opened += 1;
  const headers = {
    origin,
    cookie: cookies[opened % cookies.length],
    'x-forwarded-for': `10.${(opened >> 16) & 255}.${(opened >> 8) & 255}.${opened & 255}`,
  };
  const socket = new WebSocket(`ws://127.0.0.1:${port}/overlay`, 'sightline.v1', { headers });
  socket.on('error', () => {});
  await once(socket, 'open');
  return socket;
}

/** Whether an answer comes, or an end with a reason. */
function answer(socket: WebSocket): Promise<boolean> {
  return new Promise((resolve) => {
    const done = (well: boolean) => {
      clearTimeout(timer);
      socket.off('message', onMessage);
      socket.off('close', onClose);
      resolve(well);
    };
    const onMessage = () => done(true);
    const onClose = (code: number) => done(closeCodes.has(code));
    const timer = setTimeout(() => done(false), patienceMs);
    socket.on('message', onMessage);
    socket.on('close', onClose);
  });
}
