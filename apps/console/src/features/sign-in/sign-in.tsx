import { type FormEvent, useState } from 'react';
import { signIn } from '../../api/session.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorText } from '../../ui/error-text.tsx';
import { Field } from '../../ui/field.tsx';
import { useAction } from '../../ui/use-action.ts';
import { Card } from './card.tsx';

/** Signing in. `ended` when a session has just ended by itself. */
export function SignIn({ ended }: { ended: boolean }) {
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const { busy, error, run } = useAction(signIn);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void run(username.trim(), password);
  };
  return (
    <Card title="Sign in" text={ended ? 'Your session has ended. Sign in again to go on.' : 'To see your cameras.'}>
      <form className="grid gap-4" onSubmit={submit}>
        <Field
          label="User name"
          name="username"
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          autoFocus
          required
          value={username}
          onChange={(event) => setUsername(event.target.value)}
        />
        <Field
          label="Password"
          name="password"
          type="password"
          autoComplete="current-password"
          required
          value={password}
          onChange={(event) => setPassword(event.target.value)}
        />
        <ErrorText error={error} />
        <Button type="submit" look="main" className="h-9" disabled={busy}>
          {busy ? 'Signing in …' : 'Sign in'}
        </Button>
      </form>
    </Card>
  );
}
