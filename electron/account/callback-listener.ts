import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { en } from '../../shared/words/en.ts';

/** The browser came back. It waits for `answer`. */
export interface Callback {
  readonly url: URL;
  /** Ends the browser's visit with a page that says how it went. */
  readonly answer: (isSignedIn: boolean) => Promise<void>;
}

/** A port of this machine that answers one call (RFC 8252, 7.3). */
export interface CallbackListener {
  readonly redirectUri: string;
  /** @param state of the request; calls without it are another program's, and are ignored */
  readonly next: (state: string, signal: AbortSignal) => Promise<Callback>;
  readonly close: () => void;
}

const path = '/callback';
const longestUrl = 4096;

export async function listenForCallback(): Promise<CallbackListener> {
  const server = createServer({ maxHeaderSize: 16 * 1024 }, refuse);
  await listen(server);
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    redirectUri: origin + path,
    next: (state, signal) =>
      new Promise((resolve, reject) => {
        signal.throwIfAborted();
        signal.addEventListener('abort', () => reject(new Error('Given up')), { once: true });
        server.on('error', reject);
        server.removeListener('request', refuse);
        server.on('request', function take(request: IncomingMessage, response: ServerResponse) {
          const url = callbackUrl(request, origin);
          if (url?.searchParams.get('state') !== state) {
            refuse(request, response);
            return;
          }
          server.removeListener('request', take);
          server.on('request', refuse);
          resolve({ url, answer: (isSignedIn) => answer(response, isSignedIn) });
        });
      }),
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

function listen(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
}

/** SECURITY: a name that was made to mean this machine is not the host that was given out. */
function callbackUrl({ method, url, headers }: IncomingMessage, origin: string): URL | null {
  if (method !== 'GET' || url === undefined || url.length > longestUrl) return null;
  const called = URL.canParse(url, origin) ? new URL(url, origin) : null;
  if (called?.origin !== origin || called.pathname !== path) return null;
  return `http://${headers.host ?? ''}` === origin ? called : null;
}

function refuse(_request: IncomingMessage, response: ServerResponse): void {
  response.writeHead(404, { connection: 'close' }).end();
}

function answer(response: ServerResponse, isSignedIn: boolean): Promise<void> {
  const words = isSignedIn ? en.signIn.done : en.signIn.failed;
  return new Promise((resolve) => {
    if (response.closed) resolve();
    response.once('close', resolve);
    response
      .writeHead(200, {
        'content-type': 'text/html; charset=utf-8',
        'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
        'cache-control': 'no-store',
        'referrer-policy': 'no-referrer',
        connection: 'close',
      })
      .end(pageOf(words));
  });
}

/** The words are ours: nothing of the call is on the page. It looks as the service's pages do. */
function pageOf({ title, lead }: { readonly title: string; readonly lead: string }): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} – Refrain</title>
<style>
:root { color-scheme: light dark }
* { box-sizing: border-box }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; padding: 24px 16px; background: light-dark(#f7f6f9, #131217); color: light-dark(#1b1922, #f2f0f6); font: 1rem/1.5 system-ui, sans-serif }
main { width: 100%; max-width: 26rem; padding: 32px; border: 1px solid light-dark(#e2dfe8, #2a2931); border-radius: 14px; background: light-dark(#ffffff, #1a191f) }
h1 { margin: 0 0 8px; font-size: 1.5rem; line-height: 1.25; font-weight: 650 }
p { margin: 0; color: light-dark(#4e4a58, #b9b5c4) }
.brand { margin-bottom: 20px; color: light-dark(#6a3fd0, #b79cff); font-weight: 650 }
</style>
<main><p class="brand">${en.shell.app}</p><h1>${title}</h1><p>${lead}</p></main>
</html>`;
}
