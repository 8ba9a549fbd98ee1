import { endpoints, WallPreferences } from '@sightline/contracts';
import { implement } from '@sightline/service';
import type { FastifyInstance } from 'fastify';
import type { Deps } from '../deps.ts';

/** How the caller likes the wall. */
export function preferenceRoutes(app: FastifyInstance, { pool }: Pick<Deps, 'pool'>): void {
  implement(app, endpoints.getPreferences, async ({ principal }) => {
    const { rows } = await pool.query<{ wall: unknown }>('select wall from auth.preferences where user_id = $1', [
      principal.user,
    ]);
    return WallPreferences.parse(rows[0]?.wall ?? {});
  });

  implement(app, endpoints.savePreferences, async ({ body, principal }) => {
    await pool.query(
      'insert into auth.preferences (user_id, wall) values ($1, $2) on conflict (user_id) do update set wall = excluded.wall',
      [principal.user, body],
    );
    return body;
  });
}
