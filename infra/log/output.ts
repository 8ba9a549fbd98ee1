import type { Output } from './command.ts';

/** Speaks to a person, or with `json` to a program. */
export function openOutput({ json }: { json: boolean }): Output & { end(): void } {
  let open = false;
  // Whoever reads has seen enough: `| head`.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));
  const end = () => {
    if (open) process.stderr.write('\r\u001b[K');
    open = false;
  };
  return {
    result: (value, text) => {
      end();
      if (json) console.log(JSON.stringify(value));
      else if (text) console.log(text);
    },
    progress: (text) => {
      if (!process.stderr.isTTY) return;
      process.stderr.write(`\r\u001b[K  … ${text}`);
      open = true;
    },
    note: (text) => {
      end();
      console.error(`  ${text}`);
    },
    end,
  };
}

/** Rows as columns of text, each as wide as its widest. */
export function table(rows: readonly (readonly (string | number)[])[]): string {
  const widths = rows.reduce<number[]>(
    (widest, row) => row.map((cell, column) => Math.max(widest[column] ?? 0, String(cell).length)),
    [],
  );
  return rows
    .map((row) =>
      row
        .map((cell, column) => String(cell)[typeof cell === 'number' ? 'padStart' : 'padEnd'](widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

export const counted = (count: number) => count.toLocaleString('en');
