import { Keyboard, LayoutGrid, Maximize, Scan, ScanEye } from 'lucide-react';
import { Button } from '../../ui/button.tsx';
import { Menu, MenuChoice } from '../../ui/menu.tsx';
import { Toolbar } from '../../ui/toolbar.tsx';
import { type Places, placesOffered } from './layout.ts';
import { placesKeys } from './use-wall-keys.ts';

interface WallToolbarProps {
  places: Places;
  boxes: boolean;
  onPlaces: (places: Places) => void;
  onBoxes: () => void;
  onFullScreen: () => void;
  onHelp: () => void;
}

const nameOf = (places: Places) => (places === 'all' ? 'All' : String(places));
const keyOf = (places: Places) => Object.entries(placesKeys).find(([, each]) => each === places)?.[0] ?? '';
const options = placesOffered.map((places) => ({
  value: String(places),
  label: places === 'all' ? 'All cameras' : `${places} ${places === 1 ? 'picture' : 'pictures'}`,
  key: keyOf(places),
}));

/** The wall's few controls; each has a key too. */
export function WallToolbar({ places, boxes, onPlaces, onBoxes, onFullScreen, onHelp }: WallToolbarProps) {
  const BoxesIcon = boxes ? ScanEye : Scan;
  const choose = (value: string) => onPlaces(placesOffered.find((each) => String(each) === value) ?? 'all');
  return (
    <Toolbar>
      <Menu
        trigger={
          <Button look="quiet" className="px-2" aria-label={`Layout: ${nameOf(places)}`} title="Layout (0 to 5)">
            <LayoutGrid size={16} aria-hidden="true" />
            <span className="hidden min-w-5 text-left sm:inline">{nameOf(places)}</span>
          </Button>
        }
      >
        <MenuChoice label="Layout" value={String(places)} onChange={choose} options={options} />
      </Menu>
      <Button look="quiet" className="px-2" aria-pressed={boxes} title="Boxes (B)" onClick={onBoxes}>
        <BoxesIcon size={16} aria-hidden="true" />
        <span className="max-sm:sr-only">Boxes</span>
      </Button>
      <Button
        look="quiet"
        icon
        className="max-sm:hidden"
        aria-label="Full screen"
        title="Full screen (F)"
        onClick={onFullScreen}
      >
        <Maximize size={16} aria-hidden="true" />
      </Button>
      <Button look="quiet" icon className="max-sm:hidden" aria-label="Keys" title="Keys (?)" onClick={onHelp}>
        <Keyboard size={16} aria-hidden="true" />
      </Button>
    </Toolbar>
  );
}
