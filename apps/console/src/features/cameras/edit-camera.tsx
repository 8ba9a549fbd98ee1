import type { CameraView } from '@sightline/contracts/http/cameras';
import { endpoints } from '@sightline/contracts/http/index';
import { call } from '../../api/call.ts';
import { reload, useAreas } from '../../api/queries.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { offerUndo } from '../../ui/undo.tsx';
import { type CameraDraft, CameraForm, sourcesOf } from './camera-form.tsx';
import { canTakeBack, movesAddress } from './can-take-back.ts';

interface EditCameraProps {
  camera: CameraView;
  open: boolean;
  onClose: () => void;
}

/** Changes a camera's name, area or address: one command for each that differs. */
export function EditCamera({ camera, open, onClose }: EditCameraProps) {
  const { data: areas = [] } = useAreas();
  const [url, sub] = [camera.sources?.main.url ?? '', camera.sources?.sub?.url ?? ''];
  const save = async (draft: CameraDraft) => {
    const params = { id: camera.id };
    if (draft.name.trim() !== camera.name) await call(endpoints.renameCamera, { params, body: { name: draft.name } });
    if (draft.area !== camera.area) await call(endpoints.moveCamera, { params, body: { area: draft.area } });
    if (movesAddress(camera, draft) || draft.username || draft.password)
      await call(endpoints.changeCameraSources, { params, body: sourcesOf(draft) });
    await reload('cameras');
    onClose();
    offerUndo({
      text: `${camera.name} is changed.`,
      ...(canTakeBack(camera, draft) ? { undo: () => takeBack(camera) } : {}),
    });
  };
  return (
    <Dialog title={`Edit ${camera.name}`} open={open} onClose={onClose}>
      <CameraForm
        initial={{ name: camera.name, area: camera.area, url, sub, username: '', password: '' }}
        areas={areas.filter(({ site }) => site === camera.site)}
        credentialsHint={
          camera.hasCredentials
            ? 'Sealed ones are in use. Give them again when the address changes.'
            : 'None are in use. Those given here are sealed for the site; never shown again.'
        }
        onSave={save}
      />
    </Dialog>
  );
}

/** Makes a camera what it was. */
async function takeBack({ id, name, area, sources }: CameraView): Promise<void> {
  const params = { id };
  await call(endpoints.renameCamera, { params, body: { name } });
  await call(endpoints.moveCamera, { params, body: { area } });
  if (sources) await call(endpoints.changeCameraSources, { params, body: sources });
  await reload('cameras');
}
