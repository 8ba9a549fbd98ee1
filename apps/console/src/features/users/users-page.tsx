import { Plus } from 'lucide-react';
import { useState } from 'react';
import { useAreas, useUsers } from '../../api/queries.ts';
import { useSession } from '../../api/session.ts';
import { Button } from '../../ui/button.tsx';
import { Page } from '../../ui/page.tsx';
import { Read } from '../../ui/read.tsx';
import { AddUser } from './add-user.tsx';
import { UserRow } from './user-row.tsx';

/** Who may see what, for administrators. */
export function UsersPage() {
  const session = useSession();
  const query = useUsers();
  const { data: users } = query;
  const { data: areas = [] } = useAreas();
  const [adding, setAdding] = useState(false);
  const own = session.status === 'signed-in' ? session.session.user : '';
  const button = (
    <Button look="main" onClick={() => setAdding(true)}>
      <Plus size={16} aria-hidden="true" /> Add a user
    </Button>
  );
  return (
    <Page title="Users" action={button}>
      <Read what="users" query={query} />
      {users && (
        <ul className="divide-y divide-line rounded-(--radius) border border-line bg-panel">
          {users.map((user) => (
            <UserRow key={user.id} user={user} areas={areas} own={user.id === own} />
          ))}
        </ul>
      )}
      <AddUser open={adding} onClose={() => setAdding(false)} />
    </Page>
  );
}
