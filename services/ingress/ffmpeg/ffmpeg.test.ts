import assert from 'node:assert/strict';
import { test } from 'node:test';
import { outcome } from '../outcome.ts';
import type { Progress } from '../publishing-process.ts';
import { redact } from '../redact.ts';
import { ffmpegArguments } from './arguments.ts';
import { classify } from './classify.ts';
import { inputList } from './input.ts';
import { progressReader } from './progress.ts';

const whip = 'http://127.0.0.1:4000/abc';
const before =
  '-hide_banner -nostdin -loglevel warning -progress pipe:1 -stats_period 0.5 -protocol_whitelist pipe,rtsp,rtp,tcp,udp,tls,crypto,srtp -f concat -safe 0 -i pipe:0 -map 0:v:0 -an';

test('the whole command line, as it is copied and as it is transcoded', () => {
  const lines: [string, boolean, string][] = [
    ['H.264 without B-frames goes on as it is', true, `${before} -c:v copy -whip_flags dtls_active -f whip ${whip}`],
    [
      'anything else becomes constrained baseline',
      false,
      `${before} -c:v libx264 -preset ultrafast -tune zerolatency -profile:v baseline -pix_fmt yuv420p -bf 0 -force_key_frames expr:gte(t,n_forced*2) -fps_mode passthrough -enc_time_base 1:90000 -threads 1 -whip_flags dtls_active -f whip ${whip}`,
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
  const words: [string, string][] = [
    ['[rtsp @ 0x1] method DESCRIBE failed: 401 Unauthorized', 'wrong_credentials'],
    ['method DESCRIBE failed: 404 Not Found', 'no_stream'],
    ['pipe:0: Server returned 5XX Server Error reply', 'camera_error'],
    ['Connection to tcp://10.0.0.7:554?timeout=0 failed: Connection refused', 'refused'],
    ['rtsp://***@10.0.0.7/: Connection timed out', 'timeout'],
    ['something else', 'ended'],
  ];
  for (const [text, code] of words) assert.equal(classify(text, otherwise).reason.code, code, text);
});

const goodbye = `[WHIP muxer @ 0x55556d9ed600] Failed to read response from DELETE url=http://127.0.0.1:40173/saU9/whip/v1/PA_Su
[WHIP muxer @ 0x55556d9ed600] Failed to dispose resource, ret=-5`;
const otherwise = outcome('connecting', 'ended', '');

test('a camera that dies while it sends is no fault of the media server', () => {
  const words = `[h264 @ 0x5555931d6080] co located POCs unavailable
[rtsp @ 0x55556d9ce780] Failed reading RTSP data: End of file
    Last message repeated 1 times
${goodbye}
`;
  assert.equal(classify(words, otherwise).reason.code, 'camera_ended');
});

test('a media server that dies while it is sent to is no fault of the camera', () => {
  const copied = `[WHIP muxer @ 0x555555d718c0] Failed to read from UDP socket
[vost#0:0/copy @ 0x555555d78a40] Error submitting a packet to the muxer: Connection refused
    Last message repeated 1 times
[out#0/whip @ 0x555555da4ec0] Error muxing a packet
[out#0/whip @ 0x555555da4ec0] Terminating thread with return code -111 (Connection refused)
${goodbye}
`;
  const transcoded = `[WHIP muxer @ 0x555567395940] Failed to write packet=1194B, ret=-111
[vost#0:0/libx264 @ 0x555567469f40] Error submitting a packet to the muxer: Connection refused
[out#0/whip @ 0x55556743cb00] Task finished with error code: -111 (Connection refused)
${goodbye}
`;
  const away = `[http @ 0x7fa4ac16f800] HTTP error 502 Bad Gateway
[WHIP muxer @ 0x555561aaf940] Failed to request url=http://127.0.0.1:40173/652A, offer: v=0
a=setup:passive
a=ice-ufrag:83b55963

[out#0/whip @ 0x555561b56b00] Could not write header (incorrect codec parameters ?): Server returned 5XX Server Error reply
[vf#0:0 @ 0x555561ab5600] Terminating thread with return code -1482175992 (Server returned 5XX Server Error reply)
`;
  for (const words of [copied, transcoded, away])
    assert.equal(classify(words, otherwise).reason.code, 'media_server', words);
});

test('progress is read whatever way the chunks fall', () => {
  const text = 'frame=10\nfps=15\nout_time_us=666666\nprogress=continue\nframe=11\nout_time_us=N/A\nprogress=end\n';
  for (const size of [1, 3, 7, text.length]) {
    const seen: Progress[] = [];
    const read = progressReader((progress) => seen.push(progress));
    for (let at = 0; at < text.length; at += size) read(text.slice(at, at + size));
    assert.deepEqual(seen, [
      { frames: 10, positionMs: 666.666 },
      { frames: 11, positionMs: 0 },
    ]);
  }
});
