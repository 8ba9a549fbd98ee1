import { randomUUIDv7 } from 'node:crypto';
import { endpoints, erasedPerson } from '@sightline/contracts';
import { implement, ProblemError } from '@sightline/service';
import type { FastifyInstance } from 'fastify';
import type { Deps } from '../deps.ts';
import { allRights, commandUser, keepingAnAdministrator } from '../rights.ts';
import { endSessions } from './session.ts';

/** Users and their rights, for administrators. */
export function userRoutes(app: FastifyInstance, deps: Deps): void {
  implement(app, endpoints.listUsers, async () => {
    const [everybody, names] = await Promise.all([allRights(deps), deps.accounts.names()]);
    return {
      users: everybody.map(({ position: _, ...rights }) => ({
        ...rights,
        username: rights.erased ? erasedPerson : (names.get(rights.id) ?? rights.id),
      })),
    };
  });

  implement(app, endpoints.registerUser, async ({ body, principal }) => {
    const id = body.id ?? randomUUIDv7();
    const { username, password, role, areas } = body;
    if (!(await deps.accounts.create({ user: id, username, mustChange: false }, password))) {
      throw new ProblemError(409, 'There is a user of this name or id already.', {
        code: 'exists',
        hint: 'Choose another user name.',
      });
    }
    try {
      const name = await deps.keys.seal(id, username);
      const command = { type: 'RegisterUser', user: id, name, role, areas } as const;
      const position = await commandUser(deps, id, command, principal.user);
      return { id, position };
    } catch (error) {
      await deps.accounts.remove(id);
      throw error;
    }
  });

  implement(app, endpoints.changeUserRights, async ({ params: { id }, body, principal }) => {
    const position = await keepingAnAdministrator(deps, id, body.role === 'administrator', () =>
      commandUser(deps, id, { type: 'ChangeRights', ...body }, principal.user),
    );
    await deps.rooms.reconcile(id);
    return { id, position };
  });

  implement(app, endpoints.deactivateUser, async ({ params: { id }, principal }) => {
    const position = await keepingAnAdministrator(deps, id, false, () =>
      commandUser(deps, id, { type: 'Deactivate' }, principal.user),
    );
    await endSessions(deps, await deps.sessions.endOf(id));
    return { id, position };
  });

  implement(app, endpoints.erasePerson, async ({ params: { id }, principal }) => {
    const position = await keepingAnAdministrator(deps, id, false, () =>
      commandUser(deps, id, { type: 'Erase' }, principal.user),
    );
    await endSessions(deps, await deps.sessions.endOf(id));
    if (!(await deps.erasures.caughtUp(position)))
      throw new ProblemError(503, 'The erasure is in the log, but was not carried out yet.', {
        code: 'erasing',
        hint: 'It goes on by itself; look at the status page whether auth and its database are well.',
      });
    return { id, position };
  });
}
