import type { ReactNode } from 'react';
import { Logo } from '../../ui/logo.tsx';

/** The one card of a page that shows nothing else. */
export function Card({ title, text, children }: { title: string; text: string; children: ReactNode }) {
  return (
    <main className="grid h-dvh place-content-center overflow-y-auto p-4">
      <div className="w-[min(22rem,calc(100vw-2rem))] rounded-(--radius) border border-line bg-panel p-6">
        <p className="mb-6 flex items-center gap-2 font-semibold">
          <Logo size={24} /> Sightline
        </p>
        <h1 className="font-medium text-lg">{title}</h1>
        <p className="mt-1 mb-5 text-quiet">{text}</p>
        {children}
      </div>
    </main>
  );
}
