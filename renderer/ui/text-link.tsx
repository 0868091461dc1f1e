import type { MouseEvent, ReactNode } from 'react';
import './text-link.css';

/** An anchor that calls `onFollow` instead of leaving the page. */
export function TextLink({
  href,
  onFollow,
  className = 'ui-link',
  current = false,
  children,
}: {
  readonly href: string;
  readonly onFollow: () => void;
  readonly className?: string;
  readonly current?: boolean;
  readonly children: ReactNode;
}) {
  function follow(event: MouseEvent): void {
    event.preventDefault();
    onFollow();
  }
  return (
    <a
      className={className}
      href={href}
      draggable={false}
      {...(current && { 'aria-current': 'page' as const })}
      onClick={follow}
    >
      {children}
    </a>
  );
}
