import { test } from 'node:test';
import { given } from '@sightline/event-log/testing';
import { user } from './user.ts';

const registered = { type: 'UserRegistered', data: { user: 'ann', role: 'viewer', areas: ['yard'] } } as const;
const ann = { ...registered, data: { ...registered.data, role: 'viewer' as const, areas: ['yard'] } };

const named = { type: 'UserNamed', data: { user: 'ann', name: 'sealed' } } as const;

test('a user is registered once, with each area once and the sealed name', () => {
  const command = {
    type: 'RegisterUser',
    user: 'ann',
    name: 'sealed',
    role: 'viewer',
    areas: ['yard', 'yard'],
  } as const;
  given(user, [])
    .when({ ...command, areas: [...command.areas] })
    .then(ann, named);
  given(user, [ann])
    .when({ ...command, areas: [] })
    .thenRefused('exists');
});

test('changed rights replace the old ones; the same rights change nothing', () => {
  given(user, [ann])
    .when({ type: 'ChangeRights', role: 'administrator', areas: [] })
    .then({ type: 'UserRightsChanged', data: { user: 'ann', role: 'administrator', areas: [] } });
  given(user, [ann])
    .when({ type: 'ChangeRights', role: 'viewer', areas: ['yard'] })
    .then();
});

test('a deactivated user cannot be changed', () => {
  const gone = { type: 'UserDeactivated', data: { user: 'ann' } } as const;
  given(user, [ann]).when({ type: 'Deactivate' }).then(gone);
  given(user, [ann, gone]).when({ type: 'ChangeRights', role: 'viewer', areas: [] }).thenRefused('deactivated');
  given(user, [ann, gone]).when({ type: 'Deactivate' }).thenRefused('deactivated');
});

test('a person is erased once, from a user who may be deactivated, and is nobody afterwards', () => {
  const [gone, erased] = [
    { type: 'UserDeactivated', data: { user: 'ann' } },
    { type: 'PersonErased', data: { user: 'ann' } },
  ] as const;
  for (const before of [[ann], [ann, gone]]) given(user, before).when({ type: 'Erase' }).then(erased);
  for (const type of ['Erase', 'Deactivate', 'ChangePassword'] as const)
    given(user, [ann, erased]).when({ type }).thenRefused('erased');
  given(user, [ann, erased]).when({ type: 'Name', name: 'sealed' }).thenRefused('erased');
  const again = { type: 'RegisterUser', user: 'ann', name: 'sealed', role: 'viewer' as const, areas: [] } as const;
  given(user, [ann, erased])
    .when({ ...again, areas: [] })
    .thenRefused('exists');
});

test('a user of before names were sealed is named later', () => {
  given(user, [ann]).when({ type: 'Name', name: 'sealed' }).then(named);
});

test('nobody who was not registered can be changed', () => {
  given(user, []).when({ type: 'ChangePassword' }).thenRefused('not_found');
});
