import type { LucideIcon } from 'lucide-react';
import { Check, ChevronRight } from 'lucide-react';
import type { MouseEvent, ReactElement, ReactNode } from 'react';
import { useCallback, useState } from 'react';
import {
  Menu as AriaMenu,
  MenuItem as AriaMenuItem,
  MenuSection,
  Button,
  MenuTrigger,
  Popover,
  Separator,
  SubmenuTrigger,
  Text,
} from 'react-aria-components';
import './menu.css';

/** One line of a menu, a submenu, things of which one is chosen, or a line between groups. */
export type MenuEntry =
  | {
      readonly label: string;
      readonly icon?: LucideIcon;
      /** The shortcut that does the same, shown only. */
      readonly keys?: string;
      readonly disabled?: boolean;
      readonly danger?: boolean;
      readonly onAction: () => void;
    }
  | {
      readonly label: string;
      readonly icon?: LucideIcon;
      readonly items: readonly MenuEntry[];
    }
  | {
      readonly choices: readonly {
        readonly id: string;
        readonly label: string;
        readonly disabled?: boolean;
      }[];
      /** The id of the one that stands. */
      readonly chosen: string;
      readonly onChoose: (id: string) => void;
    }
  | 'separator';

interface Point {
  readonly x: number;
  readonly y: number;
}

/** A menu behind a button: `button` is a Button or an IconButton. */
export function MenuButton({
  button,
  label,
  entries,
  onOpen,
}: {
  readonly button: ReactElement;
  readonly label: string;
  readonly entries: readonly MenuEntry[];
  readonly onOpen?: () => void;
}) {
  return (
    <MenuTrigger onOpenChange={(isOpen) => isOpen && onOpen?.()}>
      {button}
      <MenuPopover label={label} entries={entries} />
    </MenuTrigger>
  );
}

/**
 * A context menu for a whole list: call `open` from `onContextMenu`, which the Menu key and
 * Shift+F10 raise too, and render `menu` anywhere.
 */
export function useContextMenu(label: string): {
  readonly open: (event: MouseEvent, entries: readonly MenuEntry[]) => void;
  readonly menu: ReactNode;
} {
  const [opened, setOpened] = useState<{ at: Point; entries: readonly MenuEntry[] } | null>(null);
  const open = useCallback((event: MouseEvent, entries: readonly MenuEntry[]) => {
    event.preventDefault();
    setOpened({ at: pointOf(event), entries });
  }, []);
  const menu = opened && (
    <MenuTrigger isOpen onOpenChange={(isOpen) => !isOpen && setOpened(null)}>
      <Button
        className="ui-menu-anchor"
        aria-label={label}
        excludeFromTabOrder
        style={{ left: opened.at.x, top: opened.at.y }}
      />
      <MenuPopover label={label} entries={opened.entries} />
    </MenuTrigger>
  );
  return { open, menu };
}

function MenuPopover({
  label,
  entries,
}: {
  readonly label: string;
  readonly entries: readonly MenuEntry[];
}) {
  return (
    <Popover className="ui-menu-popover" placement="bottom start" offset={4}>
      <AriaMenu className="ui-menu" aria-label={label}>
        {entries.map(renderEntry)}
      </AriaMenu>
    </Popover>
  );
}

function renderEntry(entry: MenuEntry, place: number): ReactElement {
  if (entry === 'separator') return <Separator key={place} className="ui-menu-separator" />;
  if ('choices' in entry) return renderChoices(entry, place);
  const Icon = entry.icon;
  if ('items' in entry) {
    return (
      <SubmenuTrigger key={place}>
        <AriaMenuItem className="ui-menu-item" textValue={entry.label}>
          <span className="ui-menu-icon">{Icon && <Icon size={16} aria-hidden />}</span>
          <Text slot="label">{entry.label}</Text>
          <ChevronRight size={14} aria-hidden />
        </AriaMenuItem>
        <MenuPopover label={entry.label} entries={entry.items} />
      </SubmenuTrigger>
    );
  }
  return (
    <AriaMenuItem
      key={place}
      className={`ui-menu-item ${entry.danger === true ? 'ui-menu-item-danger' : ''}`}
      textValue={entry.label}
      isDisabled={entry.disabled ?? false}
      onAction={entry.onAction}
    >
      <span className="ui-menu-icon">{Icon && <Icon size={16} aria-hidden />}</span>
      <Text slot="label">{entry.label}</Text>
      {/* Drawn by the style: as text it would belong to the entry's name. */}
      {entry.keys !== undefined && <span className="ui-menu-keys" data-keys={entry.keys} />}
    </AriaMenuItem>
  );
}

function renderChoices(
  { choices, chosen, onChoose }: Extract<MenuEntry, { readonly choices: unknown }>,
  place: number,
): ReactElement {
  return (
    <MenuSection key={place} selectionMode="single" disallowEmptySelection selectedKeys={[chosen]}>
      {choices.map(({ id, label, disabled = false }) => (
        <AriaMenuItem
          key={id}
          id={id}
          className="ui-menu-item"
          textValue={label}
          isDisabled={disabled}
          onAction={() => onChoose(id)}
        >
          <span className="ui-menu-icon">{id === chosen && <Check size={16} aria-hidden />}</span>
          <Text slot="label">{label}</Text>
        </AriaMenuItem>
      ))}
    </MenuSection>
  );
}

/** The pointer's place, or for a menu asked by the keyboard the middle of what has the focus. */
function pointOf(event: MouseEvent): Point {
  if (event.button === 2) return { x: event.clientX, y: event.clientY };
  const box = (event.target as Element).getBoundingClientRect();
  return { x: box.left + Math.min(box.width / 2, 160), y: box.top + box.height / 2 };
}
