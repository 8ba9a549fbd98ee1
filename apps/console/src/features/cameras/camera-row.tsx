import type { CameraView } from '@sightline/contracts/http/cameras';
import { endpoints } from '@sightline/contracts/http/index';
import { Link, useNavigate } from '@tanstack/react-router';
import { Ellipsis, Pencil, Pentagon, Power, ScanEye, Trash2 } from 'lucide-react';
import { type Ref, useState } from 'react';
import { call } from '../../api/call.ts';
import { reload, usePeople } from '../../api/queries.ts';
import { Button } from '../../ui/button.tsx';
import { Confirm } from '../../ui/confirm.tsx';
import { ErrorText } from '../../ui/error-text.tsx';
import { Menu, MenuItem, MenuLine } from '../../ui/menu.tsx';
import { offerUndo } from '../../ui/undo.tsx';
import { useAction } from '../../ui/use-action.ts';
import { EditCamera } from './edit-camera.tsx';
import { FeedState } from './feed-state.tsx';

interface CameraRowProps {
  camera: CameraView;
  area: string;
  /** Which row it is, and who wants to know its height. */
  index: number;
  ref: Ref<HTMLTableRowElement> | undefined;
}

async function turn(id: string, on: boolean): Promise<void> {
  await call(on ? endpoints.enableCamera : endpoints.disableCamera, { params: { id } });
  await reload('cameras');
}

function stopsFor(people: number | undefined): string {
  if (people === undefined) return 'Its pictures stop for everybody who watches it now.';
  if (people === 0) return 'Nobody watches it now.';
  return `Its pictures stop for ${people === 1 ? 'one person' : `${people} people`} watching now.`;
}

/** One camera in the list, and what can be done with it. */
export function CameraRow({ camera, area, index, ref }: CameraRowProps) {
  const [asked, setAsked] = useState<'edit' | 'retire'>();
  const { data: people } = usePeople(camera.id, asked === 'retire');
  const navigate = useNavigate();
  const params = { id: camera.id };
  const toggle = useAction(async () => {
    await turn(camera.id, !camera.enabled);
    const text = `${camera.name} is switched ${camera.enabled ? 'off' : 'on'}.`;
    offerUndo({ text, undo: () => turn(camera.id, camera.enabled) });
  });
  const retire = async () => {
    const text = `${camera.name} is retired in ten seconds.`;
    const commit = async () => {
      await call(endpoints.retireCamera, { params });
      await reload('cameras');
    };
    offerUndo({ text, undo: () => undefined, commit });
  };
  return (
    <tr
      ref={ref}
      data-index={index}
      data-camera={camera.id}
      className="border-line border-t max-sm:grid max-sm:grid-cols-[1fr_auto] max-sm:py-2"
    >
      <td className="min-w-0 px-4 py-3 max-sm:py-1">
        <Link to="/" search={{ camera: camera.id }} title="Show it" className="font-medium hover:underline">
          {camera.name}
        </Link>
        <p className="break-all text-quiet text-xs">{camera.sources?.main.url}</p>
      </td>
      <td className="px-4 py-3 max-sm:order-3 max-sm:col-span-2 max-sm:py-0 max-sm:text-quiet max-sm:text-xs">
        {area}
      </td>
      <td className="px-4 py-3 max-sm:order-4 max-sm:col-span-2 max-sm:py-1">
        <FeedState camera={camera} />
        <ErrorText error={toggle.error} />
      </td>
      <td className="px-4 py-3 text-right max-sm:py-1">
        <Menu
          trigger={
            <Button look="quiet" icon aria-label={`Actions for ${camera.name}`} disabled={toggle.busy}>
              <Ellipsis size={16} aria-hidden="true" />
            </Button>
          }
        >
          <MenuItem onSelect={() => setAsked('edit')}>
            <Pencil size={16} aria-hidden="true" /> Edit
          </MenuItem>
          <MenuItem onSelect={() => void navigate({ to: '/cameras/$camera/zones', params: { camera: camera.id } })}>
            <Pentagon size={16} aria-hidden="true" /> Zones and lines
          </MenuItem>
          <MenuItem onSelect={() => void navigate({ to: '/seen', search: { camera: camera.id } })}>
            <ScanEye size={16} aria-hidden="true" /> What was seen
          </MenuItem>
          <MenuItem onSelect={() => void toggle.run()}>
            <Power size={16} aria-hidden="true" /> {camera.enabled ? 'Switch off' : 'Switch on'}
          </MenuItem>
          <MenuLine />
          <MenuItem onSelect={() => setAsked('retire')}>
            <Trash2 size={16} aria-hidden="true" /> Retire …
          </MenuItem>
        </Menu>
        <EditCamera camera={camera} open={asked === 'edit'} onClose={() => setAsked(undefined)} />
        <Confirm
          title={`Retire ${camera.name}?`}
          yes="Retire"
          no="Keep it"
          open={asked === 'retire'}
          onClose={() => setAsked(undefined)}
          onConfirm={retire}
        >
          {stopsFor(people)} What was recorded of it stays. It can be taken back for ten seconds, then never; to pause
          it, switch it off instead.
        </Confirm>
      </td>
    </tr>
  );
}
