import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { access, outsideAccess, serviceNames } from '@sightline/contracts';
import { caddyfile } from './caddy.ts';
import { natsConfig } from './nats.ts';
import { fixedPorts } from './ports.ts';
import { redisAcl } from './redis.ts';

const passwords = Object.fromEntries(
  ['admin', 'worker', ...Object.keys(outsideAccess), ...serviceNames].map((name) => [name, `pw-${name}`]),
);
const upstreams = {
  registry: ['127.0.0.1:1', '127.0.0.1:2'],
  ingress: ['127.0.0.1:3'],
  events: [],
  'overlay-gateway': ['127.0.0.1:4'],
  auth: ['127.0.0.1:5'],
};
const proxy = {
  address: 'http://:8080',
  console: '/srv/console',
  contracts: '/contracts',
  upstreams,
  livekit: '127.0.0.1:7',
};

describe('Redis', () => {
  const lines = redisAcl(passwords).trim().split('\n');

  test('nobody comes in without a name, and the reader of the append-only file may run all that stands in it', () =>
    assert.equal(lines[0], 'user default off ~* &* +@all'));

  test('every user starts from nothing and gets only what the table of rights says', () => {
    for (const line of lines.slice(1)) assert.match(line, /^user \S+ on >pw-\S+ resetkeys resetchannels -@all /);
    const named = lines.slice(1).map((line) => line.split(' ')[1]);
    assert.deepEqual(named.sort(), ['admin', 'events', 'worker']);
  });
});

describe('NATS', () => {
  const config = JSON.parse(natsConfig('/data', 4222, passwords));

  test('there is a user for each service, for an auditor and for an integrator, with its own subjects only', () => {
    for (const { user, password, permissions } of config.authorization.users.slice(1)) {
      assert.equal(password, `pw-${user}`);
      assert.deepEqual(
        permissions.publish.allow,
        Object.entries({ ...access, ...outsideAccess }).find(([name]) => name === user)?.[1].nats.publish,
      );
      assert.ok(!permissions.publish.allow.includes('>'), `${user} may publish everywhere`);
    }
    assert.equal(config.authorization.users.length, serviceNames.length + 3);
  });

  test('it listens on loopback unless told otherwise', () => assert.equal(config.listen, '127.0.0.1:4222'));
});

describe('Caddy', () => {
  const text = caddyfile({ ...proxy, bind: '127.0.0.1' });

  test('its own administration is off, and it asks for no certificate on plain HTTP', () => {
    assert.match(text, /^\tadmin off$/m);
    assert.match(text, /^\tauto_https off$/m);
  });

  test('a host name gets a certificate', () =>
    assert.doesNotMatch(caddyfile({ ...proxy, address: 'cctv.example.org' }), /auto_https/));

  test('all copies of a service are behind its routes; a service without copies has none', () => {
    assert.match(text, /reverse_proxy 127\.0\.0\.1:1 127\.0\.0\.1:2 \{/);
    assert.doesNotMatch(text, /@events/);
  });

  test('media signalling asks auth before it reaches LiveKit', () => {
    const media = text.slice(text.indexOf('handle @media'));
    assert.ok(media.indexOf('forward_auth 127.0.0.1:5') < media.indexOf('reverse_proxy 127.0.0.1:7'));
  });

  test("browsers' spans are taken only where a collector is named, and only from who is signed in", () => {
    assert.doesNotMatch(text, /otlp/);
    const traced = caddyfile({ ...proxy, collector: 'http://127.0.0.1:4318' });
    assert.match(traced, /forward_auth[\s\S]*reverse_proxy http:\/\/127\.0\.0\.1:4318/);
  });
});

test('no two parts of npm start want the same port', () => {
  const { services, ...parts } = fixedPorts;
  const all = [...Object.values(parts), ...Object.values(services).flat()];
  assert.equal(new Set(all).size, all.length);
});
