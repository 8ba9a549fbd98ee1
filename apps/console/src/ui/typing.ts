const ownKeys = 'input, select, textarea, [role=dialog], [role=menu]';

/** Whether a key belongs to somebody else than the page: somebody types, has a menu or a dialog open, or has taken it. */
export const isForOthers = ({ target, defaultPrevented }: KeyboardEvent): boolean =>
  defaultPrevented || (target instanceof Element && target.closest(ownKeys) !== null);
