import type { ReactNode } from 'react';

interface PageProps {
  title: string;
  /** One line beside the title. */
  summary?: ReactNode;
  action?: ReactNode;
  children: ReactNode;
}

/** A page of lists and forms. */
export function Page({ title, summary, action, children }: PageProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard, also where nothing in it is
    <main tabIndex={0} className="-outline-offset-2! flex min-h-0 flex-1 flex-col overflow-y-auto">
      <title>{`${title} · Sightline`}</title>
      <div className="mx-auto flex w-full max-w-6xl flex-1 flex-col gap-4 p-4 sm:p-6">
        <div className="flex min-h-8 flex-wrap items-center gap-x-4 gap-y-2">
          <h1 className="font-medium text-lg">{title}</h1>
          {summary && <p className="text-quiet max-sm:order-last max-sm:w-full">{summary}</p>}
          <div className="ml-auto">{action}</div>
        </div>
        {children}
      </div>
    </main>
  );
}

/** Rows of a list before it is known. */
export function ListSkeleton({ what }: { what: string }) {
  return (
    <div aria-busy="true" className="grid gap-px overflow-hidden rounded-(--radius) border border-line">
      <p role="status" className="sr-only">
        Reading {what}
      </p>
      {['a', 'b', 'c', 'd', 'e'].map((row) => (
        <div key={row} className="h-15 motion-safe:animate-pulse bg-panel" />
      ))}
    </div>
  );
}
