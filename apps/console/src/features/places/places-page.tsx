import { MapPin, Plus } from 'lucide-react';
import { useState } from 'react';
import { useAreas, useCameras, useSites } from '../../api/queries.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Page } from '../../ui/page.tsx';
import { Read } from '../../ui/read.tsx';
import { PlaceDialog, type PlaceTask } from './place-dialog.tsx';
import { SiteCard } from './site-card.tsx';

/** Sites and their areas, for administrators. */
export function PlacesPage() {
  const sites = useSites();
  const areas = useAreas();
  const cameras = useCameras();
  const [task, setTask] = useState<PlaceTask>();
  const button = (
    <Button look="main" onClick={() => setTask({ kind: 'new site' })}>
      <Plus size={16} aria-hidden="true" /> Add a site
    </Button>
  );
  return (
    <Page title="Sites and areas" action={sites.data?.length === 0 ? null : button}>
      <Read what="sites" query={sites} />
      {sites.data && areas.error && <Read what="areas" query={areas} />}
      {areas.data && cameras.error && <Read what="cameras" query={cameras} />}
      {sites.data?.length === 0 && (
        <Notice icon={MapPin} title="No sites yet." action={button}>
          A site is a place with an ingress of its own; its cameras stand in areas, and people are given rights to
          areas.
        </Notice>
      )}
      {sites.data?.map((site) => (
        <SiteCard
          key={site.id}
          site={site}
          areas={areas.data?.filter((area) => area.site === site.id)}
          cameras={cameras.data}
          onTask={setTask}
        />
      ))}
      <PlaceDialog task={task} onClose={() => setTask(undefined)} />
    </Page>
  );
}
