import type { UserView } from '@sightline/contracts/http/auth';
import type { AreaView } from '@sightline/contracts/http/sites';
import { Shield, UserRound, UserX } from 'lucide-react';
import { UserMenu } from './user-menu.tsx';

interface UserRowProps {
  user: UserView;
  areas: readonly AreaView[];
  /** The user who looks at the list. */
  own: boolean;
}

/** One user in the list, and what can be done with him. */
export function UserRow({ user, areas, own }: UserRowProps) {
  const Icon = !user.active ? UserX : user.role === 'administrator' ? Shield : UserRound;
  return (
    <li data-user={user.username} className="flex items-center gap-3 px-4 py-3">
      <Icon size={18} aria-hidden="true" className="shrink-0 text-quiet" />
      <div className={`min-w-0 ${user.active ? '' : 'text-quiet'}`}>
        <p className="truncate font-medium">
          {user.erased ? 'Erased person' : user.username}
          {own && <span className="font-normal text-quiet"> (you)</span>}
        </p>
        <p className="text-quiet text-xs">{describe(user, areas)}</p>
      </div>
      {!user.erased && !own && <UserMenu user={user} />}
    </li>
  );
}

function describe({ id, active, erased, role, areas: given }: UserView, areas: readonly AreaView[]): string {
  if (erased) return `Was user ${id}`;
  if (!active) return 'Deactivated';
  if (role === 'administrator') return 'Administrator: sees and changes everything';
  const names = given.map((area) => areas.find(({ id: known }) => known === area)?.name ?? area);
  return names.length > 0 ? `Viewer of ${names.join(', ')}` : 'Viewer without any area';
}
