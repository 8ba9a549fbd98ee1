/** Where a page ends, as text: the next one goes on behind it. */
export const cursorOf = (...place: readonly (string | number)[]): string =>
  Buffer.from(place.join(' ')).toString('base64url');

/** What a cursor says in the groups of a form. One that is not ours is as good as none: it was checked by its contract. */
export const placeIn = (cursor: string | undefined, form: RegExp): string[] =>
  form.exec(Buffer.from(cursor ?? '', 'base64url').toString())?.slice(1) ?? [];
