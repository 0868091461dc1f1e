import type { App, Session, WebContents } from 'electron';
import { appOrigin } from '../../shared/urls.ts';

/** Sent with every answer of the app's own protocol. */
export const contentSecurityPolicy = [
  "default-src 'none'",
  // SECURITY: decoders are WebAssembly; `unsafe-eval` itself stays off.
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "media-src 'self' blob: data:",
  "font-src 'self'",
  "connect-src 'self'",
  "worker-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** Web preferences of every window: what the page may do is what the contract lets it ask. */
export const windowPreferences = {
  sandbox: true,
  contextIsolation: true,
  nodeIntegration: false,
  webviewTag: false,
  spellcheck: false,
  navigateOnDragDrop: false,
  // A hidden window still schedules sound.
  backgroundThrottling: false,
} as const;

const neededPermissions: ReadonlySet<string> = new Set([
  'speaker-selection',
  'clipboard-sanitized-write',
]);

/** Shuts the doors that Chromium opens for web pages and that a player has no use for. */
export function harden(app: App): void {
  app.on('web-contents-created', (_event, contents) => {
    keepInPlace(contents);
  });
}

/**
 * SECURITY: a permission is refused unless a feature of ours needs it. Two do: our own page names the
 * loudspeakers and chooses one, and puts text into the clipboard when a button is pressed. It hears
 * nothing and reads no clipboard: those are other permissions.
 */
export function limitPermissions(session: Session): void {
  session.setPermissionRequestHandler((contents, permission, answer) => {
    answer(isAllowed(permission, contents.getURL()));
  });
  session.setPermissionCheckHandler((_contents, permission, origin) =>
    isAllowed(permission, origin),
  );
}

function isAllowed(permission: string, url: string): boolean {
  return neededPermissions.has(permission) && `${url}/`.startsWith(`${appOrigin}/`);
}

function keepInPlace(contents: WebContents): void {
  // SECURITY: the window shows our page and no other, whatever a tag or a link says.
  contents.on('will-navigate', (event, url) => {
    if (!url.startsWith(`${appOrigin}/`)) event.preventDefault();
  });
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
}
