import { copyFile, readFile, writeFile } from 'node:fs/promises';
import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { CompactSign, importJWK } from 'jose';
import { describe, expect, it } from 'vitest';
import type { Claims } from '../../../../service/api/entitlement-token.ts';
import { openEmbeddedAuthority } from '../../../../electron/account/embedded-authority.ts';
import type { Issuer } from '../../../../electron/account/issuer.ts';
import type { SigningKey } from '../../../../electron/account/signing-key.ts';
import {
  makeSigningKey,
  publicPart,
  thumbprint,
} from '../../../../electron/account/signing-key.ts';
import { verifyToken } from '../../../../electron/account/verify-token.ts';
import type { ListenerMachine } from '../../../support/listener-machine.ts';
import {
  createListenerMachine,
  minutesPerDay,
  testStart,
} from '../../../support/listener-machine.ts';

const issuerName = 'https://accounts.example';

describe('a threat to the entitlement', () => {
  it('edited file: text that claims premium gives nothing and is no crash', async () => {
    const machine = await createListenerMachine();
    const forged = { token: 'premium', tier: 'premium', subscription: { plan: 'monthly' } };
    await writeFile(machine.tokenPath, JSON.stringify(forged));
    const account = await machine.open();
    expect(account.tier()).toBe('free');
    await account.tick();
    expect(account.tier()).toBe('free');
  });

  it('edited file: whatever it holds, the listener is free and Refrain starts', async () => {
    const machine = await createListenerMachine();
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.uint8Array(),
          fc.json().map((text) => Buffer.from(text)),
        ),
        async (content) => {
          await writeFile(machine.tokenPath, content);
          expect((await machine.open()).view().tier).toBe('free');
        },
      ),
      { numRuns: 50 },
    );
  });

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

  it('replay after a refund: the old premium token is refused by its seq', async () => {
    const machine = await createListenerMachine();
    const account = await machine.open();
    await account.subscribe('monthly');
    const paid = await readFile(machine.tokenPath);
    await account.cancel();
    await writeFile(machine.tokenPath, paid);
    const restarted = await machine.open();
    expect(restarted.tier()).toBe('free');
    await restarted.tick();
    expect(restarted.tier()).toBe('free');
  });

  it('copied token: another machine with a key of its own refuses it', async () => {
    const machine = await createListenerMachine();
    await (await machine.open()).subscribe('monthly');
    const other = await createListenerMachine();
    await (await other.open()).subscribe('trial');
    await (await other.open()).cancel();
    await copyFile(machine.tokenPath, other.tokenPath);
    expect((await other.open()).tier()).toBe('free');
  });

  it('copied token: issuer and key of one machine do not make a token hold on another', async () => {
    const { token, rules } = await signedToken();
    const elsewhere = await thumbprint(await makeSigningKey());
    expect(await verifyToken(token, { ...rules, deviceThumbprint: elsewhere })).toEqual({
      accepted: false,
      refusal: 'device',
    });
  });

  it('clock rolled back: a trial does not come back to life', async () => {
    const machine = await createListenerMachine();
    const account = await machine.open();
    await account.subscribe('trial');
    machine.clock.move(15 * minutesPerDay);
    await account.tick();
    expect(account.tier()).toBe('free');
    machine.clock.move(-14 * minutesPerDay);
    await account.tick();
    expect(account.view()).toMatchObject({ tier: 'free', clockSuspect: true });
    const restarted = await machine.open();
    await restarted.tick();
    expect(restarted.tier()).toBe('free');
  });

  it('clock rolled back: an unreachable issuer gives no new grace, and time runs on', async () => {
    const machine = await createListenerMachine();
    const account = await machine.open({ issuer: await serviceIssuer(machine, 'once') });
    await account.subscribe('monthly');
    machine.clock.move(2 * minutesPerDay);
    await account.tick();
    machine.clock.move(-minutesPerDay);
    expect(account.view()).toMatchObject({ entitlement: 'stale', clockSuspect: true });
    machine.clock.move(minutesPerDay - 30);
    machine.clock.move(-minutesPerDay);
    machine.clock.move(minutesPerDay - 30);
    expect(account.view()).toMatchObject({ tier: 'free', entitlement: 'expired' });
  });

  it('embedded issuer: its tokens are refused where a service is configured', async () => {
    const machine = await createListenerMachine();
    await (await machine.open()).subscribe('monthly');
    expect((await machine.open()).tier()).toBe('premium');
    const service = await serviceIssuer(machine, 'never');
    expect((await machine.open({ issuer: service })).view()).toMatchObject({
      tier: 'free',
      entitlement: 'none',
      environment: 'prod',
    });
  });

  it('testers’ token: it is refused outside QA builds', async () => {
    const machine = await createListenerMachine();
    const account = await machine.open();
    await account.setQaTier('premium');
    await (await machine.open()).tick();
    expect((await machine.open()).tier()).toBe('premium');
    const released = await machine.open({ qa: false });
    expect(released.tier()).toBe('free');
    await expect(released.setQaTier('premium')).rejects.toMatchObject({ code: 'not_found' });
  });

  it('old answer: a token made for an earlier question is refused', async () => {
    const machine = await createListenerMachine();
    const authority = openEmbeddedAuthority(machine.secrets);
    const account = await machine.open();
    await account.subscribe('monthly');
    const old = (JSON.parse(await readFile(machine.tokenPath, 'utf8')) as { token: string }).token;
    const replaying: Issuer = {
      name: 'urn:refrain:embedded',
      environments: ['embedded'],
      keys: async () => {
        const key = (await authority.read())?.key;
        return new Map(key === undefined ? [] : [[await thumbprint(key), publicPart(key)]]);
      },
      ask: () => Promise.resolve(old),
    };
    const fooled = await machine.open({ issuer: replaying });
    await expect(fooled.subscribe('monthly')).rejects.toMatchObject({ code: 'unavailable' });
  });
});

/** A token of an account service, with the rules under which it is accepted. */
async function signedToken() {
  const key = await makeSigningKey();
  const kid = await thumbprint(key);
  const deviceThumbprint = await thumbprint(await makeSigningKey());
  const claims = claimsFor({ deviceThumbprint, nonce: 'n', now: testStart });
  const rules = {
    issuer: issuerName,
    environments: ['prod'] as const,
    keys: new Map([[kid, publicPart(key)]]),
    deviceThumbprint,
    lowestSeq: 1,
    now: testStart,
  };
  return { token: await sign(claims, key, { kid }), rules, claims, key, kid };
}

/** A service that grants premium on the first question, or is never there. */
async function serviceIssuer(machine: ListenerMachine, answers: 'once' | 'never'): Promise<Issuer> {
  const key = await makeSigningKey();
  const kid = await thumbprint(key);
  let left = answers === 'once' ? 1 : 0;
  return {
    name: issuerName,
    environments: ['prod'],
    keys: () => Promise.resolve(new Map([[kid, publicPart(key)]])),
    async ask(_request, occasion) {
      left -= 1;
      if (left < 0) return null;
      return sign(claimsFor({ ...occasion, now: machine.clock.now() }), key, { kid });
    },
  };
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
