import type { ReactNode } from 'react';
import { createContext, useContext, useLayoutEffect, useRef, useState } from 'react';
import { useStores } from '../stores.ts';
import './screen.css';

const ScrollerContext = createContext<HTMLElement | null>(null);

/** The element that scrolls the screen around this component; null before the first layout. */
export function useScroller(): HTMLElement | null {
  return useContext(ScrollerContext);
}

/**
 * What every screen stands in: the one thing that scrolls, which going back finds where it was.
 */
export function Screen({ children }: { readonly children: ReactNode }) {
  const [scroller, setScroller] = useState<HTMLElement | null>(null);
  const rememberScroll = useStores('shell', (shell) => shell.rememberScroll);
  const scrollTop = useStores('shell', (shell) => shell.scrollTop);
  /** Where to go as soon as the content is tall enough; null once there. */
  const wanted = useRef<number | null>(null);

  useLayoutEffect(() => {
    wanted.current = scrollTop();
  }, [scrollTop]);

  useLayoutEffect(() => {
    if (scroller === null || wanted.current === null) return;
    if (scroller.scrollHeight - scroller.clientHeight < wanted.current) return;
    scroller.scrollTo({ top: wanted.current });
    wanted.current = null;
  });

  return (
    <ScrollerContext value={scroller}>
      <div
        ref={setScroller}
        className="screen"
        onWheel={() => (wanted.current = null)}
        onScrollEnd={(event) => {
          if (event.target === scroller) rememberScroll(scroller.scrollTop);
        }}
      >
        {children}
      </div>
    </ScrollerContext>
  );
}

/** A screen's name with what belongs beside it. */
export function ScreenHead({
  title,
  note,
  children,
}: {
  readonly title: string;
  readonly note?: string | undefined;
  readonly children?: ReactNode;
}) {
  return (
    <header className="screen-head">
      <h1 className="screen-title">{title}</h1>
      {note !== undefined && <p className="screen-note tabular">{note}</p>}
      {children !== undefined && <div className="screen-actions">{children}</div>}
    </header>
  );
}

/** A part of a screen below its head. */
export function Section({
  title,
  aside,
  children,
}: {
  readonly title: string;
  readonly aside?: ReactNode;
  readonly children: ReactNode;
}) {
  return (
    <section className="screen-section">
      <div className="screen-section-head">
        <h2>{title}</h2>
        {aside}
      </div>
      {children}
    </section>
  );
}
