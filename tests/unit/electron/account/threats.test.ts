import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { CompactSign, importJWK } from 'jose';
import { describe, expect, it } from 'vitest';
import type { Claims } from '../../../../service/api/entitlement-token.ts';
import type { SigningKey } from '../../../../electron/account/signing-key.ts';
import {
  makeSigningKey,
  publicPart,
  thumbprint,
} from '../../../../electron/account/signing-key.ts';
import { verifyToken } from '../../../../electron/account/verify-token.ts';

const testStart = Date.parse('2026-11-22T12:00:00Z');
const issuerName = 'https://accounts.example';

describe('a threat to the entitlement', () => {
  it('tampered token: any changed bit of header, claims or signature is refused', async () => {
    const { token, rules } = await signedToken();
    expect((await verifyToken(token, rules)).accepted).toBe(true);
    const parts = token.split('.').map((part) => Buffer.from(part, 'base64url'));
    await fc.assert(
      fc.asyncProperty(fc.nat(2), fc.nat(), fc.nat(7), async (part, place, bit) => {
        const changed = parts.map((bytes) => Buffer.from(bytes));
        const bytes = changed[part] ?? Buffer.alloc(1);
        const at = place % bytes.length;
        bytes[at] = (bytes[at] ?? 0) ^ (1 << bit);
        const tampered = changed.map((each) => each.toString('base64url')).join('.');
        expect((await verifyToken(tampered, rules)).accepted).toBe(false);
      }),
      { numRuns: 300 },
    );
  });

  it('extended token: later dates under the old signature are refused', async () => {
    const { token, rules, claims } = await signedToken();
    const [header = '', , signature = ''] = token.split('.');
    const extended = {
      ...claims,
      exp: claims.exp + 1e8,
      offline_until: claims.offline_until + 1e8,
    };
    expect(await verifyToken(`${header}.${encode(extended)}.${signature}`, rules)).toEqual({
      accepted: false,
      refusal: 'signature',
    });
  });

  it('forged token: another key under a pinned name is refused', async () => {
    const { rules, claims, kid } = await signedToken();
    const forged = await sign(claims, await makeSigningKey(), { kid });
    expect((await verifyToken(forged, rules)).accepted).toBe(false);
  });

  it('alg none: a token without a signature is refused', async () => {
    const { rules, claims, kid } = await signedToken();
    for (const alg of ['none', 'None', 'NONE', '']) {
      const unsigned = `${encode({ alg, kid, typ: 'refrain-ent+jwt' })}.${encode(claims)}.`;
      expect((await verifyToken(unsigned, rules)).accepted).toBe(false);
    }
  });

  it('HS256 confusion: the public key used as an HMAC secret is refused', async () => {
    const { rules, claims, kid, key } = await signedToken();
    const input = `${encode({ alg: 'HS256', kid, typ: 'refrain-ent+jwt' })}.${encode(claims)}`;
    for (const secret of [
      key.x,
      Buffer.from(key.x, 'base64url'),
      JSON.stringify(publicPart(key)),
    ]) {
      const signature = createHmac('sha256', secret).update(input).digest('base64url');
      expect((await verifyToken(`${input}.${signature}`, rules)).accepted).toBe(false);
    }
  });

  it('wrong typ: another token of the same issuer is refused', async () => {
    const { rules, claims, key, kid } = await signedToken();
    for (const typ of ['JWT', 'at+jwt', undefined]) {
      const other = await sign(claims, key, { kid, typ });
      expect(await verifyToken(other, rules)).toEqual({ accepted: false, refusal: 'type' });
    }
  });

  it('unknown kid: a key that is not pinned is refused, a prototype name too', async () => {
    const { rules, claims, key } = await signedToken();
    for (const kid of ['unknown', '__proto__', 'constructor', undefined]) {
      expect((await verifyToken(await sign(claims, key, { kid }), rules)).accepted).toBe(false);
    }
  });

  it('own key in the header: jwk, jku and x5c are not looked at', async () => {
    const { rules, claims } = await signedToken();
    const own = await makeSigningKey();
    const extra = { jwk: publicPart(own), jku: 'https://evil.example/keys' };
    expect(
      (await verifyToken(await sign(claims, own, { kid: 'own', ...extra }), rules)).accepted,
    ).toBe(false);
  });

  it('wrong claims: each missing or foreign claim is refused', async () => {
    const { rules, claims, key, kid } = await signedToken();
    const names = Object.keys(claims) as (keyof Claims)[];
    for (const name of names) {
      const token = await sign({ ...claims, [name]: undefined }, key, { kid });
      expect(await verifyToken(token, rules), name).toEqual({ accepted: false, refusal: 'claims' });
    }
    const foreign = { iss: 'https://else.example', aud: 'urn:else', env: 'embedded' };
    for (const [name, value] of Object.entries(foreign)) {
      const token = await sign({ ...claims, [name]: value }, key, { kid });
      expect((await verifyToken(token, rules)).accepted, name).toBe(false);
    }
  });

  it('copied token: issuer and key of one machine do not make a token hold on another', async () => {
    const { token, rules } = await signedToken();
    const elsewhere = await thumbprint(await makeSigningKey());
    expect(await verifyToken(token, { ...rules, deviceThumbprint: elsewhere })).toEqual({
      accepted: false,
      refusal: 'device',
    });
  });
});

/** A token of an account service, with the rules under which it is accepted. */
async function signedToken() {
  const key = await makeSigningKey();
  const kid = await thumbprint(key);
  const deviceThumbprint = await thumbprint(await makeSigningKey());
  const claims = claimsFor({ deviceThumbprint, nonce: 'n', now: testStart });
  const rules = {
    issuers: [
      { name: issuerName, environment: 'prod' as const, keys: new Map([[kid, publicPart(key)]]) },
    ],
    deviceThumbprint,
    now: testStart,
  };
  return { token: await sign(claims, key, { kid }), rules, claims, key, kid };
}

function claimsFor(made: {
  readonly deviceThumbprint: string;
  readonly nonce: string;
  readonly now: number;
}): Claims {
  const iat = Math.floor(made.now / 1000);
  return {
    iss: issuerName,
    aud: 'urn:refrain:player',
    sub: 'listener',
    jti: 'token',
    iat,
    nbf: iat,
    exp: iat + 72 * 3600,
    offline_until: iat + 30 * 86_400,
    tier: 'premium',
    feat: ['ad_free', 'repeat_track'],
    state: 'active',
    seq: 1,
    cnf: { jkt: made.deviceThumbprint },
    nonce: made.nonce,
    env: 'prod',
  };
}

/** A name of the claims or the header that is undefined is left out. */
async function sign(
  claims: object,
  key: SigningKey,
  header: Readonly<Record<string, unknown>>,
): Promise<string> {
  const given = Object.entries<unknown>({ typ: 'refrain-ent+jwt', ...header });
  return new CompactSign(new TextEncoder().encode(JSON.stringify(claims)))
    .setProtectedHeader({
      alg: 'EdDSA',
      ...Object.fromEntries(given.filter(([, value]) => value !== undefined)),
    })
    .sign(await importJWK(key, 'EdDSA'));
}

function encode(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
