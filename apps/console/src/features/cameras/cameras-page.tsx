import type { CameraView } from '@sightline/contracts/http/cameras';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Cctv, CloudOff, Plus } from 'lucide-react';
import { useState } from 'react';
import { useAreas, useCameras } from '../../api/queries.ts';
import { Button } from '../../ui/button.tsx';
import { inputLook } from '../../ui/field.tsx';
import { Notice } from '../../ui/notice.tsx';
import { ListSkeleton, Page } from '../../ui/page.tsx';
import { AddCamera } from './add-camera.tsx';
import { CameraRow } from './camera-row.tsx';
import { wantsAttention } from './feed-state.tsx';

/** Every camera with what it is doing and why, for administrators. */
export function CamerasPage() {
  const { data: cameras, error, isPending } = useCameras();
  const { add = false } = useSearch({ from: '/cameras' });
  const navigate = useNavigate({ from: '/cameras' });
  const setAdding = (adding: boolean) => void navigate({ search: adding ? { add: true } : {}, replace: true });
  const button = (
    <Button look="main" onClick={() => setAdding(true)}>
      <Plus size={16} aria-hidden="true" /> {cameras?.length === 0 ? 'Add the first' : 'Add a camera'}
    </Button>
  );
  return (
    <Page title="Cameras" summary={cameras && summaryOf(cameras)} action={cameras?.length === 0 ? null : button}>
      {isPending && <ListSkeleton what="cameras" />}
      {!isPending && !cameras && (
        <Notice icon={CloudOff} title="The cameras cannot be listed now">
          {error?.message}
        </Notice>
      )}
      {cameras?.length === 0 && (
        <Notice icon={Cctv} title="No cameras yet." action={button}>
          All it takes is a camera’s RTSP address. It is tried before it is saved.
        </Notice>
      )}
      {cameras && cameras.length > 0 && <CameraTable cameras={cameras} />}
      <AddCamera open={add} onClose={() => setAdding(false)} />
    </Page>
  );
}

function summaryOf(cameras: readonly CameraView[]): string {
  const bad = cameras.filter(wantsAttention).length;
  const all = `${cameras.length} ${cameras.length === 1 ? 'camera' : 'cameras'}`;
  if (cameras.length === 0) return '';
  return bad > 0 ? `${all}, ${bad} without a picture` : all;
}

/** With more cameras than this a field to find one among them is worth its room. */
const findFrom = 8;

function CameraTable({ cameras }: { cameras: readonly CameraView[] }) {
  const { data: areas = [] } = useAreas();
  const [wanted, setWanted] = useState('');
  const areaName = (id: string) => areas.find((area) => area.id === id)?.name ?? id;
  const word = wanted.trim().toLowerCase();
  const shown = cameras.filter(({ name, area }) => `${name} ${areaName(area)}`.toLowerCase().includes(word));
  return (
    <>
      {cameras.length >= findFrom && (
        <input
          type="search"
          aria-label="Find a camera"
          placeholder="Find by name or area"
          className={`${inputLook} max-w-sm`}
          value={wanted}
          onChange={(event) => setWanted(event.target.value)}
        />
      )}
      <div className="overflow-hidden rounded-(--radius) border border-line bg-panel">
        <table className="w-full text-left max-sm:block">
          <thead className="text-quiet text-xs max-sm:sr-only">
            <tr>
              <th className="px-4 py-2 font-medium">Name</th>
              <th className="px-4 py-2 font-medium">Area</th>
              <th className="px-4 py-2 font-medium">State</th>
              <th className="px-4 py-2">
                <span className="sr-only">Actions</span>
              </th>
            </tr>
          </thead>
          <tbody className="align-top max-sm:block">
            {shown.map((camera) => (
              <CameraRow key={camera.id} camera={camera} area={areaName(camera.area)} />
            ))}
          </tbody>
        </table>
        {shown.length === 0 && <p className="border-line border-t p-6 text-center text-quiet">None is named so.</p>}
      </div>
    </>
  );
}
