import { CloudOff } from 'lucide-react';
import { Button } from './button.tsx';
import { Notice } from './notice.tsx';
import { ListSkeleton } from './page.tsx';
import { timeOfDay } from './time.ts';

interface ReadProps {
  /** What is read, in words: `cameras`. */
  what: string;
  query: {
    data: unknown;
    error: Error | null;
    isPending: boolean;
    dataUpdatedAt: number;
    refetch: () => Promise<unknown>;
  };
}

/** What a page says of a list that is being read, could not be read, or could not be read again. */
export function Read({ what, query: { data, error, isPending, dataUpdatedAt, refetch } }: ReadProps) {
  if (isPending) return <ListSkeleton what={what} />;
  const again = <Button onClick={() => void refetch()}>Try now</Button>;
  if (data === undefined) {
    return (
      <Notice icon={CloudOff} title={`The ${what} cannot be read now`} action={again}>
        {error?.message}
      </Notice>
    );
  }
  return (
    <div role="status" className="empty:-mb-4">
      {error && (
        <p className="flex items-center gap-3 text-look">
          <CloudOff size={16} className="shrink-0" aria-hidden="true" />
          <span>
            Read at {timeOfDay(new Date(dataUpdatedAt))}; it cannot be read again now. {error.message}
          </span>
          {again}
        </p>
      )}
    </div>
  );
}
