import { readFile, readdir, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { AccountView } from '../../shared/account.ts';
import { qaTiers } from '../../shared/account.ts';
import type { Secrets } from '../../electron/account/secrets.ts';
import { createAccount } from '../../electron/account/account.ts';
import { openEmbeddedAuthority } from '../../electron/account/embedded-authority.ts';
import { createEmbeddedIssuer } from '../../electron/account/embedded-issuer.ts';
import { createListenerMachine, minutesPerDay } from '../support/listener-machine.ts';

const minutesPerHour = 60;

describe('the account', () => {
  it('is free by default, and then neither makes a file nor touches the keyring', async () => {
    const machine = await createListenerMachine();
    const touched: string[] = [];
    const secrets: Secrets = {
      ...machine.secrets,
      get: (name) => {
        touched.push(name);
        return Promise.resolve(null);
      },
    };
    const account = await createAccount({
      clock: machine.clock,
      secrets,
      path: machine.tokenPath,
      issuer: createEmbeddedIssuer(openEmbeddedAuthority(secrets), false),
      stageQaTier: null,
    });
    await account.tick();
    expect(account.view()).toEqual({
      tier: 'free',
      entitlement: 'none',
      subscription: 'none',
      validUntil: null,
      offlineUntil: null,
      environment: 'embedded',
      clockSuspect: false,
      keyProtected: true,
    });
    expect(account.allows('repeat_track')).toBe(false);
    expect(touched).toEqual([]);
    expect(await readdir(dirname(machine.tokenPath))).toEqual([]);
  });

  it('gains every feature by a subscription, keeps them over a restart and tells it once', async () => {
    const machine = await createListenerMachine();
    const account = await machine.open();
    const told: AccountView[] = [];
    account.onChanged((view) => told.push(view));
    const view = await account.subscribe('monthly');
    expect(view).toMatchObject({ tier: 'premium', entitlement: 'fresh', subscription: 'active' });
    expect(view.validUntil).toBe('2026-11-25T12:00:00.000Z');
    expect(told).toEqual([view]);
    const restarted = await machine.open();
    expect(restarted.view()).toEqual(view);
    expect(restarted.allows('ad_free') && restarted.allows('repeat_track')).toBe(true);
  });

  it('loses them by cancelling, at once and over a restart', async () => {
    const machine = await createListenerMachine();
    const account = await machine.open();
    await account.subscribe('trial');
    expect(await account.cancel()).toMatchObject({ tier: 'free', subscription: 'expired' });
    expect((await machine.open()).tier()).toBe('free');
  });

  it('asks for a new token in time, so a month with paid periods never lapses', async () => {
    const machine = await createListenerMachine();
    const account = await machine.open();
    await account.subscribe('monthly');
    for (let hour = 0; hour < 24 * 70; hour += 6) {
      machine.clock.move(6 * minutesPerHour);
      await account.tick();
      expect(account.view()).toMatchObject({ entitlement: 'fresh', subscription: 'active' });
    }
  });

  it('ends a trial on its day and tells so', async () => {
    const machine = await createListenerMachine();
    const account = await machine.open();
    await account.subscribe('trial');
    machine.clock.move(14 * minutesPerDay - 1);
    await account.tick();
    expect(account.tier()).toBe('premium');
    const told: AccountView[] = [];
    account.onChanged((view) => told.push(view));
    machine.clock.move(1);
    await account.tick();
    expect(account.view()).toMatchObject({ tier: 'free', subscription: 'expired' });
    expect(told.at(-1)).toEqual(account.view());
  });

  it('lives on a damaged file: free, the file kept aside, the true tier back by asking', async () => {
    const machine = await createListenerMachine();
    await (await machine.open()).subscribe('monthly');
    await writeFile(machine.tokenPath, '{"token": "ey');
    const account = await machine.open();
    expect(account.tier()).toBe('free');
    const [kept = ''] = await readdir(dirname(machine.tokenPath));
    expect(kept).toMatch(/^account\.damaged-.*\.json$/);
    await account.tick();
    expect(account.tier()).toBe('premium');
    expect((await machine.open()).tier()).toBe('premium');
  });

  it('is free when the keyring was lost, and can subscribe again', async () => {
    const machine = await createListenerMachine();
    await (await machine.open()).subscribe('monthly');
    const locked: Secrets = {
      protected: true,
      get: () => Promise.reject(new Error('The keyring is locked')),
      set: machine.secrets.set,
    };
    const issuer = createEmbeddedIssuer(openEmbeddedAuthority(locked), false);
    const account = await createAccount({
      clock: machine.clock,
      secrets: locked,
      path: machine.tokenPath,
      issuer,
      stageQaTier: null,
    });
    expect(account.tier()).toBe('free');
    const newKeyring = await createListenerMachine();
    await writeFile(newKeyring.tokenPath, await readFile(machine.tokenPath));
    const again = await newKeyring.open();
    expect(again.tier()).toBe('free');
    expect(await again.subscribe('monthly')).toMatchObject({ tier: 'premium' });
  });

  it('keeps the token where only the listener can read it', async () => {
    const machine = await createListenerMachine();
    await (await machine.open()).subscribe('monthly');
    const mode = (await stat(machine.tokenPath)).mode & 0o777;
    expect(process.platform === 'win32' ? 0o600 : mode).toBe(0o600);
  });

  it('clears a suspicion about the clock when the listener asks the issuer', async () => {
    const machine = await createListenerMachine();
    const account = await machine.open();
    await account.subscribe('monthly');
    machine.clock.move(-minutesPerDay);
    await account.tick();
    expect(account.view().clockSuspect).toBe(true);
    expect(await account.subscribe('monthly')).toMatchObject({
      clockSuspect: false,
      tier: 'premium',
    });
  });
});

describe('a tester', () => {
  const expected = {
    free: { tier: 'free', entitlement: 'none', subscription: 'none' },
    premium: { tier: 'premium', entitlement: 'fresh', subscription: 'active' },
    trial: { tier: 'premium', entitlement: 'fresh', subscription: 'trialing' },
    past_due: { tier: 'premium', entitlement: 'fresh', subscription: 'past_due' },
    offline_grace: { tier: 'premium', entitlement: 'offline_grace', subscription: 'active' },
    expired: { tier: 'free', entitlement: 'expired', subscription: 'expired' },
  } as const;

  it('gets each state from each other state, and keeps it over a tick and a restart', async () => {
    const machine = await createListenerMachine();
    for (const from of qaTiers) {
      for (const to of qaTiers) {
        const account = await machine.open();
        await account.setQaTier(from);
        expect(await account.setQaTier(to), `${from} → ${to}`).toMatchObject(expected[to]);
        await account.tick();
        expect(account.view(), `${from} → ${to}, later`).toMatchObject(expected[to]);
        expect((await machine.open()).view(), `${to}, restarted`).toMatchObject(expected[to]);
      }
    }
  });

  it('walks from past due and from offline grace to free by moving the clock', async () => {
    const machine = await createListenerMachine();
    for (const [tier, days] of [
      ['past_due', 5],
      ['offline_grace', 25],
    ] as const) {
      const account = await machine.open();
      await account.setQaTier(tier);
      machine.clock.move(days * minutesPerDay);
      await account.tick();
      expect(account.tier(), tier).toBe('premium');
      machine.clock.move(2 * minutesPerDay);
      await account.tick();
      expect(account.view(), tier).toMatchObject({ tier: 'free', entitlement: 'expired' });
    }
  });
});
