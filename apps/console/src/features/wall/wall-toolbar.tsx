import type { WallPlaces, WallPreferences } from '@sightline/contracts/http/preferences';
import { ChevronLeft, ChevronRight, Crosshair, Keyboard, LayoutGrid, Maximize } from 'lucide-react';
import { Button } from '../../ui/button.tsx';
import { Menu, MenuChoice, MenuItem, MenuLine } from '../../ui/menu.tsx';
import { Toolbar } from '../../ui/toolbar.tsx';
import { BoxesMenu } from './boxes-menu.tsx';
import { placesOffered } from './layout.ts';
import { placesKeys, type WallActions } from './use-wall-keys.ts';

interface WallToolbarProps {
  preferences: WallPreferences;
  page: number;
  pages: number;
  actions: WallActions;
}

const names: Partial<Record<WallPlaces, [short: string, long: string]>> = {
  all: ['All', 'All cameras'],
  free: ['Free', 'Free'],
  1: ['1', '1 picture'],
};
const nameOf = (places: WallPlaces) => names[places]?.[0] ?? String(places);
const options = placesOffered.map((places) => ({
  value: String(places),
  label: names[places]?.[1] ?? `${places} pictures`,
  key: Object.entries(placesKeys).find(([, each]) => each === places)?.[0] ?? '',
}));

/** The wall's few controls; each has a key too. */
export function WallToolbar({ preferences, page, pages, actions }: WallToolbarProps) {
  const { places, way } = preferences;
  const choose = (value: string) => actions.onPlaces(placesOffered.find((each) => String(each) === value) ?? 'all');
  return (
    <Toolbar>
      {pages > 1 && <Pages page={page} pages={pages} onTurn={actions.onTurn} />}
      <Menu
        trigger={
          <Button look="quiet" className="px-2" aria-label={`Layout: ${nameOf(places)}`} title="Layout (0 to 6)">
            <LayoutGrid size={16} aria-hidden="true" />
            <span className="hidden min-w-5 text-left sm:inline">{nameOf(places)}</span>
          </Button>
        }
      >
        <MenuChoice label="Layout" value={String(places)} onChange={choose} options={options} />
        <MenuLine />
        <MenuItem onSelect={actions.onArrange}>
          Arrange … <kbd className="ml-auto pl-4 text-quiet text-xs">A</kbd>
        </MenuItem>
      </Menu>
      <BoxesMenu preferences={preferences} actions={actions} />
      <Button
        look="quiet"
        className="px-2"
        aria-pressed={way === 'exact'}
        title="Exact: pictures are held back until their boxes are there (E)"
        onClick={actions.onWay}
      >
        <Crosshair size={16} aria-hidden="true" />
        <span className="max-sm:sr-only">Exact</span>
      </Button>
      <Button
        look="quiet"
        icon
        className="max-sm:hidden"
        aria-label="Full screen"
        title="Full screen (F)"
        onClick={actions.onFullScreen}
      >
        <Maximize size={16} aria-hidden="true" />
      </Button>
      <Button look="quiet" icon className="max-sm:hidden" aria-label="Keys" title="Keys (?)" onClick={actions.onHelp}>
        <Keyboard size={16} aria-hidden="true" />
      </Button>
    </Toolbar>
  );
}

function Pages({ page, pages, onTurn }: { page: number; pages: number; onTurn: (by: number) => void }) {
  return (
    <div className="flex items-center">
      <Button
        look="quiet"
        icon
        aria-label="Page before"
        title="Page before (Page up)"
        disabled={page === 0}
        onClick={() => onTurn(-1)}
      >
        <ChevronLeft size={16} aria-hidden="true" />
      </Button>
      <span role="status" aria-label={`Page ${page + 1} of ${pages}`} className="text-quiet">
        {page + 1} / {pages}
      </span>
      <Button
        look="quiet"
        icon
        aria-label="Next page"
        title="Next page (Page down)"
        disabled={page === pages - 1}
        onClick={() => onTurn(1)}
      >
        <ChevronRight size={16} aria-hidden="true" />
      </Button>
    </div>
  );
}
