import { endpoints } from '@sightline/contracts/http/index';
import { call } from '../../api/call.ts';
import { reload, useAreas } from '../../api/queries.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { Read } from '../../ui/read.tsx';
import { type CameraDraft, CameraForm, sourcesOf } from './camera-form.tsx';
import { FirstArea } from './first-area.tsx';

interface AddCameraProps {
  open: boolean;
  onClose: () => void;
}

/** A camera's address in, what the site finds there shown, then saved. Where there is no area yet, one is made first. */
export function AddCamera({ open, onClose }: AddCameraProps) {
  const query = useAreas();
  const { data: areas } = query;
  const save = async (draft: CameraDraft) => {
    const { area, name } = draft;
    await call(endpoints.registerCamera, { body: { area, name, sources: sourcesOf(draft) } });
    await reload('cameras');
    onClose();
  };
  return (
    <Dialog title="Add a camera" open={open} onClose={onClose}>
      {!areas && <Read what="areas" query={query} />}
      {areas && areas.length === 0 && <FirstArea />}
      {areas?.[0] && (
        <CameraForm
          initial={{ name: '', area: areas[0].id, url: '', sub: '', username: '', password: '' }}
          areas={areas}
          credentialsHint="Also taken out of the URL. Sealed for the site; never shown again."
          tryAtOnce
          onSave={save}
        />
      )}
    </Dialog>
  );
}
