import { Link, useParams } from '@tanstack/react-router';
import { CircleOff } from 'lucide-react';
import { useState } from 'react';
import { reload, useCameras } from '../../api/queries.ts';
import { useSession } from '../../api/session.ts';
import { Notice } from '../../ui/notice.tsx';
import { Page } from '../../ui/page.tsx';
import { Read } from '../../ui/read.tsx';
import { ZoneEditor } from './zone-editor.tsx';

/** The zones and lines of one camera, for administrators. */
export function ZonesPage() {
  const { camera: id } = useParams({ from: '/cameras/$camera/zones' });
  const query = useCameras();
  const session = useSession();
  const [turn, setTurn] = useState(0);
  const camera = query.data?.find((each) => each.id === id);
  const back = (
    <Link to="/cameras" className="text-accent hover:underline">
      All cameras
    </Link>
  );
  const takeTheirs = () => void reload('cameras').then(() => setTurn((before) => before + 1));
  return (
    <Page title={camera ? `Zones of ${camera.name}` : 'Zones'} action={back}>
      <Read what="cameras" query={query} />
      {query.data && !camera && (
        <Notice icon={CircleOff} title="There is no such camera.">
          Expected a camera that is not retired, got {id}. Choose one from the list of all cameras.
        </Notice>
      )}
      {camera && session.status === 'signed-in' && (
        <ZoneEditor key={`${id} ${turn}`} camera={camera} user={session.session.user} onTheirs={takeTheirs} />
      )}
    </Page>
  );
}
