import { type CameraView, endpoints } from '@sightline/contracts';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { call } from '../../api/client.ts';
import { reload, useAreas, useCameras } from '../../api/queries.ts';
import { Button, ErrorText } from '../../ui/controls.tsx';
import { duration, moment } from '../../ui/time.ts';
import { useAction } from '../../ui/use-action.ts';
import { AddCamera } from './add-camera.tsx';
import { RetireCamera } from './retire-camera.tsx';

const stateWords: Record<string, string> = {
  live: 'Live',
  connecting: 'Connecting',
  stalled: 'Stalled',
  unreachable: 'Offline',
  unauthorised: 'Not let in',
  unsupported: 'Not supported',
  disabled: 'Switched off',
};
const stateColours: Record<string, string> = {
  live: '',
  connecting: 'text-quiet',
  disabled: 'text-quiet',
  stalled: 'text-look',
};

/** Every camera with what it is doing and why, for administrators. */
export function CamerasPage() {
  const { data: cameras = [], error, isPending } = useCameras();
  const { data: areas = [] } = useAreas();
  const [adding, setAdding] = useState(false);
  const areaName = (id: string) => areas.find((area) => area.id === id)?.name ?? id;
  return (
    <main className="mx-auto w-full max-w-6xl flex-1 overflow-y-auto p-4">
      <div className="flex items-center justify-between gap-4 py-2">
        <h1 className="text-lg font-medium">Cameras</h1>
        <Button look="main" onClick={() => setAdding(true)}>
          <Plus size={16} aria-hidden="true" /> Add a camera
        </Button>
      </div>
      {error && <ErrorText error={error} />}
      <div className="overflow-x-auto rounded-(--radius) border border-line bg-panel">
        <table className="w-full text-left">
          <thead className="text-quiet">
            <tr className="border-line border-b">
              <th className="p-3 font-normal">Name</th>
              <th className="p-3 font-normal">Area</th>
              <th className="p-3 font-normal">State</th>
              <th className="p-3 font-normal">Why</th>
              <th className="p-3 font-normal">
                <span className="sr-only">Actions</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {cameras.map((camera) => (
              <Row key={camera.id} camera={camera} area={areaName(camera.area)} />
            ))}
          </tbody>
        </table>
        {!isPending && cameras.length === 0 && (
          <p className="p-6 text-center text-quiet">No cameras yet. Add the first.</p>
        )}
      </div>
      <AddCamera open={adding} onClose={() => setAdding(false)} />
    </main>
  );
}

function Row({ camera, area }: { camera: CameraView; area: string }) {
  const [retiring, setRetiring] = useState(false);
  const { busy, error, run } = useAction(async () => {
    await call(camera.enabled ? endpoints.disableCamera : endpoints.enableCamera, { params: { id: camera.id } });
    await reload('cameras');
  });
  const { feed } = camera;
  const since = feed && new Date(feed.since);
  return (
    <tr className="border-line border-b last:border-0" data-camera={camera.id}>
      <td className="p-3">
        <span className="font-medium">{camera.name}</span>
        <br />
        <span className="text-quiet text-xs">{camera.sources?.main.url}</span>
      </td>
      <td className="p-3">{area}</td>
      <td
        className={`p-3 whitespace-nowrap ${stateColours[feed?.state ?? 'connecting'] ?? 'text-act'}`}
        title={since && moment(since)}
      >
        {feed ? `${stateWords[feed.state]} for ${duration(Date.now() - Date.parse(feed.since))}` : 'Not yet seen'}
      </td>
      <td className="p-3 text-quiet">{feed?.reason.text}</td>
      <td className="p-3 text-right whitespace-nowrap">
        <Button look="quiet" disabled={busy} onClick={() => void run()}>
          {camera.enabled ? 'Switch off' : 'Switch on'}
        </Button>
        <Button look="quiet" onClick={() => setRetiring(true)}>
          Retire
        </Button>
        {error && <ErrorText error={error} />}
        <RetireCamera camera={camera} open={retiring} onClose={() => setRetiring(false)} />
      </td>
    </tr>
  );
}
