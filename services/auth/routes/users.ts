import { randomUUIDv7 } from 'node:crypto';
import { endpoints } from '@sightline/contracts';
import { implement, ProblemError } from '@sightline/service';
import type { FastifyInstance } from 'fastify';
import type { Deps } from '../deps.ts';
import { allRights, commandUser, keepingAnAdministrator } from '../rights.ts';
import { endSessions } from './session.ts';

/** Users and their rights, for administrators. */
export function userRoutes(app: FastifyInstance, deps: Deps): void {
  implement(app, endpoints.listUsers, async () => {
    const everybody = await allRights(deps);
    const views = await Promise.all(
      everybody.map(async (rights) => ({ ...rights, account: await deps.accounts.find(rights.id) })),
    );
    return {
      users: views.map(({ id, role, areas, active, account }) => ({
        id,
        role,
        areas,
        active,
        username: account?.username ?? id,
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
      const position = await commandUser(deps, id, { type: 'RegisterUser', user: id, role, areas }, principal.user);
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
    await expel(deps, id, (room) => body.role === 'administrator' || body.areas.includes(room));
    return { id, position };
  });

  implement(app, endpoints.deactivateUser, async ({ params: { id }, principal }) => {
    const position = await keepingAnAdministrator(deps, id, false, () =>
      commandUser(deps, id, { type: 'Deactivate' }, principal.user),
    );
    await endSessions(deps, await deps.sessions.endOf(id));
    return { id, position };
  });
}

/** The next connect is refused in any case; this ends what is open now. */
async function expel({ media, logger }: Deps, user: string, maySee: (room: string) => boolean): Promise<void> {
  try {
    const count = await media.expel(user, maySee);
    if (count > 0) logger.info({ user, count }, 'viewers put out of rooms');
  } catch (error) {
    logger.error({ err: error, user }, 'media server not reached, viewers could not be put out');
  }
}
