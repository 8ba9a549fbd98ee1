import { Check } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import type { ReactNode } from 'react';

/** A menu that opens from a button. */
export function Menu({ trigger, children }: { trigger: ReactNode; children: ReactNode }) {
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Content
        align="end"
        sideOffset={4}
        collisionPadding={8}
        className="z-20 max-h-(--radix-dropdown-menu-content-available-height) min-w-48 overflow-y-auto rounded-(--radius) border border-line bg-panel p-1 shadow-black/40 shadow-lg"
      >
        {children}
      </DropdownMenu.Content>
    </DropdownMenu.Root>
  );
}

const itemLook =
  'flex h-8 items-center gap-2 rounded-[4px] px-2 outline-none data-highlighted:bg-raised data-disabled:opacity-50';

export function MenuItem({ onSelect, children }: { onSelect: () => void; children: ReactNode }) {
  return (
    <DropdownMenu.Item className={itemLook} onSelect={onSelect}>
      {children}
    </DropdownMenu.Item>
  );
}

interface MenuChoiceProps<Value extends string> {
  label: string;
  value: Value;
  onChange: (value: Value) => void;
  options: readonly { value: Value; label: string; key?: string }[];
}

/** One of several; `key` is shown as the key that does the same. */
export function MenuChoice<Value extends string>({ label, value, onChange, options }: MenuChoiceProps<Value>) {
  return (
    <DropdownMenu.RadioGroup
      value={value}
      aria-label={label}
      onValueChange={(chosen) => {
        const option = options.find((each) => each.value === chosen);
        if (option) onChange(option.value);
      }}
    >
      <DropdownMenu.Label className="px-2 pt-2 pb-1 text-quiet text-xs">{label}</DropdownMenu.Label>
      {options.map((option) => (
        <DropdownMenu.RadioItem key={option.value} value={option.value} className={itemLook}>
          <span className="w-4">
            <DropdownMenu.ItemIndicator>
              <Check size={14} aria-hidden="true" />
            </DropdownMenu.ItemIndicator>
          </span>
          {option.label}
          {option.key && <kbd className="ml-auto pl-4 text-quiet text-xs">{option.key}</kbd>}
        </DropdownMenu.RadioItem>
      ))}
    </DropdownMenu.RadioGroup>
  );
}

interface MenuCheckProps {
  checked: boolean;
  onChange: () => void;
  /** The key that does the same. */
  shortcut?: string | undefined;
  children: ReactNode;
}

/** Something that is on or off; the menu stays open. */
export function MenuCheck({ checked, onChange, shortcut, children }: MenuCheckProps) {
  return (
    <DropdownMenu.CheckboxItem
      checked={checked}
      className={itemLook}
      onCheckedChange={onChange}
      onSelect={(event) => event.preventDefault()}
    >
      <span className="w-4">
        <DropdownMenu.ItemIndicator>
          <Check size={14} aria-hidden="true" />
        </DropdownMenu.ItemIndicator>
      </span>
      {children}
      {shortcut && <kbd className="ml-auto pl-4 text-quiet text-xs">{shortcut}</kbd>}
    </DropdownMenu.CheckboxItem>
  );
}

/** Items that belong together, under a heading. */
export function MenuGroup({ label, children }: { label: string; children: ReactNode }) {
  return (
    <DropdownMenu.Group aria-label={label}>
      <DropdownMenu.Label className="px-2 pt-2 pb-1 text-quiet text-xs">{label}</DropdownMenu.Label>
      {children}
    </DropdownMenu.Group>
  );
}

export const MenuLine = () => <DropdownMenu.Separator className="my-1 h-px bg-line" />;
