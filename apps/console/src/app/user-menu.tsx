import type { SessionView } from '@sightline/contracts/http/auth';
import { CircleUser, KeyRound, LogOut } from 'lucide-react';
import { useState } from 'react';
import { signOut } from '../api/session.ts';
import { ChangePassword } from '../features/sign-in/change-password.tsx';
import { Button } from '../ui/button.tsx';
import { Menu, MenuChoice, MenuItem, MenuLine } from '../ui/menu.tsx';
import { settleUndo } from '../ui/undo.tsx';
import { useAction } from '../ui/use-action.ts';
import { chooseTheme, themeChoices, useTheme } from './theme.ts';

/** Who is signed in, and what is a matter of taste. */
export function UserMenu({ session }: { session: SessionView }) {
  const theme = useTheme();
  const [changing, setChanging] = useState(false);
  const leave = useAction(async () => {
    await settleUndo();
    await signOut();
  });
  const failed = leave.error && 'Signing out did not work. Try again.';
  return (
    <>
      {failed && (
        <p role="alert" className="truncate text-act">
          {failed}
        </p>
      )}
      <Menu
        trigger={
          <Button look="quiet" className="px-2" aria-label={`Account ${session.username}`} title={session.username}>
            <CircleUser size={18} aria-hidden="true" />
          </Button>
        }
      >
        <p className="px-2 pt-1.5 font-medium">{session.username}</p>
        <p className="px-2 pb-1.5 text-quiet text-xs first-letter:uppercase">{session.role}</p>
        <MenuLine />
        <MenuChoice label="Theme" value={theme} onChange={chooseTheme} options={themeChoices} />
        <MenuLine />
        <MenuItem onSelect={() => setChanging(true)}>
          <KeyRound size={16} aria-hidden="true" /> Change password
        </MenuItem>
        <MenuItem onSelect={() => void leave.run()}>
          <LogOut size={16} aria-hidden="true" /> Sign out
        </MenuItem>
      </Menu>
      <ChangePassword open={changing} username={session.username} onClose={() => setChanging(false)} />
    </>
  );
}
