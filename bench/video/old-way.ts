import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { execa } from 'execa';
import { type WebSocket, WebSocketServer } from 'ws';

/**
 * The system that Sightline replaces, as such systems are built: one ffmpeg a camera to MPEG-1, Node passing its output on
 * to every WebSocket, JSMpeg drawing it on a canvas. Run as a process of its own, so that its processor time can be told.
 * Arguments: port, ffmpeg, bit rate, then the RTSP URL of each camera.
 */
const [port = '0', ffmpeg = 'ffmpeg', bitrate = '1500k', ...cameras] = process.argv.slice(2);
const bundle = join(
  createRequire(import.meta.url).resolve('@cycjimmy/jsmpeg-player'),
  '..',
  'jsmpeg-player.umd.min.js',
);
const files: Record<string, [string, Buffer]> = {
  '/': ['text/html', await readFile(join(import.meta.dirname, 'old-way.html'))],
  '/jsmpeg.js': ['text/javascript', await readFile(bundle)],
};

const server = createServer((request, response) => {
  const [type, body] = files[(request.url ?? '/').split('?')[0] ?? '/'] ?? ['text/plain', Buffer.from('not here')];
  response.writeHead(200, { 'content-type': type }).end(body);
});
const sockets = new WebSocketServer({ server });
const viewers = cameras.map(() => new Set<WebSocket>());

sockets.on('connection', (socket, request) => {
  const watching = viewers[Number(request.url?.slice(1))];
  watching?.add(socket);
  socket.on('close', () => watching?.delete(socket));
});

for (const [index, url] of cameras.entries()) {
  const encode = ['-f', 'mpegts', '-codec:v', 'mpeg1video', '-b:v', bitrate, '-bf', '0', '-r', '30', '-an', 'pipe:1'];
  const child = execa(ffmpeg, ['-nostdin', '-loglevel', 'error', '-rtsp_transport', 'tcp', '-i', url, ...encode], {
    buffer: false,
    reject: false,
  });
  child.stdout.on('data', (chunk: Buffer) => {
    for (const socket of viewers[index] ?? [])
      if (socket.readyState === socket.OPEN) socket.send(chunk, { binary: true });
  });
}

server.listen(Number(port), '127.0.0.1');
process.on('SIGTERM', () => process.exit(0));
