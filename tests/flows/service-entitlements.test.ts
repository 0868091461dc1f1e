import { decodeJwt, decodeProtectedHeader, exportJWK, generateKeyPair, SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifyToken } from '../../electron/account/verify-token.ts';
import { createKeyRing } from '../../service/entitlements/key-ring.ts';
import { DevicesAnswer } from '../../service/api/account.ts';
import { EntitlementAnswer, KeysAnswer, proofType } from '../../service/api/entitlement.ts';
import { Claims } from '../../service/api/entitlement-token.ts';
import {
  type Listener,
  type ServiceRig,
  databases,
  openServiceRig,
  rigOrigin,
} from '../support/service-rig.ts';
import { type TestDevice, makeTestDevice } from '../support/test-device.ts';

const day = 86_400_000;

describe.each(databases)('entitlements on %s', (store) => {
  let rig: ServiceRig;
  beforeAll(async () => {
    rig = await openServiceRig({ store });
  });
  afterAll(() => rig.close());

  async function issue({ token }: Listener, device: TestDevice) {
    const proof = await device.prove(rig.clock.now);
    return rig.ask('POST', '/v1/entitlement', { token, body: { proof } });
  }

  async function claimsFor(listener: Listener, device: TestDevice): Promise<Claims> {
    const { body } = await issue(listener, device);
    return Claims.parse(decodeJwt(EntitlementAnswer.parse(body).token));
  }

  async function publishedKeys() {
    return KeysAnswer.parse((await rig.ask('GET', '/v1/keys')).body).keys;
  }

  async function devicesOf({ token }: Listener) {
    return DevicesAnswer.parse((await rig.ask('GET', '/v1/devices', { token })).body).devices;
  }

  it('makes a token that the player accepts on the device that asked, and on no other', async () => {
    const device = await makeTestDevice();
    const { body } = await issue(await rig.signUp(), device);
    const { token } = EntitlementAnswer.parse(body);
    const keys = new Map((await publishedKeys()).map(({ kid, ...key }) => [kid, key]));
    const rules = {
      issuers: [{ name: rigOrigin, environment: 'prod' as const, keys }],
      deviceThumbprint: device.thumbprint,
      now: rig.clock.now,
    };
    expect(await verifyToken(token, rules)).toMatchObject({ accepted: true });
    const elsewhere = { ...rules, deviceThumbprint: (await makeTestDevice()).thumbprint };
    expect(await verifyToken(token, elsewhere)).toMatchObject({ accepted: false });
  });

  it('gives the nonce back, so that an old answer can not stand in for a new one', async () => {
    const device = await makeTestDevice();
    const { token } = await rig.signUp();
    const proof = await device.prove(rig.clock.now, { claims: { nonce: 'nonce-of-this-time' } });
    const { body } = await rig.ask('POST', '/v1/entitlement', { token, body: { proof } });
    expect(decodeJwt(EntitlementAnswer.parse(body).token)).toMatchObject({
      nonce: 'nonce-of-this-time',
    });
  });

  it('gives each token a higher number, however many are asked for at once', async () => {
    const listener = await rig.signUp();
    const devices = await Promise.all(Array.from({ length: 4 }, () => makeTestDevice()));
    const asked = Array.from({ length: 6 }, () =>
      devices.map((device) => claimsFor(listener, device)),
    ).flat();
    const numbers = (await Promise.all(asked)).map(({ seq }) => seq);
    expect(numbers.sort((one, other) => one - other)).toEqual(
      Array.from({ length: 24 }, (_, index) => index + 1),
    );
  });

  it('refuses whoever is not signed in, and the token of an erased account', async () => {
    const device = await makeTestDevice();
    const listener = await rig.signUp();
    await rig.ask('DELETE', '/v1/account', { token: listener.token });
    expect((await issue(listener, device)).body).toMatchObject({ code: 'signed_out' });
    expect((await issue({ ...listener, token: 'none' }, device)).body).toMatchObject({
      code: 'signed_out',
    });
  });

  describe('a proof', () => {
    async function ask(proof: string) {
      const { token } = await rig.signUp();
      return (await rig.ask('POST', '/v1/entitlement', { token, body: { proof } })).body;
    }
    const refused = { code: 'invalid' };

    it('is refused when another key signed it than it names', async () => {
      const jwk = await exportJWK((await generateKeyPair('EdDSA')).publicKey);
      expect(await ask(await (await makeTestDevice()).prove(rig.clock.now, { jwk }))).toMatchObject(
        refused,
      );
    });

    it('is refused when it is signed by a secret or not at all', async () => {
      const claims = decodeJwt(await (await makeTestDevice()).prove(rig.clock.now));
      const jwk = await exportJWK((await generateKeyPair('EdDSA')).publicKey);
      const confused = await new SignJWT(claims)
        .setProtectedHeader({ alg: 'HS256', typ: proofType, jwk })
        .sign(Buffer.from(jwk.x ?? ''));
      const header = Buffer.from(JSON.stringify({ alg: 'none', typ: proofType, jwk }));
      const bare = `${header.toString('base64url')}.${confused.split('.')[1] ?? ''}.`;
      expect(await ask(confused)).toMatchObject(refused);
      expect(await ask(bare)).toMatchObject(refused);
    });

    it('is refused when it is another kind of statement', async () => {
      const device = await makeTestDevice();
      const { now } = rig.clock;
      expect(await ask(await device.prove(now, { type: 'JWT' }))).toMatchObject(refused);
      for (const claims of [
        { aud: 'urn:refrain:player' },
        { nonce: 'short' },
        { iat: Math.floor(now / 1000) - 401 * 86_400 },
        { iat: 'today' },
        { device: { name: '', platform: 'linux' } },
        { device: { name: 'a\0b', platform: 'linux' } },
        { device: { name: 'x', platform: 'amiga' } },
      ]) {
        expect(await ask(await device.prove(now, { claims }))).toMatchObject(refused);
      }
    });

    it('is refused when it is garbage or too large', async () => {
      expect(await ask('a.b.c')).toMatchObject(refused);
      expect(await ask('')).toMatchObject(refused);
      expect(await ask('x'.repeat(4097))).toMatchObject(refused);
    });
  });

  describe('devices', () => {
    it('are listed with when they were added and when they asked last', async () => {
      const listener = await rig.signUp();
      const device = await makeTestDevice('Living room');
      const added = rig.clock.now;
      await issue(listener, device);
      rig.clock.now += day;
      await issue(listener, device);
      expect(await devicesOf(listener)).toEqual([
        {
          id: device.thumbprint,
          name: 'Living room',
          platform: 'linux',
          addedAt: new Date(added).toISOString(),
          seenAt: new Date(added + day).toISOString(),
        },
      ]);
    });

    it('are ten at most, also when many come at once, and removing one makes room', async () => {
      const listener = await rig.signUp();
      const devices = await Promise.all(Array.from({ length: 12 }, () => makeTestDevice()));
      const answers = await Promise.all(devices.map((device) => issue(listener, device)));
      expect(answers.filter(({ status }) => status === 200)).toHaveLength(10);
      expect(answers.filter(({ status }) => status === 409)).toHaveLength(2);
      const [first] = await devicesOf(listener);
      const { status } = await rig.ask('DELETE', `/v1/devices/${first?.id ?? ''}`, {
        token: listener.token,
      });
      expect(status).toBe(204);
      expect((await issue(listener, await makeTestDevice())).status).toBe(200);
    });

    it('of someone else can not be removed', async () => {
      const device = await makeTestDevice();
      const owner = await rig.signUp();
      await issue(owner, device);
      const { token } = await rig.signUp();
      const removed = await rig.ask('DELETE', `/v1/devices/${device.thumbprint}`, { token });
      expect(removed.body).toMatchObject({ code: 'not_found' });
      expect(await devicesOf(owner)).toHaveLength(1);
    });
  });

  describe('the keys', () => {
    it('follow each other: the next one signs, and the old one is known while tokens live', async () => {
      const [before, next] = await publishedKeys();
      await createKeyRing(rig.parts).rotate();
      rig.clock.now += 2 * 60_000;
      const after = await publishedKeys();
      expect(after.map(({ kid }) => kid)).toEqual([next?.kid, expect.any(String), before?.kid]);
      const { body } = await issue(await rig.signUp(), await makeTestDevice());
      const { token } = EntitlementAnswer.parse(body);
      expect(decodeProtectedHeader(token).kid).toBe(next?.kid);

      rig.clock.now += 32 * day;
      expect((await publishedKeys()).map(({ kid }) => kid)).not.toContain(before?.kid);
    });

    it('follow by themselves after a year, once, whoever asks at the same time', async () => {
      const [, next] = await publishedKeys();
      rig.clock.now += 366 * day;
      const rings = Array.from({ length: 3 }, () => createKeyRing(rig.parts));
      const signers = await Promise.all(rings.map((ring) => ring.signer()));
      expect(new Set(signers.map(({ kid }) => kid))).toEqual(new Set([next?.kid]));
    });

    it('are made once where instances begin at once, and anew where the sealing key is lost', async () => {
      const sealingKey = new Uint8Array(32);
      const rings = Array.from({ length: 3 }, () => createKeyRing({ ...rig.parts, sealingKey }));
      const before = await publishedKeys();
      const signers = await Promise.all(rings.map((ring) => ring.signer()));
      const [current] = await publishedKeys();
      expect(new Set(signers.map(({ kid }) => kid))).toEqual(new Set([current?.kid]));
      expect(before.map(({ kid }) => kid)).not.toContain(current?.kid);
    });
  });
});
