import { copyFile, readFile, writeFile } from 'node:fs/promises';
import fc from 'fast-check';
import { CompactSign, importJWK } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Claims } from '../../service/api/entitlement-token.ts';
import { requests } from '../../shared/contract.ts';
import { createNetworkDoor } from '../../electron/account/network-door.ts';
import { makeSigningKey, type SigningKey } from '../../electron/account/signing-key.ts';
import type { ConfiguredService } from '../../electron/account/trust.ts';
import { answer } from '../../electron/shell/answer.ts';
import type { PartHandlers, StartHandlers } from '../../electron/shell/answer.ts';
import {
  createListenerMachine,
  minutesPerDay,
  openServiceNearby,
  type ServiceNearby,
  subscribed,
} from '../support/listener-machine.ts';

// One test for each threat that the design names, called by its name. Elsewhere are: what a token
// alone must stand (tests/unit/electron/account/threats.test.ts), the sender's frame
// (tests/unit/electron/shell/ipc.test.ts), the sign-in's own (sign-in-threats.test.ts), a tier change
// during playback (tests/unit/electron/playback/tier-changes.test.ts), an ad host that is blocked
// (ads.test.ts), forged beacons (service-ads.test.ts), QA code in a bundle (scripts/check-release.mjs).

let nearby: ServiceNearby;
beforeAll(async () => {
  nearby = await openServiceNearby();
}, 60_000);
beforeEach(() => nearby.reset());
afterAll(async () => {
  expect(nearby.faults).toEqual([]);
  await nearby.close();
});

