import { useVirtualizer } from '@tanstack/react-virtual';
import type { RefObject } from 'react';

/** Lists that are no longer are drawn whole. */
const virtualBeyond = 200;
const estimatedHeight = 64;

/** The rows of a table that can be seen, and how much room the others would take (px). */
export function useVirtualRows<Item>(items: readonly Item[], table: RefObject<HTMLTableElement | null>) {
  const virtual = items.length > virtualBeyond;
  const virtualizer = useVirtualizer({
    count: virtual ? items.length : 0,
    getScrollElement: () => table.current?.closest('main') ?? null,
    estimateSize: () => estimatedHeight,
    scrollMargin: table.current?.offsetTop ?? 0,
    overscan: 12,
  });
  if (!virtual) {
    return { rows: items.map((item, index) => ({ item, index })), before: 0, after: 0, measure: undefined };
  }
  const seen = virtualizer.getVirtualItems();
  const margin = virtualizer.options.scrollMargin;
  const rows = seen.flatMap(({ index }) => {
    const item = items[index];
    return item === undefined ? [] : [{ item, index }];
  });
  const before = (seen[0]?.start ?? margin) - margin;
  const after = virtualizer.getTotalSize() - ((seen.at(-1)?.end ?? margin) - margin);
  return { rows, before, after, measure: virtualizer.measureElement };
}

/** Room for rows that are not drawn. */
export function Room({ height }: { height: number }) {
  return height > 0 ? <tr style={{ height }} /> : null;
}
