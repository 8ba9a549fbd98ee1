import type { CameraView } from '@sightline/contracts/http/cameras';
import type { AreaView, SiteView } from '@sightline/contracts/http/sites';
import { Pencil, Plus } from 'lucide-react';
import { Button } from '../../ui/button.tsx';
import type { PlaceTask } from './place-dialog.tsx';

interface SiteCardProps {
  site: SiteView;
  /** Undefined while they are not known. */
  areas: readonly AreaView[] | undefined;
  cameras: readonly CameraView[] | undefined;
  onTask: (task: PlaceTask) => void;
}

/** One site with its areas and how many cameras stand in each. */
export function SiteCard({ site, areas, cameras, onTask }: SiteCardProps) {
  return (
    <section aria-label={site.name} className="rounded-(--radius) border border-line bg-panel">
      <div className="flex items-center gap-3 px-4 py-3">
        <div className="min-w-0 flex-1">
          <h2 className="truncate font-medium">{site.name}</h2>
          <p className="text-quiet text-xs">Site id {site.id}</p>
        </div>
        <Rename name={site.name} onRename={() => onTask({ kind: 'rename site', id: site.id, name: site.name })} />
        <Button onClick={() => onTask({ kind: 'new area', site: site.id, name: site.name })}>
          <Plus size={16} aria-hidden="true" /> Add an area
        </Button>
      </div>
      <ul className="divide-y divide-line border-line border-t">
        {!areas && <li className="h-12 bg-panel motion-safe:animate-pulse" />}
        {areas?.length === 0 && <li className="px-4 py-3 text-quiet">No areas yet: its first camera needs one.</li>}
        {areas?.map(({ id, name }) => (
          <li key={id} data-area={id} className="flex items-center gap-3 px-4 py-2">
            <div className="min-w-0 flex-1">
              <p className="truncate">{name}</p>
              <p className="text-quiet text-xs">{countOf(cameras?.filter(({ area }) => area === id).length)}</p>
            </div>
            <Rename name={name} onRename={() => onTask({ kind: 'rename area', id, name })} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function countOf(cameras: number | undefined): string {
  if (cameras === undefined) return 'How many cameras is not known now';
  return cameras === 1 ? '1 camera' : `${cameras} cameras`;
}

function Rename({ name, onRename }: { name: string; onRename: () => void }) {
  return (
    <Button look="quiet" icon aria-label={`Rename ${name}`} title="Rename" onClick={onRename}>
      <Pencil size={16} aria-hidden="true" />
    </Button>
  );
}
