import type { ErrorComponentProps } from '@tanstack/react-router';
import { Button } from '../ui/button.tsx';
import { ErrorText } from '../ui/error-text.tsx';
import { Page } from '../ui/page.tsx';

/** What stands in place of a page that could not be loaded or shown: everything around it goes on. */
export function PageFailed({ error }: ErrorComponentProps) {
  return (
    <Page title="This page cannot be shown">
      <ErrorText error={error instanceof Error ? error : new Error(String(error))} />
      <p className="text-quiet">
        Its files may have changed with a newer version, or the server cannot be reached now.
      </p>
      <div>
        <Button onClick={() => location.reload()}>Load again</Button>
      </div>
    </Page>
  );
}
