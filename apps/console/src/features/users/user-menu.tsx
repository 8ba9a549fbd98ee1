import type { UserView } from '@sightline/contracts/http/auth';
import { endpoints } from '@sightline/contracts/http/index';
import { Ellipsis, Eraser, Shield, UserX } from 'lucide-react';
import { useState } from 'react';
import { call } from '../../api/call.ts';
import { reload } from '../../api/queries.ts';
import { Button } from '../../ui/button.tsx';
import { Confirm } from '../../ui/confirm.tsx';
import { Menu, MenuItem, MenuLine } from '../../ui/menu.tsx';
import { EditRights } from './edit-rights.tsx';

/** What can be done with a user; one who is deactivated can only be erased. */
export function UserMenu({ user }: { user: UserView }) {
  const [asked, setAsked] = useState<'rights' | 'deactivate' | 'erase'>();
  const close = () => setAsked(undefined);
  const end = async (endpoint: typeof endpoints.deactivateUser | typeof endpoints.erasePerson) => {
    await call(endpoint, { params: { id: user.id } });
    await reload('users');
  };
  return (
    <div className="ml-auto">
      <Menu
        trigger={
          <Button look="quiet" icon aria-label={`Actions for ${user.username}`}>
            <Ellipsis size={16} aria-hidden="true" />
          </Button>
        }
      >
        {user.active && (
          <>
            <MenuItem onSelect={() => setAsked('rights')}>
              <Shield size={16} aria-hidden="true" /> Change rights
            </MenuItem>
            <MenuLine />
            <MenuItem onSelect={() => setAsked('deactivate')}>
              <UserX size={16} aria-hidden="true" /> Deactivate …
            </MenuItem>
          </>
        )}
        <MenuItem onSelect={() => setAsked('erase')}>
          <Eraser size={16} aria-hidden="true" /> Erase …
        </MenuItem>
      </Menu>
      <EditRights user={user} open={asked === 'rights'} onClose={close} />
      <Confirm
        title={`Deactivate ${user.username}?`}
        yes="Deactivate"
        no="Keep"
        open={asked === 'deactivate'}
        onClose={close}
        onConfirm={() => end(endpoints.deactivateUser)}
      >
        All sessions end at once, with every picture that is open there. The name cannot be used to sign in again.
      </Confirm>
      <Confirm
        title={`Erase ${user.username}?`}
        yes="Erase for ever"
        no="Keep"
        open={asked === 'erase'}
        onClose={close}
        onConfirm={() => end(endpoints.erasePerson)}
      >
        All sessions end at once, and the name becomes unreadable wherever it stands, in the history too. Nobody can
        bring it back.
      </Confirm>
    </div>
  );
}
