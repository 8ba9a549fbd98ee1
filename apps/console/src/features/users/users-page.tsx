import { endpoints, type UserView } from '@sightline/contracts';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { call } from '../../api/client.ts';
import { reload, useAreas, useUsers } from '../../api/queries.ts';
import { Button, ErrorText } from '../../ui/controls.tsx';
import { useAction } from '../../ui/use-action.ts';
import { AddUser } from './add-user.tsx';

/** Who may see what. */
export function UsersPage() {
  const { data: users = [], error } = useUsers();
  const [adding, setAdding] = useState(false);
  return (
    <main className="mx-auto w-full max-w-4xl flex-1 overflow-y-auto p-4">
      <div className="flex items-center justify-between gap-4 py-2">
        <h1 className="text-lg font-medium">Users</h1>
        <Button look="main" onClick={() => setAdding(true)}>
          <Plus size={16} aria-hidden="true" /> Add a user
        </Button>
      </div>
      {error && <ErrorText error={error} />}
      <ul className="divide-y divide-line rounded-(--radius) border border-line bg-panel">
        {users.map((user) => (
          <UserRow key={user.id} user={user} />
        ))}
      </ul>
      <AddUser open={adding} onClose={() => setAdding(false)} />
    </main>
  );
}

function UserRow({ user }: { user: UserView }) {
  const { data: areas = [] } = useAreas();
  const rights = useAction(async (next: string[]) => {
    await call(endpoints.changeUserRights, { params: { id: user.id }, body: { role: user.role, areas: next } });
    await reload('users');
  });
  const deactivate = useAction(async () => {
    await call(endpoints.deactivateUser, { params: { id: user.id } });
    await reload('users');
  });
  const toggle = (area: string) =>
    void rights.run(user.areas.includes(area) ? user.areas.filter((each) => each !== area) : [...user.areas, area]);
  return (
    <li className="grid gap-2 p-3" data-user={user.username}>
      <div className="flex items-center gap-3">
        <span className={`font-medium ${user.active ? '' : 'text-quiet line-through'}`}>{user.username}</span>
        <span className="text-quiet">{user.active ? user.role : 'deactivated'}</span>
        {user.active && (
          <Button look="quiet" className="ml-auto" disabled={deactivate.busy} onClick={() => void deactivate.run()}>
            Deactivate
          </Button>
        )}
      </div>
      {user.active && user.role === 'viewer' && (
        <fieldset className="flex flex-wrap gap-x-5 gap-y-1" disabled={rights.busy}>
          <legend className="sr-only">Areas that {user.username} may see</legend>
          {areas.map(({ id, name }) => (
            <label key={id} className="flex items-center gap-2">
              <input type="checkbox" checked={user.areas.includes(id)} onChange={() => toggle(id)} /> {name}
            </label>
          ))}
        </fieldset>
      )}
      {(rights.error ?? deactivate.error) && <ErrorText error={rights.error ?? deactivate.error} />}
    </li>
  );
}
