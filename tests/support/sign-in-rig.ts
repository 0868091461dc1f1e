import { randomBytes } from 'node:crypto';
import type { SignInParts } from '../../electron/account/sign-in.ts';
import { createSignIn, type SignIn } from '../../electron/account/sign-in.ts';
import type { ServiceDoor } from '../../electron/account/service-door.ts';
import { insideOrigin } from '../../service/api/inside-origin.ts';
import { createEmbeddedService } from '../../service/embedded.ts';
import { signInIssuer } from '../../service/api/sign-in.ts';
import { createPageVisitor, type PageVisitor, type VisitedPage } from './page-visitor.ts';

/** What the listener does in the browser that the app opened. */
export type Visit = (url: string, browser: PageVisitor) => Promise<unknown>;

/** The real service inside this process, a clock for both sides, and a browser. */
export interface SignInRig {
  readonly door: ServiceDoor;
  readonly clock: { now: number };
  readonly faults: readonly unknown[];
  /**
   * A new app of its own.
   * @param ask its way to the service, where that is not the plain one
   */
  readonly app: (visit?: Visit, ask?: ServiceDoor['fetch']) => RigApp;
  /** The same app, started again. */
  readonly restarted: (app: RigApp) => RigApp;
  /** A profile in which somebody of that e-mail has signed in. */
  readonly signedIn: (email: string) => Promise<RigApp>;
  /**
   * Asks for a code as any program could, with a right request but for what is changed, and signs in
   * if there is a form.
   * @returns where the browser ended; at the callback nobody listens
   */
  readonly authorize: (email: string, changed?: Changes) => Promise<VisitedPage>;
  /** What the service answers to the token: a status. */
  readonly statusWith: (token: string) => Promise<number>;
  /** What the account of the token would be given of all that is kept. */
  readonly exported: (token: string) => Promise<unknown>;
  readonly erase: (token: string) => Promise<void>;
  /** Asks the token endpoint as any program could. */
  readonly askToken: (fields: Readonly<Record<string, string>>) => Promise<TokenAnswer>;
  readonly close: () => Promise<void>;
}

export interface RigApp {
  readonly signIn: SignIn;
  /** As the keyring keeps them; a second app over them is the first one started again. */
  readonly secrets: Map<string, string>;
  /** Milliseconds that the app waited, in order. */
  readonly waits: readonly number[];
  /** Polls follow at once; from the fourth on they wait until that is done. */
  readonly hold: (until: Promise<unknown>) => void;
  /** The time that a visit of the browser may take is over. */
  readonly endVisit: () => void;
}

/** Null: left out. */
export type Changes = Readonly<Record<string, string | null>>;

export interface TokenAnswer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

/** RFC 7636, appendix B. */
export const rigVerifier = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk';

const rightRequest: Changes = {
  client_id: 'refrain-desktop',
  response_type: 'code',
  redirect_uri: 'http://127.0.0.1:49152/callback',
  scope: 'account',
  state: 'a state of its own',
  code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
  code_challenge_method: 'S256',
};

export const rigPassword = 'correct horse battery';

