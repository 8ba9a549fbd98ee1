import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { debFiles } from './apt.ts';
import { configLines, debianMirror } from './apt-state.ts';

describe('packages that apt would install', () => {
  const simulated = [
    'NOTE: This is only a simulation!',
    'Inst libjemalloc2 (5.3.0-1 Debian:12.11/oldstable [amd64])',
    'Inst redis-tools [5:7.0.14-1] (5:7.0.15-1~deb12u4 Debian:12.11/oldstable, Debian-Security:12/oldstable-security [amd64])',
    'Inst fonts-dejavu-core (2.37-6 Debian:12.11/oldstable [all]) []',
    'Inst libc6:i386 (2.36-9 Debian:12.11/oldstable [i386])',
    'Conf libjemalloc2 (5.3.0-1 Debian:12.11/oldstable [amd64])',
  ].join('\n');

  test('are named as their files in an archive are', () => {
    assert.deepEqual(debFiles(simulated), [
      'libjemalloc2_5.3.0-1_amd64.deb',
      'redis-tools_5%3a7.0.15-1~deb12u4_amd64.deb',
      'fonts-dejavu-core_2.37-6_all.deb',
      'libc6_2.36-9_i386.deb',
    ]);
  });
});

describe("the machine's mirror of Debian", () => {
  test('is the first that is neither of security updates nor of another vendor', () => {
    const addresses = [
      'https://packages.example/node_20.x/',
      'http://mirror.example/debian-security/',
      'http://mirror.example/debian/',
    ];
    assert.equal(debianMirror(addresses.join('\n')), 'http://mirror.example/debian/');
  });

  test('is unknown where only others are configured', () =>
    assert.equal(debianMirror('http://archive.example/ubuntu/\n'), undefined));
});

test("apt runs none of the host's hooks and keeps its state in the folder", () => {
  const lines = configLines('/somewhere');
  assert.ok(lines.includes('#clear APT::Update::Post-Invoke;'));
  assert.ok(lines.includes('Dir::State::Lists "/somewhere/lists";'));
});
