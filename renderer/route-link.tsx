import type { ReactNode } from 'react';
import { addressOf, type Route } from './route.ts';
import { useStores } from './stores.ts';
import { TextLink } from './ui/text-link.tsx';

/** A link to a place in the window: `<RouteLink to={{ screen: 'album', id }}>`. */
export function RouteLink({
  to,
  className,
  current,
  children,
}: {
  readonly to: Route;
  readonly className?: string;
  readonly current?: boolean;
  readonly children: ReactNode;
}) {
  const go = useStores('shell', (shell) => shell.go);
  return (
    <TextLink
      href={`#${addressOf(to)}`}
      onFollow={() => go(to)}
      {...(className !== undefined && { className })}
      {...(current !== undefined && { current })}
    >
      {children}
    </TextLink>
  );
}
