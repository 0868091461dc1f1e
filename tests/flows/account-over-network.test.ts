import { randomBytes } from 'node:crypto';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createNetworkDoor } from '../../electron/account/network-door.ts';
import type { ConfiguredService } from '../../electron/account/trust.ts';
import { KeysAnswer } from '../../service/api/entitlement.ts';
import { createService, type Service } from '../../service/compose.ts';
import { openPostgres } from '../../service/database/open-postgres.ts';
import {
  createListenerMachine,
  minutesPerDay,
  type ServiceNearby,
  testStart,
} from '../support/listener-machine.ts';
import { makeDatabase } from '../support/service-rig.ts';

/** The service as it is run for real: on Postgres, behind a port, its keys pinned in the app. */
let service: Service;
let server: Server;
let nearby: ServiceNearby;
let configured: ConfiguredService;
const faults: unknown[] = [];
let now = testStart;
beforeAll(async () => {
  const fault = (...what: unknown[]): void => void faults.push(what);
  server = createAdaptorServer({ fetch: (request) => service.fetch(request) }) as Server;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  service = await createService({
    store: openPostgres(await makeDatabase(), fault),
    now: () => now,
    issuer: url,
    environment: 'prod',
    origin: () => url,
    sealingKey: randomBytes(32),
    payments: { kind: 'fake' },
    log: { info: () => undefined, fault },
  });
  const door = createNetworkDoor(url);
  const { keys } = KeysAnswer.parse(await (await fetch(`${url}/v1/keys`)).json());
  configured = {
    url,
    issuer: url,
    keys: Object.fromEntries(keys.map(({ kid, x }) => [kid, x])),
  };
  nearby = {
    door,
    faults,
    asked: () => 0,
    isCut: false,
    inBetween: null,
    passTime: (reached) => void (now = Math.max(now, reached)),
    reset: () => undefined,
    close: service.close,
  };
}, 60_000);
afterAll(async () => {
  server.close();
  server.closeAllConnections();
  await service.close();
  expect(faults).toEqual([]);
});

it('signs up, pays, follows its time and signs out with a service on Postgres', async () => {
  const machine = await createListenerMachine(nearby);
  const account = await machine.open({ configured, qa: false });
  expect(account.view().environment).toBe('prod');
  expect(await account.checkout({ plan: 'yearly', trial: false })).toBe('done');
  expect(account.view()).toMatchObject({ tier: 'premium', environment: 'prod', plan: 'yearly' });
  const restarted = await machine.open({ configured, qa: false });
  expect(restarted.tier()).toBe('premium');
  machine.clock.move(2 * minutesPerDay);
  expect(restarted.view()).toMatchObject({ entitlement: 'stale' });
  await restarted.tick();
  expect(restarted.view()).toMatchObject({ entitlement: 'fresh' });
  expect(await restarted.devices()).toMatchObject([{ isThis: true }]);
  expect(await restarted.signOut()).toMatchObject({ tier: 'free', email: null });
});

it('gives no build of another key a word: the same service, not pinned', async () => {
  const machine = await createListenerMachine(nearby);
  const account = await machine.open({ configured: { ...configured, keys: {} }, qa: false });
  await expect(account.signIn('browser')).rejects.toMatchObject({ code: 'service_unreachable' });
  expect(account.tier()).toBe('free');
});

it('tells that the service is away, and stays what it was', async () => {
  const door = createNetworkDoor('http://127.0.0.1:1');
  const machine = await createListenerMachine({ ...nearby, door });
  const account = await machine.open({ configured, qa: false });
  await expect(account.plans()).rejects.toMatchObject({ code: 'service_unreachable' });
  expect(await door.openPages()).toBe('http://127.0.0.1:1');
});
