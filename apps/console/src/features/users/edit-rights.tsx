import type { UserView } from '@sightline/contracts/http/auth';
import { endpoints } from '@sightline/contracts/http/index';
import { useState } from 'react';
import { call } from '../../api/call.ts';
import { reload } from '../../api/queries.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorText } from '../../ui/error-text.tsx';
import { offerUndo } from '../../ui/undo.tsx';
import { useAction } from '../../ui/use-action.ts';
import { type Rights, RightsFields } from './rights-fields.tsx';

interface EditRightsProps {
  user: UserView;
  open: boolean;
  onClose: () => void;
}

/** Changes what a user may do and see; what is taken away ends within seconds. */
export function EditRights({ user, open, onClose }: EditRightsProps) {
  return (
    <Dialog
      title={`Rights of ${user.username}`}
      description="What is taken away ends within seconds, open pictures too."
      open={open}
      onClose={onClose}
    >
      <EditRightsForm user={user} onClose={onClose} />
    </Dialog>
  );
}

async function change(id: string, body: Rights): Promise<void> {
  await call(endpoints.changeUserRights, { params: { id }, body });
  await reload('users');
}

function EditRightsForm({ user, onClose }: Omit<EditRightsProps, 'open'>) {
  const [rights, setRights] = useState<Rights>({ role: user.role, areas: user.areas });
  const { busy, error, run } = useAction(async () => {
    await change(user.id, rights);
    onClose();
    const { role, areas: before } = user;
    offerUndo({
      text: `The rights of ${user.username} are changed.`,
      undo: () => change(user.id, { role, areas: before }),
    });
  });
  return (
    <div className="grid gap-4">
      <RightsFields rights={rights} onChange={setRights} />
      <ErrorText error={error} />
      <div className="flex justify-end">
        <Button look="main" disabled={busy} onClick={() => void run()}>
          {busy ? 'Saving …' : 'Save'}
        </Button>
      </div>
    </div>
  );
}
