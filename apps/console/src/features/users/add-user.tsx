import { NewPassword, Username } from '@sightline/contracts/http/auth';
import { endpoints } from '@sightline/contracts/http/index';
import { type FormEvent, useState } from 'react';
import { call } from '../../api/call.ts';
import { reload } from '../../api/queries.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorText } from '../../ui/error-text.tsx';
import { Field } from '../../ui/field.tsx';
import { useAction } from '../../ui/use-action.ts';
import { type Rights, RightsFields } from './rights-fields.tsx';

interface AddUserProps {
  open: boolean;
  onClose: () => void;
}

/** A new user with a first password and rights. */
export function AddUser({ open, onClose }: AddUserProps) {
  return (
    <Dialog title="Add a user" open={open} onClose={onClose}>
      <AddUserForm onClose={onClose} />
    </Dialog>
  );
}

function AddUserForm({ onClose }: { onClose: () => void }) {
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const [rights, setRights] = useState<Rights>({ role: 'viewer', areas: [] });
  const [left, setLeft] = useState(false);
  const problems = {
    username: Username.safeParse(username).success ? undefined : 'Letters, digits and . _ @ -',
    password: NewPassword.safeParse(password).success ? undefined : 'At least 10 characters.',
  };
  const { busy, error, run } = useAction(async () => {
    await call(endpoints.registerUser, { body: { username, password, ...rights } });
    await reload('users');
    onClose();
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setLeft(true);
    if (!problems.username && !problems.password) void run();
  };
  return (
    <form className="grid gap-4" noValidate onSubmit={submit}>
      <Field
        label="User name"
        name="new-username"
        autoComplete="off"
        spellCheck={false}
        autoFocus
        required
        error={left || (username && problems.username) ? problems.username : undefined}
        value={username}
        onChange={(event) => setUsername(event.target.value)}
      />
      <Field
        label="First password"
        type="password"
        name="new-password"
        autoComplete="new-password"
        required
        hint="At least 10 characters. Tell it to the user in person."
        error={left ? problems.password : undefined}
        value={password}
        onBlur={() => setLeft(password.length > 0)}
        onChange={(event) => setPassword(event.target.value)}
      />
      <RightsFields rights={rights} onChange={setRights} />
      <ErrorText error={error} />
      <div className="flex justify-end">
        <Button type="submit" look="main" disabled={busy}>
          {busy ? 'Saving …' : 'Save'}
        </Button>
      </div>
    </form>
  );
}
