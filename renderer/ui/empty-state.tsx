import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import './empty-state.css';

/** Where a list would stand: what is missing, and the next step as a button in `children`. */
export function EmptyState({
  icon: Icon,
  title,
  text,
  children,
}: {
  readonly icon: LucideIcon;
  readonly title: string;
  readonly text?: string;
  readonly children?: ReactNode;
}) {
  return (
    <div className="ui-empty">
      <Icon className="ui-empty-icon" size={40} strokeWidth={1.25} aria-hidden />
      <h2 className="ui-empty-title">{title}</h2>
      {text !== undefined && <p className="ui-empty-text">{text}</p>}
      {children !== undefined && <div className="ui-empty-actions">{children}</div>}
    </div>
  );
}
