import { type CameraView, endpoints } from '@sightline/contracts';
import { call } from '../../api/client.ts';
import { reload } from '../../api/queries.ts';
import { Button, ErrorText } from '../../ui/controls.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { useAction } from '../../ui/use-action.ts';

/** Asks once more before a camera goes for good. */
export function RetireCamera({ camera, open, onClose }: { camera: CameraView; open: boolean; onClose: () => void }) {
  const { busy, error, run } = useAction(async () => {
    await call(endpoints.retireCamera, { params: { id: camera.id } });
    await reload('cameras');
  });
  return (
    <Dialog
      title={`Retire ${camera.name}?`}
      description="Its pictures stop for everybody. What the log says of it stays. This cannot be undone."
      open={open}
      onClose={onClose}
    >
      <ErrorText error={error} />
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>Keep it</Button>
        <Button look="danger" disabled={busy} onClick={() => void run().then((done) => done && onClose())}>
          {busy ? 'Retiring …' : 'Retire'}
        </Button>
      </div>
    </Dialog>
  );
}
