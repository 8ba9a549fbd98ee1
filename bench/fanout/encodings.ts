import { applyDelta, Detection, DetectionDelta, deltaOf } from '@sightline/contracts';
import { Packr, Unpackr } from 'msgpackr';
import { median } from '../lib/statistics.ts';
import { detection } from './feeder.ts';

interface Row {
  [column: string]: string | number;
}

const rounds = 7;
const repeats = 3_000;

/** Bytes, and µs of processor time to write and to read one frame of five people, in the encodings that were weighed for the fast lane. */
export function encodings(): Row[] {
  const frames = Array.from({ length: 50 }, (_, n) => Detection.parse(detection('bench1', n)));
  const [base] = frames;
  if (!base) return [];
  const plain = new Packr({ useRecords: false });
  const structures: [] = [];
  const [records, reader] = [new Packr({ structures }), new Unpackr({ structures })];
  return [
    row('JSON', frames, { write: JSON.stringify, read: (text) => JSON.parse(String(text)) }),
    row('MessagePack', frames, {
      write: (frame) => plain.pack(frame),
      read: (data) => plain.unpack(Buffer.from(data)),
    }),
    row('MessagePack, shared records', frames, {
      write: (frame) => records.pack(frame),
      read: (data) => reader.unpack(Buffer.from(data)),
    }),
    row('JSON, what has changed since a base', frames, {
      write: (frame) => JSON.stringify(deltaOf(base, frame)),
      read: (text) => applyDelta(base, DetectionDelta.parse(JSON.parse(String(text)))),
    }),
    row('JSON, checked as the console does', frames, {
      write: JSON.stringify,
      read: (text) => Detection.parse(JSON.parse(String(text))),
    }),
  ];
}

interface Codec {
  write(frame: Detection): string | Buffer;
  read(data: string | Buffer): unknown;
}

function row(encoding: string, frames: readonly Detection[], { write, read }: Codec): Row {
  const encoded = frames.map(write);
  const turn = <Item>(items: readonly Item[], n: number) => items[n % items.length] as Item;
  const bytes = encoded.reduce((sum, each) => sum + Buffer.byteLength(each), 0) / frames.length;
  return {
    encoding,
    bytes: Math.round(bytes),
    'write µs': time((n) => write(turn(frames, n))),
    'read µs': time((n) => read(turn(encoded, n))),
  };
}

function time(work: (n: number) => unknown): number {
  const samples = Array.from({ length: rounds }, () => {
    const before = process.threadCpuUsage();
    for (let n = 0; n < repeats; n += 1) work(n);
    const { user, system } = process.threadCpuUsage(before);
    return (user + system) / repeats;
  });
  return Math.round(median(samples) * 100) / 100;
}
