import { test } from 'node:test';
import { domainEvents } from '@sightline/contracts';
import { carryOut } from '@sightline/event-log/testing';
import fc from 'fast-check';
import { type UserCommand, user } from './user.ts';

const id = fc.constantFrom('a', 'b', 'c');
const name = fc.uint8Array({ minLength: 30, maxLength: 200 }).map((bytes) => Buffer.from(bytes).toString('base64'));
const role = fc.constantFrom<'viewer' | 'administrator'>('viewer', 'administrator');
const kind = <Type extends string>(type: Type) => fc.constant(type);
const command: fc.Arbitrary<UserCommand> = fc.oneof(
  fc.record({ type: kind('RegisterUser'), user: id, name, role, areas: fc.array(id) }),
  fc.record({ type: kind('ChangeRights'), role, areas: fc.array(id) }),
  fc.record({ type: kind('ChangePassword') }),
  fc.record({ type: kind('Deactivate') }),
  fc.record({ type: kind('Name'), name }),
  fc.record({ type: kind('Erase') }),
);

test('whatever a user is told, its events are those that the log takes and that make its state again', () => {
  fc.assert(fc.property(fc.array(command, { maxLength: 20 }), (all) => void carryOut(user, all, domainEvents)));
});
