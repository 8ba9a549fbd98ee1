import { endpoints } from '@sightline/contracts';
import { type FormEvent, useState } from 'react';
import { call } from '../../api/client.ts';
import { reload } from '../../api/queries.ts';
import { Button, ErrorText, Field, Select } from '../../ui/controls.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { useAction } from '../../ui/use-action.ts';

const empty: { username: string; password: string; role: 'viewer' | 'administrator' } = {
  username: '',
  password: '',
  role: 'viewer',
};

/** A new user; areas are given in the list afterwards. */
export function AddUser({ open, onClose }: { open: boolean; onClose: () => void }) {
  const [form, setForm] = useState(empty);
  const { busy, error, run } = useAction(async () => {
    await call(endpoints.registerUser, { body: { ...form, areas: [] } });
    await reload('users');
    setForm(empty);
    onClose();
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void run();
  };
  return (
    <Dialog title="Add a user" open={open} onClose={onClose}>
      <form className="grid gap-2" onSubmit={submit}>
        <Field
          label="User name"
          required
          value={form.username}
          onChange={(event) => setForm({ ...form, username: event.target.value })}
        />
        <Field
          label="Password"
          type="password"
          autoComplete="new-password"
          required
          minLength={10}
          hint="At least 10 characters."
          value={form.password}
          onChange={(event) => setForm({ ...form, password: event.target.value })}
        />
        <Select
          label="Role"
          value={form.role}
          onChange={(role) => setForm({ ...form, role: role === 'administrator' ? role : 'viewer' })}
          options={[
            { value: 'viewer', label: 'Viewer: sees the areas given' },
            { value: 'administrator', label: 'Administrator: sees and changes everything' },
          ]}
        />
        <ErrorText error={error} />
        <Button type="submit" look="main" disabled={busy}>
          {busy ? 'Saving …' : 'Save'}
        </Button>
      </form>
    </Dialog>
  );
}
