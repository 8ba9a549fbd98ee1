import { oneTimePassword, signOut } from '../../api/session.ts';
import { Button } from '../../ui/button.tsx';
import { useAction } from '../../ui/use-action.ts';
import { Card } from './card.tsx';
import { PasswordForm } from './password-form.tsx';

/** A one-time password opens only this. */
export function ChoosePassword({ username }: { username: string }) {
  const leave = useAction(signOut);
  return (
    <Card title="Choose your password" text="The one-time password that you signed in with ends here.">
      <PasswordForm
        username={username}
        currentLabel="One-time password"
        known={oneTimePassword()}
        submitLabel="Save and go on"
      />
      <Button look="quiet" className="mt-2 w-full" disabled={leave.busy} onClick={() => void leave.run()}>
        Sign out
      </Button>
    </Card>
  );
}
