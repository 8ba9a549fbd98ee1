import assert from 'node:assert/strict';
import { test } from 'node:test';
import { outcome } from '../outcome.ts';
import { ffmpegArguments } from './arguments.ts';
import { classify } from './classify.ts';
import { inputList } from './input.ts';
import { type Progress, progressReader } from './progress.ts';
import { redact } from './redact.ts';

const whip = 'http://127.0.0.1:4000/abc';
const before =
  '-hide_banner -nostdin -loglevel warning -progress pipe:1 -stats_period 0.5 -protocol_whitelist pipe,rtsp,rtp,tcp,udp,tls,crypto,srtp -f concat -safe 0 -i pipe:0 -map 0:v:0 -an';

test('the whole command line, as it is copied and as it is transcoded', () => {
  const lines: [string, boolean, string][] = [
    ['H.264 without B-frames goes on as it is', true, `${before} -c:v copy -f whip ${whip}`],
    [
      'anything else becomes constrained baseline',
      false,
      `${before} -c:v libx264 -preset ultrafast -tune zerolatency -profile:v baseline -pix_fmt yuv420p -bf 0 -force_key_frames expr:gte(t,n_forced*2) -fps_mode passthrough -enc_time_base 1:90000 -threads 1 -f whip ${whip}`,
    ],
  ];
  for (const [name, copy, expected] of lines) assert.equal(ffmpegArguments({ copy, whip }).join(' '), expected, name);
});

test('user and password stand in the input list, encoded, and in no argument', () => {
  const list = inputList(new URL('rtsp://10.0.0.7/main'), {
    username: "o'neill",
    password: 'p@ss/word\nfile /etc/passwd',
  });
  assert.match(
    list,
    /^ffconcat version 1.0\nfile 'rtsp:\/\/o%27neill:p%40ss%2Fword%0Afile%20%2Fetc%2Fpasswd@10\.0\.0\.7\/main'\n/,
  );
  assert.equal(list.split('\n').filter((line) => line.startsWith('file ')).length, 1);
});

test('no path of a camera can add a line to the input list', () => {
  const list = inputList(new URL("rtsp://10.0.0.7/a'\nfile 'file:///etc/passwd"), undefined);
  assert.equal(list.split('\n').filter((line) => line.startsWith('file ')).length, 1);
  assert.ok(!list.includes("a'"));
});

test('what ffmpeg prints loses user and password', () => {
  assert.equal(redact('Error opening rtsp://ann:hunter2@10.0.0.7/x: no'), 'Error opening rtsp://***@10.0.0.7/x: no');
  assert.equal(redact('password hunter2 refused', ['hunter2']), 'password *** refused');
});

test('last words are understood', () => {
  const otherwise = outcome('connecting', 'ended', '');
  const words: [string, string][] = [
    ['[rtsp @ 0x1] method DESCRIBE failed: 401 Unauthorized', 'wrong_credentials'],
    ['method DESCRIBE failed: 404 Not Found', 'no_stream'],
    ['Connection to tcp://10.0.0.7:554?timeout=0 failed: Connection refused', 'refused'],
    ['rtsp://***@10.0.0.7/: Connection timed out', 'timeout'],
    ['something else', 'ended'],
  ];
  for (const [text, code] of words) assert.equal(classify(text, otherwise).reason.code, code, text);
});

test('progress is read whatever way the chunks fall', () => {
  const text = 'frame=10\nfps=15\nout_time_us=666666\nprogress=continue\nframe=11\nout_time_us=N/A\nprogress=end\n';
  for (const size of [1, 3, 7, text.length]) {
    const seen: Progress[] = [];
    const read = progressReader((progress) => seen.push(progress));
    for (let at = 0; at < text.length; at += size) read(text.slice(at, at + size));
    assert.deepEqual(seen, [
      { frames: 10, outTimeUs: 666_666 },
      { frames: 11, outTimeUs: 0 },
    ]);
  }
});
