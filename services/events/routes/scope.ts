import { type Directory, type Guard, maySee, notVisible, type Principal } from '@sightline/service';

/** The camera, if the caller may see it. Throws 404 otherwise. */
export function visibleCamera(directory: Directory, principal: Principal, camera: string): string {
  const entry = directory.find(camera);
  if (!entry || !maySee(principal, entry.area)) throw notVisible('camera');
  return camera;
}

/** Throws 404 when the caller may not see the camera any more, by what is known of his session and rights now. */
export function stillVisible(
  { directory, guard }: { directory: Directory; guard: Guard },
  principal: Principal,
  camera: string,
): void {
  const now = guard.current(principal);
  if (!now) throw notVisible('camera');
  visibleCamera(directory, now, camera);
}

/** The cameras that a question is about: the one it names, or all of a site or everywhere that the caller may see. */
export function camerasOf(
  directory: Directory,
  principal: Principal,
  { camera, site }: { camera?: string | undefined; site?: string | undefined },
): string[] {
  if (camera) return [visibleCamera(directory, principal, camera)];
  const all = directory.list().filter((entry) => maySee(principal, entry.area) && entry.site === (site ?? entry.site));
  return all.map((entry) => entry.camera);
}

/** A stretch of time in µs since 1970; open ends are those of time. */
export const stretchOf = ({ from, to }: { from?: string | undefined; to?: string | undefined }) => ({
  fromUs: from ? Date.parse(from) * 1000 : 0,
  toUs: to ? Date.parse(to) * 1000 : Number.MAX_SAFE_INTEGER,
});
