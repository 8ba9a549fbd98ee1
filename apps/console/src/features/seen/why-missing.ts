/** Why a picture is not shown: none is kept, or it cannot be read at the moment. */
export type Missing = 'none' | 'unread';

/** Asks why a picture did not come: an image does not tell. */
export async function whyMissing(url: string): Promise<Missing> {
  const answer = await fetch(url).catch(() => undefined);
  return answer?.status === 404 ? 'none' : 'unread';
}
