import type { CameraView } from '@sightline/contracts/http/cameras';
import { endpoints } from '@sightline/contracts/http/index';
import { Ellipsis, Pencil, Power, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { call } from '../../api/call.ts';
import { reload } from '../../api/queries.ts';
import { Button } from '../../ui/button.tsx';
import { Confirm } from '../../ui/confirm.tsx';
import { ErrorText } from '../../ui/error-text.tsx';
import { Menu, MenuItem, MenuLine } from '../../ui/menu.tsx';
import { useAction } from '../../ui/use-action.ts';
import { EditCamera } from './edit-camera.tsx';
import { FeedState } from './feed-state.tsx';

interface CameraRowProps {
  camera: CameraView;
  area: string;
}

/** One camera in the list, and what can be done with it. */
export function CameraRow({ camera, area }: CameraRowProps) {
  const [asked, setAsked] = useState<'edit' | 'retire'>();
  const params = { id: camera.id };
  const toggle = useAction(async () => {
    await call(camera.enabled ? endpoints.disableCamera : endpoints.enableCamera, { params });
    await reload('cameras');
  });
  const retire = async () => {
    await call(endpoints.retireCamera, { params });
    await reload('cameras');
  };
  return (
    <tr data-camera={camera.id} className="border-line border-t max-sm:grid max-sm:grid-cols-[1fr_auto] max-sm:py-2">
      <td className="min-w-0 px-4 py-3 max-sm:py-1">
        <p className="font-medium">{camera.name}</p>
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
          Its pictures stop for everybody who watches it now. What was recorded of it stays. This cannot be undone; to
          pause it, switch it off instead.
        </Confirm>
      </td>
    </tr>
  );
}
