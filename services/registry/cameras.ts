import { CameraView } from '@sightline/contracts';
import type { Pool } from 'pg';

interface Row {
  id: string;
  site: string;
  area: string;
  name: string;
  enabled: boolean;
  retired: boolean;
  sources: unknown;
  credentials: string | null;
  zones: unknown;
  lines: unknown;
  state: string | null;
  reason: unknown;
  since: Date | null;
}

interface CameraFilter {
  site?: string | undefined;
  area?: string | undefined;
  retired?: boolean | undefined;
}

const select = `select c.id, c.site, c.area, c.name, c.enabled, c.retired, c.sources, c.credentials, c.zones, c.lines, f.state, f.reason, f.since
  from registry.cameras c left join registry.feeds f on f.camera_id = c.id`;

/** Cameras in order of their names; without `retired` only those that still stand. */
export async function listCameras(pool: Pool, filter: CameraFilter, role: string): Promise<CameraView[]> {
  const { rows } = await pool.query<Row>(
    `${select} where ($1::text is null or c.site = $1) and ($2::text is null or c.area = $2) and c.retired = $3 order by c.name, c.id`,
    [filter.site ?? null, filter.area ?? null, filter.retired ?? false],
  );
  return rows.map((row) => toView(row, role));
}

/** One camera, retired or not. */
export async function findCamera(pool: Pool, id: string, role: string): Promise<CameraView | undefined> {
  const { rows } = await pool.query<Row>(`${select} where c.id = $1`, [id]);
  return rows[0] && toView(rows[0], role);
}

/** Addresses of cameras are for administrators only. */
function toView({ sources, credentials, state, reason, since, ...row }: Row, role: string): CameraView {
  return CameraView.parse({
    ...row,
    ...(role === 'administrator' ? { sources, hasCredentials: credentials !== null } : {}),
    ...(state && since ? { feed: { state, reason, since: since.toISOString() } } : {}),
  });
}
