import type { CameraView } from '@sightline/contracts/http/cameras';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Cctv, FileUp, Plus } from 'lucide-react';
import { type ReactNode, type RefObject, useEffect, useRef, useState } from 'react';
import { useAreas, useCameras } from '../../api/queries.ts';
import { Button } from '../../ui/button.tsx';
import { inputLook } from '../../ui/field.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Page } from '../../ui/page.tsx';
import { Read } from '../../ui/read.tsx';
import { isForOthers } from '../../ui/typing.ts';
import { Room, useVirtualRows } from '../../ui/virtual-rows.tsx';
import { AddCamera } from './add-camera.tsx';
import { isSilent, lacksPicture } from './attention.ts';
import { CameraRow } from './camera-row.tsx';
import { wordOf } from './feed-state.tsx';

/** Every camera with what it is doing and why, for administrators. */
export function CamerasPage() {
  const query = useCameras();
  const { data: cameras } = query;
  const { add = false } = useSearch({ from: '/cameras' });
  const navigate = useNavigate({ from: '/cameras' });
  const setAdding = (adding: boolean) => void navigate({ search: adding ? { add: true } : {}, replace: true });
  const button = (
    <Button look="main" onClick={() => setAdding(true)}>
      <Plus size={16} aria-hidden="true" /> {cameras?.length === 0 ? 'Add the first' : 'Add a camera'}
    </Button>
  );
  return (
    <Page
      title="Cameras"
      summary={cameras && summaryOf(cameras)}
      action={cameras?.length === 0 ? null : <Actions>{button}</Actions>}
    >
      <Read what="cameras" query={query} />
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

function Actions({ children }: { children: ReactNode }) {
  return (
    <div className="flex gap-2">
      <Link
        to="/import"
        className="inline-flex h-8 items-center gap-2 rounded-(--radius) border border-line bg-raised px-3 hover:border-edge"
      >
        <FileUp size={16} aria-hidden="true" /> Import
      </Link>
      {children}
    </div>
  );
}

function summaryOf(cameras: readonly CameraView[]): string {
  const bad = cameras.filter(lacksPicture).length;
  const silent = cameras.filter(isSilent).length;
  const all = `${cameras.length} ${cameras.length === 1 ? 'camera' : 'cameras'}`;
  if (cameras.length === 0) return '';
  return [all, bad > 0 && `${bad} without a picture`, silent > 0 && `${silent} not heard of`]
    .filter(Boolean)
    .join(', ');
}

/** With more cameras than this a field to find one among them is worth its room. */
const findFrom = 8;

function CameraTable({ cameras }: { cameras: readonly CameraView[] }) {
  const { data: areas = [] } = useAreas();
  const [wanted, setWanted] = useState('');
  const find = useRef<HTMLInputElement>(null);
  useSlash(find);
  const areaName = (id: string) => areas.find((area) => area.id === id)?.name ?? id;
  const word = wanted.trim().toLowerCase();
  const shown = cameras.filter((camera) => wordsOf(camera, areaName(camera.area)).includes(word));
  const table = useRef<HTMLTableElement>(null);
  const { rows, before, after, measure } = useVirtualRows(shown, table);
  return (
    <>
      {cameras.length >= findFrom && (
        <input
          ref={find}
          type="search"
          title="Find (/)"
          aria-label="Find a camera"
          placeholder="Find by name, area, address or state"
          className={`${inputLook} max-w-sm`}
          value={wanted}
          onChange={(event) => setWanted(event.target.value)}
        />
      )}
      <div className="overflow-hidden rounded-(--radius) border border-line bg-panel">
        <table ref={table} className="w-full text-left max-sm:block">
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
            <Room height={before} />
            {rows.map(({ index, item: camera }) => (
              <CameraRow key={camera.id} ref={measure} index={index} camera={camera} area={areaName(camera.area)} />
            ))}
            <Room height={after} />
          </tbody>
        </table>
        {shown.length === 0 && <p className="border-line border-t p-6 text-center text-quiet">None is named so.</p>}
      </div>
    </>
  );
}

/** What a camera can be found by. */
const wordsOf = (camera: CameraView, area: string) =>
  `${camera.name} ${area} ${camera.sources?.main.url ?? ''} ${wordOf(camera)}`.toLowerCase();

/** The key / goes to the field, unless somebody types. */
function useSlash(field: RefObject<HTMLInputElement | null>): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== '/' || isForOthers(event) || !field.current) return;
      event.preventDefault();
      field.current.focus();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [field]);
}
