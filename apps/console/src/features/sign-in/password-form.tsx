import { NewPassword } from '@sightline/contracts/http/auth';
import { type FormEvent, useState } from 'react';
import { changePassword } from '../../api/session.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorText } from '../../ui/error-text.tsx';
import { Field } from '../../ui/field.tsx';
import { useAction } from '../../ui/use-action.ts';

interface PasswordFormProps {
  username: string;
  currentLabel: string;
  /** The password of now, where it has just been typed: then it is not asked for. */
  known?: string;
  submitLabel: string;
  onDone?: () => void;
}

/** The password of now in, the next one chosen. */
export function PasswordForm({ username, currentLabel, known = '', submitLabel, onDone }: PasswordFormProps) {
  const [current, setCurrent] = useState(known);
  const [next, setNext] = useState('');
  const [left, setLeft] = useState(false);
  const { busy, error, run } = useAction(changePassword);
  const good = NewPassword.safeParse(next).success;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setLeft(true);
    if (good && (await run(current, next))) onDone?.();
  };
  return (
    <form className="grid gap-4" noValidate onSubmit={(event) => void submit(event)}>
      <input type="text" name="username" autoComplete="username" value={username} readOnly hidden />
      {!known && (
        <Field
          label={currentLabel}
          name="current"
          type="password"
          autoComplete="current-password"
          required
          value={current}
          onChange={(event) => setCurrent(event.target.value)}
        />
      )}
      <Field
        label="New password"
        name="next"
        type="password"
        autoComplete="new-password"
        autoFocus={Boolean(known)}
        required
        hint="At least 10 characters. A few words are easy to keep in mind."
        error={left && !good ? `At least 10 characters; these are ${next.length}.` : undefined}
        value={next}
        onBlur={() => setLeft(next.length > 0)}
        onChange={(event) => setNext(event.target.value)}
      />
      <ErrorText error={error} />
      <Button type="submit" look="main" className="h-9" disabled={busy}>
        {busy ? 'Saving …' : submitLabel}
      </Button>
    </form>
  );
}