export async function openSignInRig(): Promise<SignInRig> {
  const clock = { now: Date.parse('2026-11-22T12:00:00Z') };
  const faults: unknown[] = [];
  const issuer = 'urn:refrain:embedded';
  const service = await createEmbeddedService({
    folder: null,
    now: () => clock.now,
    issuer,
    sealingKey: randomBytes(32),
    log: { info: () => undefined, fault: (...fault) => void faults.push(fault) },
  });
  const door: ServiceDoor = {
    origin: insideOrigin,
    fetch: service.fetch,
    openPages: service.openPages,
    closePages() {
      service.closePages();
      return Promise.resolve();
    },
  };

  function open(
    secrets: Map<string, string>,
    visit: Visit,
    ask: ServiceDoor['fetch'] = door.fetch,
  ): RigApp {
    const parts = { issuer: signInIssuer(issuer), now: () => clock.now };
    return appOver({ ...parts, door: { ...door, fetch: ask } }, secrets, visit);
  }

  function app(visit: Visit = nobody, ask = door.fetch): RigApp {
    return open(new Map(), visit, ask);
  }

  function asListener(method: string, path: string, token: string): Promise<Response> {
    const headers = { authorization: `Bearer ${token}` };
    return door.fetch(new Request(door.origin + path, { method, headers }));
  }

  return {
    door,
    clock,
    faults,
    app,
    restarted: ({ secrets }) => open(secrets, nobody),
    async signedIn(email) {
      const made = app((url, browser) => typeIn(browser, url, { email, intent: 'sign_up' }));
      const outcome = await made.signIn.inBrowser(never());
      if (outcome !== 'signed_in') throw new Error(`The sign-in of ${email} ended ${outcome}`);
      return made;
    },
    async authorize(email, changed = {}) {
      const origin = await service.openPages();
      const fields = { ...rightRequest, ...changed };
      const url = new URL(`${origin}/oidc/auth`);
      for (const [name, value] of Object.entries(fields)) {
        if (value !== null) url.searchParams.set(name, value);
      }
      const browser = createPageVisitor((request) =>
        new URL(request.url).origin === origin ? fetch(request) : Promise.resolve(new Response()),
      );
      const page = await browser.open(url.href);
      service.closePages();
      const typed = { email, password: rigPassword, intent: 'sign_in' };
      return page.html.includes('name="password"') ? browser.send(page, typed) : page;
    },
    statusWith: async (token) => (await asListener('GET', '/v1/account', token)).status,
    exported: async (token) =>
      (await asListener('GET', '/v1/account/export', token)).json() as Promise<unknown>,
    async erase(token) {
      await asListener('DELETE', '/v1/account', token);
    },
    async askToken(fields) {
      const response = await door.fetch(
        new Request(`${door.origin}/oidc/token`, {
          method: 'POST',
          body: new URLSearchParams({ client_id: 'refrain-desktop', ...fields }),
        }),
      );
      return { status: response.status, body: (await response.json()) as TokenAnswer['body'] };
    },
    close: service.close,
  };
}

/** An app over these secrets. */
function appOver(
  parts: Pick<SignInParts, 'door' | 'issuer' | 'now'>,
  secrets: Map<string, string>,
  visit: Visit,
): RigApp {
  const waits: number[] = [];
  let held: Promise<unknown> = Promise.resolve();
  let endVisit: () => void = () => undefined;
  const signIn = createSignIn({
    ...parts,
    secrets: {
      protected: true,
      get: (name) => Promise.resolve(secrets.get(name) ?? null),
      set: (name, value) => Promise.resolve(void secrets.set(name, value)),
    },
    openInBrowser(url) {
      // The browser goes its own way: who opened it does not wait for it.
      void visit(url, createPageVisitor());
      return Promise.resolve();
    },
    wait(milliseconds, signal) {
      if (signal.aborted) return Promise.reject(new Error('Aborted'));
      waits.push(milliseconds);
      if (milliseconds < 60_000) return waits.length > 3 ? held : Promise.resolve();
      return new Promise<void>((resolve, reject) => {
        endVisit = resolve;
        signal.addEventListener('abort', () => reject(new Error('Aborted')), { once: true });
      });
    },
  });
  return {
    signIn,
    secrets,
    waits,
    hold: (until) => void (held = until),
    endVisit: () => endVisit(),
  };
}

/** Goes to the page and fills it in. */
export async function typeIn(
  browser: PageVisitor,
  url: string,
  typed: { readonly email: string; readonly password?: string; readonly intent?: string },
): Promise<VisitedPage> {
  const page = await browser.open(url);
  return browser.send(page, { password: rigPassword, intent: 'sign_in', ...typed });
}

export function never(): AbortSignal {
  return new AbortController().signal;
}

function nobody(): Promise<void> {
  return Promise.resolve();
}
