import { Dialog } from '../../ui/dialog.tsx';
import { PasswordForm } from './password-form.tsx';

interface ChangePasswordProps {
  open: boolean;
  username: string;
  onClose: () => void;
}

/** Another password of one's own; every other session of the same user ends. */
export function ChangePassword({ open, username, onClose }: ChangePasswordProps) {
  return (
    <Dialog title="Change password" description="You are signed out everywhere else." open={open} onClose={onClose}>
      <PasswordForm username={username} currentLabel="Password of now" submitLabel="Change" onDone={onClose} />
    </Dialog>
  );
}
