import { Card } from './card.tsx';

/** Before it is known who is signed in. */
export function Opening({ unreachable }: { unreachable: boolean }) {
  if (!unreachable) return <main aria-busy="true" aria-label="Opening" />;
  return (
    <Card
      title="Sightline cannot be reached"
      text="It is tried again every few seconds; this page then goes on by itself."
    >
      <p role="status" className="text-look">
        Reconnecting …
      </p>
    </Card>
  );
}
