import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MessageChannel } from 'node:worker_threads';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createEmbeddedDoor, type EmbeddedDoor } from '../../electron/embedded-door.ts';
import { overMessagePort, type Port, serve } from '../../electron/remote.ts';
import { createServiceProcess, type ServiceProcess } from '../../electron/service-process.ts';
import { RefrainError } from '../../shared/errors.ts';
import { insideOrigin } from '../../service/api/inside-origin.ts';
import { createPageVisitor } from '../support/page-visitor.ts';

const issuer = 'urn:refrain:embedded';
const sealingKey = randomBytes(32);
const email = 'ada@example.test';
const password = 'correct horse battery';
const idleMilliseconds = 400;

let profile: string;
let folder: string;
let host: ReturnType<typeof createHost>;
let door: EmbeddedDoor;
let clockOffset = 0;
beforeAll(async () => {
  profile = await mkdtemp(join(tmpdir(), 'refrain-service-'));
  folder = join(profile, 'account-service');
  host = createHost(folder);
  door = createEmbeddedDoor({
    host,
    origin: insideOrigin,
    ground: () => Promise.resolve({ issuer, sealingKey }),
    clockOffset: () => clockOffset,
    idleMilliseconds,
  });
});
afterAll(async () => {
  await door.close();
  await rm(profile, { recursive: true, force: true });
  expect(host.faults).toEqual([]);
});

it('starts the service when it is first asked, and ends it when nobody asks any more', async () => {
  expect(host.starts()).toBe(0);
  expect((await ask('/healthz')).status).toBe(200);
  expect(host.starts()).toBe(1);
  await expect.poll(host.isRunning).toBe(false);
}, 60_000);

it('starts no service any more once it is closed, though somebody was asking', async () => {
  const other = createHost(join(profile, 'other'));
  let letGo = (): void => undefined;
  const asked = new Promise<void>((resolve) => (letGo = resolve));
  const closing = createEmbeddedDoor({
    host: other,
    origin: insideOrigin,
    ground: () => asked.then(() => ({ issuer, sealingKey })),
    clockOffset: () => 0,
    idleMilliseconds,
  });
  const answer = closing.fetch(new Request(`${insideOrigin}/healthz`));
  await closing.close();
  letGo();
  await expect(answer).rejects.toMatchObject({ code: 'service_unreachable' });
  expect(other.starts()).toBe(0);
}, 60_000);

it('keeps what was made over an end, and over a death in the midst', async () => {
  expect((await signUp()).status).toBe(201);
  host.kill();
  // Somebody has it already: the account of before.
  expect((await signUp()).status).toBe(409);
  expect(await readdir(folder)).toContain('PG_VERSION');
}, 60_000);

it('ends what a dead service had not answered with a reason, and answers the next', async () => {
  await ask('/healthz');
  const unanswered = ask('/v1/plans');
  host.kill();
  await expect(unanswered).rejects.toMatchObject({ code: 'service_unreachable' });
  expect((await ask('/v1/plans')).status).toBe(200);
}, 60_000);

it('opens a port of this machine for a visit alone, and stays for it however long it takes', async () => {
  const origin = await door.openPages();
  expect(origin).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  expect((await createPageVisitor().open(`${origin}/healthz`)).status).toBe(200);
  const { port } = new URL(origin);
  const elsewhere = await fetch(`http://localhost:${port}/healthz`).catch(() => ({ status: 421 }));
  expect(elsewhere.status).toBe(421);
  await new Promise((resolve) => setTimeout(resolve, 2 * idleMilliseconds));
  expect(host.isRunning()).toBe(true);
  await door.closePages();
  await expect.poll(host.isRunning).toBe(false);
  await expect(fetch(`${origin}/healthz`)).rejects.toThrow();
}, 60_000);

it('moves with a tester’s clock, in the present run and in the next', async () => {
  await ask('/healthz');
  clockOffset = 400 * 86_400_000;
  await door.moveClock();
  expect(await signedUpAt('b@example.test')).toBeGreaterThan(Date.now() + 399 * 86_400_000);
  await expect.poll(host.isRunning).toBe(false);
  expect(await signedUpAt('c@example.test')).toBeGreaterThan(Date.now() + 399 * 86_400_000);
}, 60_000);

async function ask(path: string, body?: unknown): Promise<Response> {
  return door.fetch(
    new Request(`${door.origin}${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    }),
  );
}

function signUp(as = email): Promise<Response> {
  return ask('/v1/accounts', { email: as, password });
}

async function signedUpAt(as: string): Promise<number> {
  const { createdAt } = (await (await signUp(as)).json()) as { readonly createdAt: string };
  return Date.parse(createdAt);
}

/** Runs the process's own code in this one, over a channel that clones as Electron's does. */
function createHost(serviceFolder: string) {
  const faults: unknown[] = [];
  const onMessage: ((message: unknown) => void)[] = [];
  const onClose: (() => void)[] = [];
  let run: {
    readonly port: Port;
    readonly end: () => void;
    readonly parts: ServiceProcess;
  } | null = null;
  let starts = 0;
  /** A database has one process at a time; the next one waits for the last. */
  let closing: Promise<void> = Promise.resolve();

  function stop(): void {
    const ended = run;
    if (ended === null) return;
    run = null;
    ended.end();
    closing = ended.parts.service.close();
    for (const listener of onClose) listener();
  }

  return {
    faults,
    starts: () => starts,
    isRunning: () => run !== null,
    kill: stop,
    port: {
      postMessage(message: unknown): void {
        if (run === null) throw new RefrainError('unavailable', 'The service is not running');
        run.port.postMessage(message);
      },
      onMessage: (listener: (message: unknown) => void) => void onMessage.push(listener),
      onClose: (listener: () => void) => void onClose.push(listener),
    },
    start(): void {
      if (run !== null) return;
      starts += 1;
      const { port1, port2 } = new MessageChannel();
      const fault = (message: string, cause: unknown): void => void faults.push([message, cause]);
      const made = createServiceProcess(serviceFolder, fault);
      const closed = closing;
      const service = {
        ...made.service,
        open: async (ground: Parameters<typeof made.service.open>[0]) => {
          await closed;
          await made.service.open(ground);
        },
      };
      const port = overMessagePort(port1);
      const mine = { port, parts: made, end: () => port1.close() };
      run = mine;
      serve(overMessagePort(port2), { service }, (message, cause) => {
        // What is asked of a process that is being ended has nobody to answer to.
        if (run === mine) fault(message, cause);
      });
      port.onMessage((message) => {
        for (const listener of onMessage) listener(message);
      });
    },
    async end(): Promise<void> {
      stop();
      await closing;
    },
  };
}
