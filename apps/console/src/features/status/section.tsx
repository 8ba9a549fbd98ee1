import { CircleCheck, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';

interface SectionProps {
  title: string;
  /** Column names, when the children are rows of a table. */
  columns?: readonly string[];
  children: ReactNode;
}

/** One part of the status page. */
export function Section({ title, columns, children }: SectionProps) {
  return (
    <section aria-label={title}>
      <h2 className="pb-2 font-medium">{title}</h2>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a table that is wider than a phone is scrolled by keyboard too */}
      <div tabIndex={0} className="-outline-offset-2! overflow-x-auto rounded-(--radius) border border-line bg-panel">
        {!columns && children}
        {columns && (
          <table className="w-full text-left max-sm:[&_:is(td,th)]:px-2">
            <thead className="text-quiet text-xs">
              <tr>
                {columns.map((column) => (
                  <th key={column} className="px-4 py-2 font-medium">
                    {column}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody className="align-top">{children}</tbody>
          </table>
        )}
      </div>
    </section>
  );
}

/** A word with its icon: colour never stands alone. */
export function Good({ good, children }: { good: boolean; children: ReactNode }) {
  const Icon = good ? CircleCheck : TriangleAlert;
  return (
    <span className={`flex items-center gap-2 ${good ? '' : 'text-act'}`}>
      <Icon size={16} className={`shrink-0 ${good ? 'text-quiet' : ''}`} aria-hidden="true" />
      {children}
    </span>
  );
}
