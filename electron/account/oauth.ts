import * as oauth from 'oauth4webapi';
import { z } from 'zod';
import { RefrainError } from '../../shared/errors.ts';
import { accountScope, clientId, endpoints, signInPath } from '../../service/api/sign-in.ts';
import type { ServiceDoor } from './service-door.ts';

/** What the service gives for a code or a refresh token. */
export interface Tokens {
  readonly accessToken: string;
  /** Good for one use. */
  readonly refreshToken: string;
  readonly secondsLeft: number;
}

/** One attempt in a browser; `state` and the verifier are known to this process alone. */
export interface BrowserRequest {
  readonly url: string;
  readonly state: string;
  readonly redirectUri: string;
  readonly verifier: string;
}

export interface DeviceRequest {
  readonly userCode: string;
  readonly address: string;
  readonly deviceCode: string;
  readonly secondsLeft: number;
  readonly secondsBetween: number;
}

/** An answer that the standards foresee; everything else is thrown as RefrainError. */
export type Refusal =
  | 'denied'
  | 'pending'
  | 'slow_down'
  /** The code or refresh token is not, or no longer, good for anything. */
  | 'over';

/** OAuth 2 as the app speaks it: RFC 6749, 7636, 8252, 8628, 9207. */
export interface OAuth {
  /** @param origin where the browser sees the service */
  readonly beginInBrowser: (origin: string, redirectUri: string) => Promise<BrowserRequest>;
  readonly endInBrowser: (request: BrowserRequest, callback: URL) => Promise<Tokens | Refusal>;
  readonly beginOnDevice: () => Promise<DeviceRequest>;
  readonly pollDevice: (request: DeviceRequest) => Promise<Tokens | Refusal>;
  readonly renew: (refreshToken: string) => Promise<Tokens | Refusal>;
  /** Ends the sign-in that the token is of. */
  readonly revoke: (refreshToken: string) => Promise<void>;
}

/** Bounds what a service may make us keep. */
const Answered = z.object({
  access_token: z.string().min(1).max(4096),
  refresh_token: z.string().min(1).max(4096),
  expires_in: z
    .number()
    .min(1)
    .max(7 * 86_400),
});

const client: oauth.Client = { client_id: clientId };
/** A public client (RFC 8252): it has no secret to show. */
const authentication = oauth.None();
const deviceGrant = 'urn:ietf:params:oauth:grant-type:device_code';
const usualSecondsBetween = 5;

export function createOAuth(door: ServiceDoor, issuer: string): OAuth {
  // The addresses are ours, so they are not asked for: the service names them by an origin that
  // browsers see, and the one inside the app has none between visits. The library takes only those
  // with TLS, so it is given a stand-in; which doors are safe is decided where they are made.
  const base = `https://refrain.invalid${signInPath}`;
  const server: oauth.AuthorizationServer = {
    issuer,
    token_endpoint: base + endpoints.token,
    revocation_endpoint: base + endpoints.revocation,
    device_authorization_endpoint: base + endpoints.deviceAuthorization,
    authorization_response_iss_parameter_supported: true,
  };
  const options = {
    [oauth.customFetch]: (url: string, { headers, method, body }: SentBy) =>
      door.fetch(
        new Request(door.origin + new URL(url).pathname, { headers, method, body: body ?? null }),
      ),
  };

  async function askToken(
    grantType: string,
    parameters: Record<string, string>,
  ): Promise<oauth.TokenEndpointResponse> {
    const response = await oauth.genericTokenEndpointRequest(
      server,
      client,
      authentication,
      grantType,
      parameters,
      options,
    );
    return oauth.processGenericTokenEndpointResponse(server, client, response);
  }

  return {
    async beginInBrowser(origin, redirectUri) {
      const verifier = oauth.generateRandomCodeVerifier();
      const state = oauth.generateRandomState();
      const url = new URL(`${origin}${signInPath}${endpoints.authorization}`);
      url.search = new URLSearchParams({
        client_id: clientId,
        response_type: 'code',
        redirect_uri: redirectUri,
        scope: accountScope,
        state,
        code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
      }).toString();
      return { url: url.href, state, redirectUri, verifier };
    },

    endInBrowser: ({ state, redirectUri, verifier }, callback) =>
      answered(() => {
        const parameters = oauth.validateAuthResponse(server, client, callback, state);
        return askToken('authorization_code', {
          code: parameters.get('code') ?? '',
          redirect_uri: redirectUri,
          code_verifier: verifier,
        });
      }),

    beginOnDevice: () =>
      heard(async () => {
        const response = await oauth.deviceAuthorizationRequest(
          server,
          client,
          authentication,
          { scope: accountScope },
          options,
        );
        const given = await oauth.processDeviceAuthorizationResponse(server, client, response);
        return {
          userCode: given.user_code,
          address: given.verification_uri,
          deviceCode: given.device_code,
          secondsLeft: given.expires_in,
          secondsBetween: given.interval ?? usualSecondsBetween,
        };
      }),

    pollDevice: ({ deviceCode }) =>
      answered(() => askToken(deviceGrant, { device_code: deviceCode })),
    renew: (refreshToken) =>
      answered(() => askToken('refresh_token', { refresh_token: refreshToken })),
    revoke: (refreshToken) =>
      heard(async () => {
        const response = await oauth.revocationRequest(
          server,
          client,
          authentication,
          refreshToken,
          options,
        );
        await oauth.processRevocationResponse(response);
      }),
  };
}

type SentBy = oauth.CustomFetchOptions<string, URLSearchParams | undefined>;

function answered(ask: () => Promise<oauth.TokenEndpointResponse>): Promise<Tokens | Refusal> {
  return heard(async () => {
    try {
      const given = Answered.parse(await ask());
      return {
        accessToken: given.access_token,
        refreshToken: given.refresh_token,
        secondsLeft: given.expires_in,
      };
    } catch (error) {
      const refusal = refusalIn(error);
      if (refusal === null) throw error;
      return refusal;
    }
  });
}

function refusalIn(error: unknown): Refusal | null {
  const isAnswer =
    error instanceof oauth.ResponseBodyError || error instanceof oauth.AuthorizationResponseError;
  switch (isAnswer ? error.error : '') {
    case 'access_denied':
      return 'denied';
    case 'authorization_pending':
      return 'pending';
    case 'slow_down':
      return 'slow_down';
    case 'invalid_grant':
    case 'expired_token':
      return 'over';
    default:
      return null;
  }
}

/** @throws RefrainError `too_many`; `service_unreachable` for no answer and for one that makes no sense */
async function heard<Result>(ask: () => Promise<Result>): Promise<Result> {
  try {
    return await ask();
  } catch (cause) {
    if (cause instanceof RefrainError) throw cause;
    if (cause instanceof oauth.ResponseBodyError && cause.status === 429) {
      throw new RefrainError('too_many', 'The account service was asked too often', { cause });
    }
    throw new RefrainError('service_unreachable', 'The account service gave a strange answer', {
      cause,
    });
  }
}
