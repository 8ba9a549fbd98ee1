import { NewPassword } from '@sightline/contracts';
import { type FormEvent, type ReactNode, useState } from 'react';
import { changePassword, signIn, signOut } from '../../api/session.ts';
import { Button, ErrorText, Field } from '../../ui/controls.tsx';
import { useAction } from '../../ui/use-action.ts';

function Card({
  title,
  text,
  onSubmit,
  children,
}: {
  title: string;
  text: string;
  onSubmit: () => void;
  children: ReactNode;
}) {
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSubmit();
  };
  return (
    <main className="grid min-h-full place-content-center p-4">
      <form
        onSubmit={submit}
        className="grid w-[min(22rem,calc(100vw-2rem))] gap-3 rounded-(--radius) border border-line bg-panel p-6"
      >
        <img src="/icon.svg" alt="" width="40" height="40" />
        <h1 className="text-lg font-medium">{title}</h1>
        <p className="text-quiet">{text}</p>
        {children}
      </form>
    </main>
  );
}

/** Signing in. */
export function SignIn() {
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const { busy, error, run } = useAction(signIn);
  return (
    <Card title="Sightline" text="Sign in to see your cameras." onSubmit={() => void run(username, password)}>
      <Field
        label="User name"
        name="username"
        autoComplete="username"
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
      <Button type="submit" look="main" disabled={busy}>
        {busy ? 'Signing in …' : 'Sign in'}
      </Button>
    </Card>
  );
}

/** A one-time password opens only this. */
export function ChoosePassword({ username }: { username: string }) {
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const [left, setLeft] = useState(false);
  const { busy, error, run } = useAction(changePassword);
  const weak = left && !NewPassword.safeParse(next).success ? 'At least 10 characters.' : undefined;
  return (
    <Card
      title="Choose your password"
      text="The one-time password that you signed in with ends here."
      onSubmit={() => void run(current, next)}
    >
      <input type="text" name="username" autoComplete="username" value={username} readOnly hidden />
      <Field
        label="One-time password"
        name="current"
        type="password"
        autoComplete="current-password"
        required
        value={current}
        onChange={(event) => setCurrent(event.target.value)}
      />
      <Field
        label="New password"
        name="next"
        type="password"
        autoComplete="new-password"
        required
        minLength={10}
        hint="At least 10 characters; a few words are easy to keep in mind."
        error={weak}
        value={next}
        onBlur={() => setLeft(true)}
        onChange={(event) => setNext(event.target.value)}
      />
      <ErrorText error={error} />
      <Button type="submit" look="main" disabled={busy}>
        {busy ? 'Saving …' : 'Save and go on'}
      </Button>
      <Button look="quiet" onClick={() => void signOut()}>
        Sign out
      </Button>
    </Card>
  );
}
