/** Columns and rows for a number of tiles in a window: as large as 16:9 tiles can be. */
export function gridFor(tiles: number, width: number, height: number): { columns: number; rows: number } {
  const count = Math.max(1, tiles);
  let best = { columns: 1, rows: count, size: 0 };
  for (let columns = 1; columns <= count; columns += 1) {
    const rows = Math.ceil(count / columns);
    const size = Math.min(width / columns / 16, height / rows / 9);
    if (size >= best.size) best = { columns, rows, size };
  }
  return { columns: best.columns, rows: best.rows };
}
