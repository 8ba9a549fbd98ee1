import type { WallPreferences } from '@sightline/contracts/http/preferences';
import { Scan, ScanEye } from 'lucide-react';
import { useSyncExternalStore } from 'react';
import { seenClasses } from '../../overlay/classes.ts';
import { Button } from '../../ui/button.tsx';
import { Menu, MenuCheck, MenuGroup, MenuLine } from '../../ui/menu.tsx';
import type { WallActions } from './use-wall-keys.ts';

interface BoxesMenuProps {
  preferences: WallPreferences;
  actions: WallActions;
}

/** Offered before anybody has seen one. */
const usual = ['face', 'person'];

/** What is drawn of what AI sees, by class, and of which classes the picture itself is blurred. */
export function BoxesMenu({ preferences: { boxes, labels, tracks, hidden, blurred }, actions }: BoxesMenuProps) {
  const seen = useSyncExternalStore(seenClasses.subscribe, seenClasses.list);
  const classes = [...new Set([...usual, ...seen, ...hidden, ...blurred])].sort();
  const Icon = boxes ? ScanEye : Scan;
  return (
    <Menu
      trigger={
        <Button look="quiet" className="px-2" title="What AI sees (B, L, T), blurred faces (P)">
          <Icon size={16} aria-hidden="true" />
          <span className="max-sm:sr-only">Boxes</span>
        </Button>
      }
    >
      <MenuCheck checked={boxes} onChange={actions.onBoxes} shortcut="B">
        Boxes
      </MenuCheck>
      <MenuCheck checked={labels} onChange={actions.onLabels} shortcut="L">
        Labels
      </MenuCheck>
      <MenuCheck checked={tracks} onChange={actions.onTracks} shortcut="T">
        Tracks
      </MenuCheck>
      <MenuLine />
      <MenuGroup label="Draw">
        {classes.map((name) => (
          <MenuCheck key={name} checked={!hidden.includes(name)} onChange={() => actions.onHide(name)}>
            {name}
          </MenuCheck>
        ))}
      </MenuGroup>
      <MenuLine />
      <MenuGroup label="Blur where AI sees one">
        {classes.map((name) => (
          <MenuCheck
            key={name}
            checked={blurred.includes(name)}
            onChange={() => actions.onBlur(name)}
            shortcut={name === 'face' ? 'P' : undefined}
          >
            {name}
          </MenuCheck>
        ))}
      </MenuGroup>
    </Menu>
  );
}
