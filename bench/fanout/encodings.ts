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
  const frames = Array.from({ length: 50 }, (_, n) => detection('bench1', n));
  const plain = new Packr({ useRecords: false });
  const structures: [] = [];
  const [records, reader] = [new Packr({ structures }), new Unpackr({ structures })];
  const deltas = frames.map((frame, n) => deltaOf(frame, frames[n - 1] ?? frame));
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
    row('JSON, moved tracks only', deltas, { write: JSON.stringify, read: (text) => JSON.parse(String(text)) }),
  ];
}

interface Codec {
  write(frame: object): string | Buffer;
  read(data: string | Buffer): unknown;
}

function row(encoding: string, frames: object[], { write, read }: Codec): Row {
  const encoded = frames.map(write);
  const bytes = encoded.reduce((sum, each) => sum + Buffer.byteLength(each), 0) / frames.length;
  return {
    encoding,
    bytes: Math.round(bytes),
    'write µs': time((n) => write(frames[n % frames.length] ?? {})),
    'read µs': time((n) => read(encoded[n % encoded.length] ?? '')),
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

type Frame = { camera?: string; capturedAtUs?: number; objects?: { track: string; box: number[] }[] };

/** What a delta against the frame before would carry: time, and each track with how far its box has moved. */
function deltaOf(frame: Frame, before: Frame): object {
  const moved = frame.objects?.map(({ track, box }, n) => [
    track,
    ...box.map((side, axis) => Math.round((side - (before.objects?.[n]?.box[axis] ?? 0)) * 65_535)),
  ]);
  return { type: 'delta', camera: frame.camera, capturedAtUs: frame.capturedAtUs, moved };
}
