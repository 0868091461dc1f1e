import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { IconButton } from './button.tsx';
import './side-panel.css';

/** The right column's content under its title, e.g. the queue; a landmark named `label`. */
export function SidePanel({
  label,
  title = label,
  closeLabel,
  onClose,
  actions,
  children,
}: {
  readonly label: string;
  readonly title?: string;
  readonly closeLabel: string;
  readonly onClose: () => void;
  /** Between the title and the way out. */
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}) {
  return (
    <aside className="ui-panel" aria-label={label}>
      <header className="ui-panel-head">
        <h2 className="ui-panel-title ellipsis">{title}</h2>
        {actions}
        <IconButton label={closeLabel} icon={X} size="small" onPress={onClose} />
      </header>
      {children}
    </aside>
  );
}
