import { createHmac, timingSafeEqual } from 'node:crypto';
import { errors, type Provider } from 'oidc-provider';
import { assertNever } from '../../shared/errors.ts';
import { Email, Password } from '../api/account.ts';
import { accountScope, clientId, signInIssuer, signInPath } from '../api/sign-in.ts';
import { clientAddress } from '../client-address.ts';
import { pageResponse } from '../page.ts';
import type { Authenticate, ServiceParts } from '../parts.ts';
import { Refusal } from '../refusal.ts';
import { answerByNode } from './node-bridge.ts';
import { failedPage, signInPage, type SignInProblem } from './pages.ts';
import { createProvider, signInPagePath } from './provider.ts';
import { openRecords, type SignedIn } from './records.ts';
import { readSignInKeys } from './signing-keys.ts';

type Interaction = Awaited<ReturnType<Provider['interactionDetails']>>;

/** What the sign-in needs of the accounts. */
export interface AccountCheck {
  /** @throws {Refusal} taken, too_many */
  readonly signUp: (credentials: Credentials) => Promise<{ readonly id: string }>;
  /** @returns null for a wrong e-mail or password. @throws {Refusal} too_many */
  readonly verifyPassword: (credentials: Credentials) => Promise<{ readonly id: string } | null>;
  readonly find: (accountId: string) => Promise<object | null>;
}

export interface Credentials {
  readonly email: string;
  readonly password: string;
  /** Where the request came from (client-address.ts). */
  readonly address: string;
}

export interface SignIn {
  readonly authenticate: Authenticate;
  /** Answers all below `signInPath`. */
  readonly answer: (request: Request) => Promise<Response>;
  /** Shows the page on which a listener signs in, and takes what they type. */
  readonly answerPage: (request: Request, uid: string) => Promise<Response>;
  /** For the account's export. */
  readonly signedIn: (accountId: string) => Promise<readonly SignedIn[]>;
  /** Ends one sign-in, as a caller's `signInId` names it. */
  readonly end: (signInId: string) => Promise<void>;
  /** Ends every sign-in of the account. With the account itself they go without this. */
  readonly endAll: (accountId: string) => Promise<void>;
}

/** Browsers hold the whole way to the callback to the policy of the form that began it. */
const formTargets = 'http://127.0.0.1:*';

/** @param systemNow the clock that the library reads, in milliseconds since 1970: see records.ts */
export async function createSignIn(
  parts: ServiceParts,
  accounts: AccountCheck,
  systemNow: () => number,
): Promise<SignIn> {
  const records = openRecords(parts, systemNow);
  const keys = await readSignInKeys(parts);
  const provider = createProvider({
    issuer: signInIssuer(parts.issuer),
    keys,
    records,
    hasAccount: async (accountId) => (await accounts.find(accountId)) !== null,
    log: parts.log,
  });
  const answerByProvider = provider.callback();

  /** SECURITY: a page of someone else's can send the form, but can't know this. */
  function formToken(uid: string): string {
    return createHmac('sha256', keys.cookies).update(`form ${uid}`).digest('base64url');
  }

  async function showForm(
    uid: string,
    email: string,
    problem: SignInProblem | null,
  ): Promise<Response> {
    const page = signInPage({
      action: `${signInPagePath}/${uid}`,
      token: formToken(uid),
      email,
      problem,
      isLocal: parts.environment === 'embedded',
    });
    return pageResponse(page, { status: statusOf(problem), formTargets });
  }

  async function takeForm(request: Request, interaction: Interaction): Promise<Response> {
    const form = new URLSearchParams(await request.text());
    if (!isSame(form.get('token') ?? '', formToken(interaction.uid))) return over();
    if (form.get('intent') === 'cancel') return finish(interaction, { error: 'access_denied' });
    const checked = await check(form, clientAddress(request));
    if ('problem' in checked) {
      return showForm(interaction.uid, form.get('email') ?? '', checked.problem);
    }
    // Each sign-in has a grant of its own, so that one can be ended without the others.
    const grant = new provider.Grant({ accountId: checked.accountId, clientId });
    grant.addOIDCScope(`openid ${accountScope}`);
    return finish(interaction, {
      login: { accountId: checked.accountId, remember: false },
      consent: { grantId: await grant.save() },
    });
  }

  async function check(
    form: URLSearchParams,
    address: string,
  ): Promise<{ readonly accountId: string } | { readonly problem: SignInProblem }> {
    const email = Email.safeParse((form.get('email') ?? '').trim());
    if (!email.success) return { problem: 'email' };
    const password = Password.safeParse(form.get('password') ?? '');
    const isNew = form.get('intent') === 'sign_up';
    if (!password.success) return { problem: isNew ? 'password' : 'wrong' };
    const credentials = { email: email.data, password: password.data, address };
    try {
      const account = isNew
        ? await accounts.signUp(credentials)
        : await accounts.verifyPassword(credentials);
      return account === null ? { problem: 'wrong' } : { accountId: account.id };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      if (error.code !== 'taken' && error.code !== 'too_many') throw error;
      return { problem: error.code };
    }
  }

  /** The one that was begun in this browser, as its cookie says; null when it is over. */
  async function interactionOf(request: Request, uid: string): Promise<Interaction | null> {
    const found: Interaction[] = [];
    const cookie = request.headers.get('cookie') ?? '';
    const place = { origin: parts.origin(), mount: '' };
    await answerByNode(
      new Request(request.url, { headers: { cookie } }),
      place,
      async (...pair) => {
        try {
          found.push(await provider.interactionDetails(...pair));
        } catch (error) {
          if (!(error instanceof errors.SessionNotFound)) throw error;
        }
        pair[1].end();
      },
    );
    return found.find((each) => each.uid === uid) ?? null;
  }

  return {
    async authenticate(request) {
      const token = /^Bearer ([\w-]{20,100})$/.exec(
        request.headers.get('authorization') ?? '',
      )?.[1];
      return token === undefined ? null : records.callerOf(token);
    },
    answer: (request) =>
      answerByNode(request, { origin: parts.origin(), mount: signInPath }, answerByProvider),
    async answerPage(request, uid) {
      const interaction = await interactionOf(request, uid);
      if (interaction === null) return over();
      return request.method === 'POST' ? takeForm(request, interaction) : showForm(uid, '', null);
    },
    signedIn: records.signedIn,
    end: records.end,
    endAll: records.endAll,
  };
}

/** Hands the library what the listener decided, and sends the browser on. */
async function finish(interaction: Interaction, result: Interaction['result']): Promise<Response> {
  Object.assign(interaction, { result });
  await interaction.persist();
  return new Response(null, { status: 303, headers: { location: interaction.returnTo } });
}

function over(): Promise<Response> {
  return pageResponse(failedPage('expired'), { status: 400 });
}

function statusOf(problem: SignInProblem | null): number {
  switch (problem) {
    case null:
      return 200;
    case 'wrong':
      return 401;
    case 'email':
    case 'password':
      return 400;
    case 'taken':
      return 409;
    case 'too_many':
      return 429;
    default:
      return assertNever(problem);
  }
}

function isSame(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}
