import { Provider, type KoaContextWithOIDC } from 'oidc-provider';
import { accountScope, clientId, endpoints } from '../api/sign-in.ts';
import { pageResponse, type Page } from '../page.ts';
import type { ServiceLog } from '../parts.ts';
import { confirmPage, devicePage, donePage, failedPage, type DeviceProblem } from './pages.ts';
import type { Records } from './records.ts';
import type { SignInKeys } from './signing-keys.ts';

export interface ProviderParts {
  readonly issuer: string;
  readonly keys: SignInKeys;
  readonly records: Records;
  readonly hasAccount: (accountId: string) => Promise<boolean>;
  readonly log: ServiceLog;
}

/** Below it lies, by the number of each attempt, the page where the listener says who they are. */
export const signInPagePath = '/pages/sign-in';

const minute = 60;
const day = 24 * 60 * minute;

/** How long things last, in seconds. */
const lifetimes = {
  AccessToken: 60 * minute,
  AuthorizationCode: minute,
  DeviceCode: 10 * minute,
  /** The sign-in itself, however often it is renewed. */
  Grant: 5 * 365 * day,
  IdToken: 60 * minute,
  Interaction: 10 * minute,
  /** Each use gives a new one: so long may Refrain lie unused. */
  RefreshToken: 365 * day,
  Session: 15 * minute,
} as const;

/**
 * The authorization server: OAuth 2.1 for one native client. Everything that it could do besides is
 * off. Addresses in its answers follow the origin of the request; `issuer` only names it.
 */
export function createProvider(parts: ProviderParts): Provider {
  const cookie = { signed: true, httpOnly: true, sameSite: 'lax', path: '/' } as const;
  const provider = new Provider(parts.issuer, {
    adapter: parts.records.adapterFor,
    clients: [
      {
        client_id: clientId,
        application_type: 'native',
        token_endpoint_auth_method: 'none',
        grant_types: ['authorization_code', 'refresh_token', deviceGrant],
        response_types: ['code'],
        // RFC 8252: on this host any port will do, and no other host.
        redirect_uris: ['http://127.0.0.1/callback'],
        id_token_signed_response_alg: 'EdDSA',
        scope: `openid ${accountScope}`,
      },
    ],
    scopes: ['openid', accountScope],
    responseTypes: ['code'],
    clientAuthMethods: ['none'],
    pkce: { required: () => true },
    jwks: { keys: [{ ...parts.keys.signing, use: 'sig', alg: 'EdDSA' }] },
    cookies: { keys: [parts.keys.cookies], long: cookie, short: cookie },
    ttl: lifetimes,
    issueRefreshToken: () => true,
    rotateRefreshToken: true,
    expiresWithSession: () => false,
    async findAccount(_context, accountId) {
      if (!(await parts.hasAccount(accountId))) return undefined;
      return { accountId, claims: () => ({ sub: accountId }) };
    },
    interactions: { url: (_context, { uid }) => `${signInPagePath}/${uid}` },
    routes: {
      authorization: endpoints.authorization,
      token: endpoints.token,
      revocation: endpoints.revocation,
      device_authorization: endpoints.deviceAuthorization,
      code_verification: endpoints.deviceVerification,
    },
    features: {
      devInteractions: { enabled: false },
      dPoP: { enabled: false },
      pushedAuthorizationRequests: { enabled: false },
      resourceIndicators: { enabled: false },
      rpInitiatedLogout: { enabled: false },
      userinfo: { enabled: false },
      revocation: {
        enabled: true,
        allowedPolicy: (_context, client, token) => token.clientId === client.clientId,
      },
      deviceFlow: {
        enabled: true,
        // Eight of 20 letters, for ten minutes: no number of guesses that a service answers finds one.
        charset: 'base-20',
        mask: '****-****',
        userCodeInputSource: showDevicePage,
        userCodeConfirmSource: showConfirmPage,
        successSource: (context) => show(context, donePage(), 200),
      },
    },
    renderError: (context, { error }) =>
      error === 'server_error'
        ? show(context, failedPage('internal'), 500)
        : show(
            context,
            failedPage(error === 'invalid_request' && isResumed(context) ? 'expired' : 'refused'),
            400,
          ),
  });

  provider.use(takeTypedCode);
  // A browser keeps no session: each sign-in asks for the password. Refrain keeps its own, and the
  // cookies of 127.0.0.1 are shown to every port of the machine.
  provider.on('authorization.success', (context) => {
    if (context.oidc.session !== undefined)
      Object.assign(context.oidc.session, { destroyed: true });
  });
  provider.on('server_error', (_context, fault) => parts.log.fault('The sign-in failed', fault));
  return provider;
}

const deviceGrant = 'urn:ietf:params:oauth:grant-type:device_code';

/** A page that was come back to after it was over. */
function isResumed(context: KoaContextWithOIDC): boolean {
  return context.oidc.route.endsWith('resume');
}

/** The library answers an address that has the code with a script; here it is a form, filled in. */
async function takeTypedCode(
  context: KoaContextWithOIDC,
  next: () => Promise<unknown>,
): Promise<void> {
  const { user_code: typed, ...rest } = context.query;
  if (context.method === 'GET' && context.path === endpoints.deviceVerification) {
    context['typedCode'] = typeof typed === 'string' ? typed.slice(0, mostTypedLetters) : '';
    context.query = rest;
  }
  await next();
}

const mostTypedLetters = 20;

function showDevicePage(
  context: KoaContextWithOIDC,
  _form: string,
  out?: unknown,
  cause?: Error,
): Promise<void> {
  const typed: unknown = context['typedCode'];
  const form = deviceForm(context, typeof typed === 'string' ? typed : '');
  if (cause === undefined) return show(context, devicePage(form, null), 200);
  const problem = deviceProblems[cause.message];
  if (problem !== undefined) return show(context, devicePage(form, problem), 200);
  return show(context, failedPage(out === undefined ? 'internal' : 'expired'), 400);
}

/** By the library's messages: it does not export these errors, and bundling may change names. */
const deviceProblems: Readonly<Record<string, DeviceProblem>> = {
  'no code submitted': 'notFound',
  'the code was not found': 'notFound',
  'the code has expired': 'expired',
  'code has already been used': 'used',
  'the interaction was aborted': 'cancelled',
};

function showConfirmPage(
  context: KoaContextWithOIDC,
  _form: string,
  _client: unknown,
  _device: unknown,
  userCode: string,
): Promise<void> {
  return show(context, confirmPage(deviceForm(context, userCode)), 200);
}

function deviceForm(context: KoaContextWithOIDC, userCode: string) {
  const secret: unknown = context.oidc.session?.state?.['secret'];
  return {
    action: context.oidc.urlFor('code_verification'),
    xsrf: typeof secret === 'string' ? secret : '',
    userCode,
  };
}

async function show(context: KoaContextWithOIDC, page: Page, status: number): Promise<void> {
  const response = await pageResponse(page, { status });
  context.status = status;
  for (const [name, value] of response.headers) context.set(name, value);
  context.body = await response.text();
}
