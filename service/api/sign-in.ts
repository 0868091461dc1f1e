/** The app as the service knows it: a public native client (RFC 8252), so it has no secret. */
export const clientId = 'refrain-desktop';

/** What the app asks for. No `openid`: nobody reads an ID token, and its times are not ours. */
export const accountScope = 'account';

/** The sign-in lies below this path of the service's origin. */
export const signInPath = '/oidc';
export const endpoints = {
  authorization: '/auth',
  token: '/token',
  revocation: '/token/revocation',
  deviceAuthorization: '/device/auth',
  deviceVerification: '/device',
} as const;

/**
 * The `iss` of the sign-in, which must be a web address and never changes, whereas the origin of the
 * service inside the app differs from visit to visit.
 * @param serviceIssuer the issuer of the service's entitlement tokens: its address, or an URN
 */
export function signInIssuer(serviceIssuer: string): string {
  const { protocol } = new URL(serviceIssuer);
  const isAddress = protocol === 'https:' || protocol === 'http:';
  const address = isAddress ? serviceIssuer : 'https://embedded.refrain.invalid';
  return `${address.replace(/\/$/, '')}${signInPath}`;
}
