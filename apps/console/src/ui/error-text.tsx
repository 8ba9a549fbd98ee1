import { TriangleAlert } from 'lucide-react';

/** What went wrong, in words, read out at once. */
export function ErrorText({ error }: { error: Error | null | undefined }) {
  return (
    <div role="alert">
      {error && (
        <p className="flex gap-2 rounded-(--radius) border border-act/50 px-3 py-2 text-act">
          <TriangleAlert size={16} className="mt-0.5 shrink-0" aria-hidden="true" />
          <span className="min-w-0 break-words">{error.message}</span>
        </p>
      )}
    </div>
  );
}
