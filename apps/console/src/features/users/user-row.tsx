import type { UserView } from '@sightline/contracts/http/auth';
import { endpoints } from '@sightline/contracts/http/index';
import type { AreaView } from '@sightline/contracts/http/sites';
import { Ellipsis, Shield, UserRound, UserX } from 'lucide-react';
import { useState } from 'react';
import { call } from '../../api/call.ts';
import { reload } from '../../api/queries.ts';
import { Button } from '../../ui/button.tsx';
import { Confirm } from '../../ui/confirm.tsx';
import { Menu, MenuItem, MenuLine } from '../../ui/menu.tsx';
import { EditRights } from './edit-rights.tsx';

interface UserRowProps {
  user: UserView;
  areas: readonly AreaView[];
  /** The user who looks at the list. */
  own: boolean;
}

/** One user in the list, and what can be done with him. */
export function UserRow({ user, areas, own }: UserRowProps) {
  const [asked, setAsked] = useState<'rights' | 'deactivate'>();
  const Icon = !user.active ? UserX : user.role === 'administrator' ? Shield : UserRound;
  const close = () => setAsked(undefined);
  const deactivate = async () => {
    await call(endpoints.deactivateUser, { params: { id: user.id } });
    await reload('users');
  };
  return (
    <li data-user={user.username} className="flex items-center gap-3 px-4 py-3">
      <Icon size={18} aria-hidden="true" className="shrink-0 text-quiet" />
      <div className={`min-w-0 ${user.active ? '' : 'text-quiet'}`}>
        <p className="truncate font-medium">
          {user.username}
          {own && <span className="font-normal text-quiet"> (you)</span>}
        </p>
        <p className="text-quiet text-xs">{describe(user, areas)}</p>
      </div>
      {user.active && !own && (
        <div className="ml-auto">
          <Menu
            trigger={
              <Button look="quiet" icon aria-label={`Actions for ${user.username}`}>
                <Ellipsis size={16} aria-hidden="true" />
              </Button>
            }
          >
            <MenuItem onSelect={() => setAsked('rights')}>
              <Shield size={16} aria-hidden="true" /> Change rights
            </MenuItem>
            <MenuLine />
            <MenuItem onSelect={() => setAsked('deactivate')}>
              <UserX size={16} aria-hidden="true" /> Deactivate …
            </MenuItem>
          </Menu>
          <EditRights user={user} open={asked === 'rights'} onClose={close} />
          <Confirm
            title={`Deactivate ${user.username}?`}
            yes="Deactivate"
            no="Keep"
            open={asked === 'deactivate'}
            onClose={close}
            onConfirm={deactivate}
          >
            All sessions end at once, with every picture that is open there. The name cannot be used to sign in again.
          </Confirm>
        </div>
      )}
    </li>
  );
}

function describe({ active, role, areas: given }: UserView, areas: readonly AreaView[]): string {
  if (!active) return 'Deactivated';
  if (role === 'administrator') return 'Administrator: sees and changes everything';
  const names = given.map((id) => areas.find((area) => area.id === id)?.name ?? id);
  return names.length > 0 ? `Viewer of ${names.join(', ')}` : 'Viewer without any area';
}
