import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { Pool } from 'pg';
import { decrypt, encrypt } from './aead.ts';
import { PersonKeys } from './person-keys.ts';

const key = randomBytes(32);
const secret = () => randomBytes(32).toString('base64');
/** Opens no connection: nothing here asks the database. */
const keys = (given = secret()) => new PersonKeys(new Pool(), given);

test('what is sealed is opened by its own key in its own context, unchanged, and by nothing else', () => {
  const box = encrypt(key, Buffer.from('ann.smith'), 'name of ann');
  assert.equal(decrypt(key, box, 'name of ann').toString(), 'ann.smith');
  assert.equal(box.includes('ann.smith'), false);
  assert.throws(() => decrypt(randomBytes(32), box, 'name of ann'));
  assert.throws(() => decrypt(key, box, 'name of bob'));
  for (let at = 0; at < box.length; at += 1) {
    const changed = Buffer.from(box);
    changed[at] = (changed[at] ?? 0) ^ 1;
    assert.throws(() => decrypt(key, changed, 'name of ann'), `byte ${at}`);
  }
});

test('the same name is never sealed to the same bytes', () => {
  const seal = () => encrypt(key, Buffer.from('ann'), 'name of ann').toString('hex');
  assert.notEqual(seal(), seal());
});

test('a name is found whatever its case, by who knows the secret only', () => {
  const own = secret();
  assert.deepEqual(keys(own).lookup('Ann.Smith'), keys(own).lookup('ann.smith'));
  assert.notDeepEqual(keys(own).lookup('ann'), keys(own).lookup('ann.smith'));
  assert.notDeepEqual(keys(own).lookup('ann'), keys().lookup('ann'));
});

test('a name without its key, or with a key that somebody else wrapped, opens as nothing', () => {
  const name = encrypt(key, Buffer.from('ann'), 'name of ann').toString('base64');
  assert.equal(keys().open({ person: 'ann', name, wrapped: null }), undefined);
  assert.equal(keys().open({ person: 'ann', name, wrapped: encrypt(key, key, 'ann') }), undefined);
  assert.equal(keys().open({ person: 'ann', name: null, wrapped: encrypt(key, key, 'ann') }), undefined);
});