describe('a threat', () => {
  it('edited store state: no request of the window carries a tier outside QA builds', async () => {
    const machine = await createListenerMachine(nearby);
    const account = await machine.open({ qa: false });
    await expect(account.setQaTier('premium')).rejects.toMatchObject({ code: 'not_found' });
    await expect(account.actOnPayments('accept_card')).rejects.toMatchObject({ code: 'not_found' });
    expect(account.tier()).toBe('free');
    const taking = Object.entries(requests)
      .filter(([name]) => !name.startsWith('qa.'))
      // What a schema does not know is dropped by it.
      .filter(([, { input }]) =>
        JSON.stringify(input.safeParse({ tier: 'premium' }).data ?? null).includes('premium'),
      );
    expect(taking.map(([name]) => name)).toEqual([]);
  });

  it('edited local database: text that claims premium gives nothing and is no crash', async () => {
    const machine = await createListenerMachine(nearby);
    const forged = {
      token: 'premium',
      tier: 'premium',
      listener: { email: 'ada@example.test', subscription: { ...nothing, state: 'active' } },
    };
    await writeFile(machine.tokenPath, JSON.stringify(forged));
    const account = await machine.open();
    expect(account.tier()).toBe('free');
    await account.tick();
    expect(account.view()).toMatchObject({ tier: 'free', email: null });
  });

  it('edited local database: whatever it holds, the listener is free and Refrain starts', async () => {
    const machine = await createListenerMachine(nearby);
    const texts = fc.json().map((text) => Buffer.from(text));
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.uint8Array(), texts), async (content) => {
        await writeFile(machine.tokenPath, content);
        expect((await machine.open()).view().tier).toBe('free');
      }),
      { numRuns: 50 },
    );
  });

  it('forged, extended or tampered token: none of the real one’s claims can be changed', async () => {
    const machine = await createListenerMachine(nearby);
    await subscribed(machine);
    const text = await readFile(machine.tokenPath, 'utf8');
    const { token } = JSON.parse(text) as { readonly token: string };
    const [header = '', payload = '', signature = ''] = token.split('.');
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as Claims;
    for (const name of Object.keys(claims) as (keyof Claims)[]) {
      const value = claims[name];
      const changed = { ...claims, [name]: typeof value === 'number' ? value + 86_400 : 'x' };
      const forged = [header, encode(changed), signature].join('.');
      await writeFile(machine.tokenPath, text.replace(token, forged));
      expect((await machine.open()).tier(), name).toBe('free');
    }
    await writeFile(machine.tokenPath, text);
    expect((await machine.open()).tier()).toBe('premium');
  });

  it('old premium token replayed after a refund: it is refused by its seq', async () => {
    const machine = await createListenerMachine(nearby);
    const account = await subscribed(machine);
    const paid = await readFile(machine.tokenPath);
    expect(await account.actOnPayments('refund')).toMatchObject({
      tier: 'free',
      subscription: 'refunded',
    });
    await writeFile(machine.tokenPath, paid);
    const restarted = await machine.open();
    expect(restarted.tier()).toBe('free');
    nearby.isCut = true;
    await restarted.tick();
    expect(restarted.tier()).toBe('free');
  });

  it('token copied to another machine: its own key is not the one that the token names', async () => {
    const machine = await createListenerMachine(nearby);
    await subscribed(machine);
    const other = await createListenerMachine(nearby);
    await (await other.open()).signIn('browser');
    await copyFile(machine.tokenPath, other.tokenPath);
    const copy = await other.open();
    expect(copy.tier()).toBe('free');
    await copy.tick();
    expect(copy.tier()).toBe('free');
  });

  it('clock rolled back: a trial does not come back to life', async () => {
    const machine = await createListenerMachine(nearby);
    const account = await machine.open();
    await account.checkout({ plan: 'monthly', trial: true });
    await account.cancel();
    machine.clock.move(15 * minutesPerDay);
    await account.tick();
    expect(account.tier()).toBe('free');
    machine.clock.move(-14 * minutesPerDay);
    await account.tick();
    expect(account.view()).toMatchObject({ tier: 'free', clockSuspect: true });
    nearby.isCut = true;
    const restarted = await machine.open();
    await restarted.tick();
    expect(restarted.tier()).toBe('free');
  });

  it('clock rolled back: with no service there is no new grace, time runs on, and one answer clears it', async () => {
    const machine = await createListenerMachine(nearby);
    const account = await subscribed(machine);
    nearby.isCut = true;
    machine.clock.move(2 * minutesPerDay);
    await account.tick();
    machine.clock.move(-minutesPerDay);
    expect(account.view()).toMatchObject({ entitlement: 'stale', clockSuspect: true });
    machine.clock.move(minutesPerDay - 30);
    machine.clock.move(-minutesPerDay);
    machine.clock.move(minutesPerDay - 30);
    expect(account.view()).toMatchObject({ tier: 'free', entitlement: 'expired' });
    nearby.isCut = false;
    machine.clock.move(2 * minutesPerDay);
    expect(await account.refresh()).toMatchObject({ tier: 'premium', clockSuspect: false });
  });

  it('requests from the devtools console: only the contract’s are answered, and only in its shapes', async () => {
    const called: string[] = [];
    const parts = new Proxy({} as PartHandlers, {
      // Else it would pass for a promise.
      get: (_target, name) => (name === 'then' ? undefined : () => called.push(String(name))),
    });
    const log = { info: () => undefined, fault: () => undefined };
    const ask = (name: unknown, input: unknown) =>
      answer({} as StartHandlers, Promise.resolve(parts), name, input, log);
    for (const name of ['account.setTier', 'setTier', '__proto__', 'constructor', 'ask', 7, null]) {
      expect(await ask(name, { tier: 'premium' })).toMatchObject({ ok: false, code: 'invalid' });
    }
    for (const [name, input] of [
      ['account.checkout', { plan: 'lifetime', trial: false }],
      ['account.checkout', { plan: 'monthly', trial: false, tier: 'premium', extra: [] }],
      ['account.refresh', { token: 'x' }],
      ['account.removeDevice', { id: 'x'.repeat(101) }],
    ] as const) {
      const reply = await ask(name, input);
      // What the schema does not know is dropped, and never reaches a handler.
      expect(reply.ok, name).toBe('extra' in (input as object));
    }
    expect(called).toEqual(['account.checkout']);
  });

  it('requests from the devtools console: these are all the channels there are', () => {
    const names = Object.keys(requests).sort();
    const parts = [...new Set(names.map((name) => name.split('.')[0] ?? ''))];
    const listed = parts.map((part) => {
      const own = names.filter((name) => name.startsWith(`${part}.`));
      return `${part}: ${own.map((name) => name.slice(part.length + 1)).join(' ')}`;
    });
    expect(listed).toMatchInlineSnapshot(`
      [
        "account: cancel checkout devices erase export get giveUpVisit openPortal plans refresh removeDevice resume signIn signOut",
        "ads: banner dismissBanner judge keepMeasured ledger open outbox",
        "editing: apply cancel chooseCover preview sheet takeCover",
        "library: addPaths addSample albumIds albums artistIds artists cancelScan chooseFolder details duplicates folder genres home keepMissing letGo missing pairJoin removeSource rescan scan search setLiked setPairJoin setRating showInFolder sources trackIds tracks",
        "links: shown",
        "metrics: figures inspect offerShown preview removeAll",
        "playlists: add all create duplicate items moveItems remove removeItems rename",
        "qa: adOutcome dueBreak moveClock payments reach setTier view",
        "session: clear clearLoop dropQuiet earnQuiet enqueue get jump moveEntries next pause play previous queue removeEntries repeatTimes report resume seek setLoopPoint setMuted setRepeat setShuffle setSleep setStopAfter setVolume skipSpot startLoop stopLoop",
        "settings: change get",
        "snapshots: all make preview restore",
        "sound: restart",
        "sounds: keep next waveform",
        "start: about choose problem ready",
        "undo: last",
        "window: toggleMini",
      ]
    `);
  });

  it('a man in the middle: a service with another key changes nothing, and is not believed', async () => {
    const machine = await createListenerMachine(nearby);
    const account = await machine.open();
    await account.signIn('browser');
    const own = await makeSigningKey();
    nearby.inBetween = async (path, real) => {
      if (path !== '/v1/entitlement') return real;
      const said = (await real.json()) as { readonly token: string };
      return Response.json({ ...said, token: await resigned(said.token, own) });
    };
    await expect(account.refresh()).rejects.toMatchObject({ code: 'service_unreachable' });
    expect(account.tier()).toBe('free');
  });

  it('a man in the middle: an answer that was overheard earlier does not pass for a new one', async () => {
    const machine = await createListenerMachine(nearby);
    const overheard: string[] = [];
    nearby.inBetween = async (path, real) => {
      if (path === '/v1/entitlement') overheard.push(await real.clone().text());
      return real;
    };
    const account = await subscribed(machine);
    const old = overheard.at(-1) ?? '';
    await account.actOnPayments('refund');
    nearby.inBetween = (path, real) =>
      Promise.resolve(
        path === '/v1/entitlement'
          ? new Response(old, { headers: { 'content-type': 'application/json' } })
          : real,
      );
    await expect(account.refresh()).rejects.toMatchObject({ code: 'service_unreachable' });
    expect(account.tier()).toBe('free');
  });

  it('a man in the middle: endless, strange and lying answers are refused, whatever they are', async () => {
    const machine = await createListenerMachine(nearby);
    const account = await subscribed(machine);
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 200, max: 599 }), fc.json(), async (status, text) => {
        nearby.inBetween = (path, real) =>
          Promise.resolve(
            path.startsWith('/v1/') && status !== 204 && status !== 205 && status !== 304
              ? new Response(text, { status })
              : new Response(null, { status: real.status === 200 ? 502 : real.status }),
          );
        const said = await account.refresh().catch((error: unknown) => error);
        expect(said).toHaveProperty('code');
        expect(account.tier()).toBe('premium');
      }),
      { numRuns: 40 },
    );
  });

  it('a man in the middle: tokens never go over a network in the clear', () => {
    for (const url of ['http://accounts.example', 'http://localhost:1', 'ftp://a', 'https://a/b']) {
      expect(() => createNetworkDoor(url), url).toThrow(/no origin|Invalid/);
    }
    expect(createNetworkDoor('https://accounts.example').origin).toBe('https://accounts.example');
  });

  it('the listener’s own service: its tokens are refused where a build belongs to another', async () => {
    const machine = await createListenerMachine(nearby);
    await subscribed(machine);
    const { x } = await makeSigningKey();
    const configured: ConfiguredService = {
      url: 'https://accounts.example',
      issuer: 'https://accounts.example',
      keys: { present: x },
    };
    const released = await machine.open({ configured, qa: false });
    expect(released.view()).toMatchObject({ tier: 'free', environment: 'prod' });
    // Nor when what signed them is called as the other's key.
    const embedded = JSON.parse((await machine.secrets.get('embedded-keys')) ?? '{}') as Record<
      string,
      string
    >;
    const named = await machine.open({ configured: { ...configured, keys: embedded }, qa: false });
    expect(named.tier()).toBe('free');
  });

  it('testers’ token: it is refused outside QA builds', async () => {
    const machine = await createListenerMachine(nearby);
    await (await machine.open()).setQaTier('premium');
    expect((await machine.open()).tier()).toBe('premium');
    expect((await machine.open({ qa: false })).tier()).toBe('free');
  });
});

const nothing = { plan: null, periodEndsAt: null, graceEndsAt: null, mayTry: true };

/** The same header and better claims, under a key of one's own. */
async function resigned(token: string, key: SigningKey): Promise<string> {
  const [header = '', payload = ''] = token.split('.');
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as Claims;
  const premium = { ...claims, tier: 'premium', state: 'active', feat: ['ad_free'] };
  return new CompactSign(new TextEncoder().encode(JSON.stringify(premium)))
    .setProtectedHeader(JSON.parse(Buffer.from(header, 'base64url').toString()) as { alg: string })
    .sign(await importJWK(key, 'EdDSA'));
}

function encode(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
