import { test } from 'node:test';
import { given } from '@sightline/event-log/testing';
import { user } from './user.ts';

const registered = { type: 'UserRegistered', data: { user: 'ann', role: 'viewer', areas: ['yard'] } } as const;
const ann = { ...registered, data: { ...registered.data, role: 'viewer' as const, areas: ['yard'] } };

test('a user is registered once, with each area once', () => {
  const command = { type: 'RegisterUser', user: 'ann', role: 'viewer', areas: ['yard', 'yard'] } as const;
  given(user, [])
    .when({ ...command, areas: [...command.areas] })
    .then(ann);
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

test('nobody who was not registered can be changed', () => {
  given(user, []).when({ type: 'ChangePassword' }).thenRefused('not_found');
});
