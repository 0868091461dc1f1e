import { readFile, readdir, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { AccountView, AccountVisit } from '../../shared/account.ts';
import { qaTiers } from '../../shared/account.ts';
import { freeAccount } from '../../shared/free-account.ts';
import type { Secrets } from '../../electron/account/secrets.ts';
import {
  createListenerMachine,
  minutesPerDay,
  openServiceNearby,
  type ServiceNearby,
  subscribed,
} from '../support/listener-machine.ts';

const minutesPerHour = 60;
const monthly = { plan: 'monthly', trial: false } as const;
const trial = { plan: 'monthly', trial: true } as const;

let nearby: ServiceNearby;
beforeAll(async () => {
  nearby = await openServiceNearby();
}, 60_000);
beforeEach(() => nearby.reset());
afterAll(async () => {
  expect(nearby.faults).toEqual([]);
  await nearby.close();
});

describe('the account', () => {
  it('is free by default: no file, no keyring, and the service is not asked', async () => {
    const machine = await createListenerMachine(nearby);
    const touched: string[] = [];
    const secrets: Secrets = {
      ...machine.secrets,
      get: (name) => {
        touched.push(name);
        return Promise.resolve(null);
      },
    };
    const asked = nearby.asked();
    const account = await machine.open({ secrets, qa: false });
    await account.tick();
    expect(account.view()).toEqual(freeAccount);
    expect(account.allows('repeat_track')).toBe(false);
    expect(touched).toEqual([]);
    expect(nearby.asked()).toBe(asked);
    expect(await readdir(dirname(machine.tokenPath))).toEqual([]);
  });

  it('signs up, signs in and starts a trial by one wish, and keeps it over a restart', async () => {
    const machine = await createListenerMachine(nearby);
    const account = await machine.open();
    const visits: (AccountVisit['kind'] | null)[] = [];
    account.onChanged(({ visit }) => {
      if (visit?.kind !== visits.at(-1)) visits.push(visit?.kind ?? null);
    });
    expect(await account.checkout(trial)).toBe('done');
    expect(visits).toEqual(['preparing', 'sign_in', 'checkout', null]);
    const view = account.view();
    expect(view).toMatchObject({
      tier: 'premium',
      entitlement: 'fresh',
      subscription: 'trialing',
      email: machine.browser.email,
      plan: 'monthly',
      periodEndsAt: '2026-12-06T12:00:00.000Z',
      mayTry: false,
      visit: null,
      environment: 'embedded',
    });
    const restarted = await machine.open();
    expect(restarted.view()).toEqual(view);
    expect(restarted.allows('ad_free') && restarted.allows('repeat_track')).toBe(true);
  });

  it('is told once of each change', async () => {
    const machine = await createListenerMachine(nearby);
    const account = await subscribed(machine);
    const told: AccountView[] = [];
    account.onChanged((view) => told.push(view));
    await account.cancel();
    await account.cancel();
    expect(told.map(({ subscription }) => subscription)).toEqual(['cancel_at_period_end']);
  });

  it('ends with what is paid when cancelled, and goes on when that is taken back', async () => {
    const machine = await createListenerMachine(nearby);
    const account = await subscribed(machine);
    expect(await account.cancel()).toMatchObject({
      tier: 'premium',
      subscription: 'cancel_at_period_end',
    });
    expect(await account.resume()).toMatchObject({ tier: 'premium', subscription: 'active' });
    await account.cancel();
    machine.clock.move(40 * minutesPerDay);
    await account.tick();
    expect(account.view()).toMatchObject({ tier: 'free', subscription: 'expired' });
  });

  it('asks for a new token in time, so a month with paid periods never lapses', async () => {
    const machine = await createListenerMachine(nearby);
    const account = await subscribed(machine);
    for (let hour = 0; hour < 24 * 40; hour += 8) {
      machine.clock.move(8 * minutesPerHour);
      await account.tick();
      expect(account.view()).toMatchObject({ entitlement: 'fresh', subscription: 'active' });
    }
  });

  it('keeps premium to its time when the service is away, and has it back with the service', async () => {
    const machine = await createListenerMachine(nearby);
    const account = await subscribed(machine);
    nearby.isCut = true;
    const seen = new Set<string>();
    for (let day = 0; day < 29; day += 1) {
      machine.clock.move(minutesPerDay);
      await account.tick();
      seen.add(account.view().entitlement);
      expect(account.tier()).toBe('premium');
    }
    expect([...seen]).toEqual(['fresh', 'stale', 'offline_grace']);
    machine.clock.move(2 * minutesPerDay);
    await account.tick();
    expect(account.view()).toMatchObject({ tier: 'free', entitlement: 'expired' });
    nearby.isCut = false;
    machine.clock.move(2 * minutesPerHour);
    await account.tick();
    expect(account.view()).toMatchObject({ tier: 'premium', entitlement: 'fresh' });
  });

  it('walks from a refused card by past due to its end, and is mended by a good card', async () => {
    const machine = await createListenerMachine(nearby);
    const account = await subscribed(machine);
    await account.actOnPayments('refuse_card');
    machine.clock.move(31 * minutesPerDay);
    expect(await account.refresh()).toMatchObject({ tier: 'premium', subscription: 'past_due' });
    expect(account.view().graceEndsAt).toBe('2026-12-29T12:00:00.000Z');
    machine.clock.move(7 * minutesPerDay);
    expect(await account.refresh()).toMatchObject({ tier: 'free', subscription: 'expired' });
  });

  it('has one trial: the second wish for one says so and opens no checkout', async () => {
    const machine = await createListenerMachine(nearby);
    const account = await machine.open();
    await account.checkout(trial);
    await account.actOnPayments('end');
    expect(account.tier()).toBe('free');
    const before = machine.visited.length;
    expect(await account.checkout(trial)).toBe('trial_used');
    expect(machine.visited).toHaveLength(before);
    expect(await account.checkout(monthly)).toBe('done');
    expect(await account.checkout(monthly)).toBe('had_premium');
  });

  it('gives a visit up at once when the listener does, and nothing is bought', async () => {
    const machine = await createListenerMachine(nearby);
    const account = await machine.open();
    await account.signIn('browser');
    machine.browser.card = 'stays';
    const outcome = account.checkout(monthly);
    await expect.poll(() => account.view().visit).toMatchObject({ kind: 'checkout' });
    account.giveUpVisit();
    expect(await outcome).toBe('cancelled');
    expect(account.view()).toMatchObject({ visit: null, tier: 'free', subscription: 'none' });
  });

  it('lets a newer visit take the place of an older one', async () => {
    const machine = await createListenerMachine(nearby);
    const account = await machine.open();
    machine.browser.card = 'stays';
    const first = account.signIn('browser');
    await expect.poll(() => machine.visited.length).toBe(1);
    machine.browser.card = 'good';
    expect(await account.signIn('browser')).toBe('done');
    expect(await first).toBe('cancelled');
  });

  it('shows a code for another machine, and is signed in when it was entered there', async () => {
    const machine = await createListenerMachine(nearby);
    const account = await machine.open();
    const outcome = account.signIn('code');
    await expect.poll(() => account.view().visit).toMatchObject({ kind: 'code' });
    const visit = account.view().visit;
    if (visit?.kind !== 'code') throw new Error('There is no code');
    expect(visit.userCode).toMatch(/^[A-Z]{4}-[A-Z]{4}$/);
    expect((await fetch(visit.address)).status).toBe(200);
    account.giveUpVisit();
    expect(await outcome).toBe('cancelled');
  });

  it('sells the plans that the service has, with trial and intro price', async () => {
    const account = await (await createListenerMachine(nearby)).open();
    expect((await account.plans()).map(({ id }) => id)).toEqual(['monthly', 'yearly']);
    expect(await account.plans()).toMatchObject([
      { trialDays: 14, price: { currency: 'EUR' } },
      {},
    ]);
  });

  it('lists its devices, and one that was removed is signed out but keeps what it holds', async () => {
    const here = await createListenerMachine(nearby);
    const account = await subscribed(here);
    const there = await createListenerMachine(nearby);
    there.browser.email = here.browser.email;
    const other = await there.open();
    await other.signIn('browser');
    const devices = await account.devices();
    expect(devices.map(({ isThis }) => isThis).sort()).toEqual([false, true]);
    await account.removeDevice(devices.find(({ isThis }) => !isThis)?.id ?? '');
    expect(await account.devices()).toHaveLength(1);
    await expect(other.refresh()).rejects.toMatchObject({ code: 'signed_out' });
    expect(other.tier()).toBe('premium');
    there.clock.move(2 * minutesPerDay);
    await other.tick();
    expect(other.view()).toMatchObject({ email: null, tier: 'premium', entitlement: 'stale' });
  });

  it('is free after signing out, at once and over a restart', async () => {
    const machine = await createListenerMachine(nearby);
    const account = await subscribed(machine);
    const held = await readFile(machine.tokenPath);
    expect(await account.signOut()).toMatchObject({ tier: 'free', email: null });
    expect((await machine.open()).tier()).toBe('free');
    // Nor does the token of before bring it back.
    await writeFile(machine.tokenPath, held);
    expect((await machine.open()).tier()).toBe('free');
  });

  it('signs out with no service too', async () => {
    const machine = await createListenerMachine(nearby);
    const account = await subscribed(machine);
    nearby.isCut = true;
    await account.signOut().catch(() => undefined);
    expect(account.view()).toMatchObject({ tier: 'free', email: null });
  });

  it('exports all that is kept, and erases it when the address is typed anew', async () => {
    const machine = await createListenerMachine(nearby);
    const account = await subscribed(machine);
    expect(JSON.parse(await account.exported())).toMatchObject({
      account: { email: machine.browser.email },
    });
    await expect(account.erase('someone@example.test')).rejects.toMatchObject({ code: 'invalid' });
    expect(account.tier()).toBe('premium');
    expect(await account.erase(machine.browser.email)).toMatchObject({ tier: 'free', email: null });
    // The address is free again, and whoever takes it begins anew.
    expect(await account.signIn('browser')).toBe('done');
    expect(account.view()).toMatchObject({ email: machine.browser.email, subscription: 'none' });
  });

  it('lives on a damaged file: free, the file kept aside, the true tier back by asking', async () => {
    const machine = await createListenerMachine(nearby);
    await subscribed(machine);
    await writeFile(machine.tokenPath, '{"token": "ey');
    const account = await machine.open();
    expect(account.tier()).toBe('free');
    const [kept = ''] = await readdir(dirname(machine.tokenPath));
    expect(kept).toMatch(/^account\.damaged-.*\.json$/);
    await account.tick();
    expect(account.tier()).toBe('premium');
    expect((await machine.open()).tier()).toBe('premium');
  });

  it('is free when the keyring was lost, and premium again by signing in', async () => {
    const machine = await createListenerMachine(nearby);
    await subscribed(machine);
    const locked: Secrets = {
      protected: true,
      get: () => Promise.reject(new Error('The keyring is locked')),
      set: machine.secrets.set,
    };
    expect((await machine.open({ secrets: locked })).tier()).toBe('free');
    const newKeyring = await createListenerMachine(nearby);
    await writeFile(newKeyring.tokenPath, await readFile(machine.tokenPath));
    newKeyring.browser.email = machine.browser.email;
    const again = await newKeyring.open();
    expect(again.tier()).toBe('free');
    expect(await again.signIn('browser')).toBe('done');
    expect(again.tier()).toBe('premium');
  });

  it('keeps the token where only the listener can read it', async () => {
    const machine = await createListenerMachine(nearby);
    await subscribed(machine);
    const mode = (await stat(machine.tokenPath)).mode & 0o777;
    expect(process.platform === 'win32' ? 0o600 : mode).toBe(0o600);
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
    cancel_at_period_end: {
      tier: 'premium',
      entitlement: 'fresh',
      subscription: 'cancel_at_period_end',
    },
    paused: { tier: 'free', entitlement: 'none', subscription: 'paused' },
    refunded: { tier: 'free', entitlement: 'none', subscription: 'refunded' },
    disputed: { tier: 'free', entitlement: 'none', subscription: 'disputed' },
  } as const;

  it('gets each state from each other state with no service, and keeps it over a tick and a restart', async () => {
    const machine = await createListenerMachine(nearby);
    const asked = nearby.asked();
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
    expect(nearby.asked()).toBe(asked);
  });

  it('sees the dates of a state as a listener does, over a restart too', async () => {
    const machine = await createListenerMachine(nearby);
    const account = await machine.open();
    const inDays = (days: number): string =>
      new Date(machine.clock.now() + days * minutesPerDay * 60_000).toISOString();
    const trial = { periodEndsAt: inDays(14), graceEndsAt: null };
    expect(await account.setQaTier('trial')).toMatchObject(trial);
    const unpaid = { periodEndsAt: inDays(-1), graceEndsAt: inDays(6) };
    expect(await account.setQaTier('past_due')).toMatchObject(unpaid);
    expect((await machine.open()).view()).toMatchObject(unpaid);
  });

  it.each([
    ['trial', 13, 2],
    ['past_due', 5, 2],
    ['offline_grace', 25, 2],
    ['cancel_at_period_end', 29, 2],
  ] as const)('walks from %s to free by moving the clock', async (tier, days, more) => {
    const machine = await createListenerMachine(nearby);
    const account = await machine.open();
    await account.setQaTier(tier);
    machine.clock.move(days * minutesPerDay);
    await account.tick();
    expect(account.tier()).toBe('premium');
    machine.clock.move(more * minutesPerDay);
    await account.tick();
    expect(account.view()).toMatchObject({ tier: 'free', entitlement: 'expired' });
  });
});
