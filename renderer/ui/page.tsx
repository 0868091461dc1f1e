import type { ReactNode } from 'react';
import './page.css';

/** A screen of prose and controls: one readable column that scrolls, under its title. */
export function Page({
  title,
  children,
}: {
  readonly title: string;
  readonly children: ReactNode;
}) {
  return (
    <div className="ui-page">
      <div className="ui-page-column">
        <h1 className="ui-page-title">{title}</h1>
        {children}
      </div>
    </div>
  );
}
