/**
 * Entitlements and beacons over HTTP into a Postgres as safe as it comes: how many a second, and how
 * long one takes. Service, load and database are processes of their own that share this machine.
 *
 *   node scripts/with-postgres.mjs --durable npx tsx tests/bench/service.ts [SECONDS]
 */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { createService } from '../../service/compose.ts';
import { openPostgres } from '../../service/database/open-postgres.ts';
import type { ServiceParts } from '../../service/parts.ts';
import { serve } from '../../service/serve.ts';
import { makeDatabase } from '../support/service-rig.ts';
import { beaconPosts, prepareBeacons } from './service/beacons.ts';
import { entitlementPosts, prepareEntitlements } from './service/entitlements.ts';
import { type Post, load } from './service/load.ts';

interface Ready {
  readonly url: string;
  readonly tokens: readonly string[];
}

const sealingKey = new Uint8Array(32).fill(7);
const clientCounts = [1, 16, 64];
const warmUpSeconds = 2;

if (process.argv[2] === 'serve') await beServed();
else await measure(Number(process.argv[2] ?? 10));

async function beServed(): Promise<void> {
  const log = { info: () => undefined, fault: console.error };
  const parts: ServiceParts = {
    store: openPostgres(await makeDatabase(), log.fault, 20),
    now: Date.now,
    issuer: 'https://bench.invalid',
    environment: 'prod',
    origin: () => 'https://bench.invalid',
    sealingKey,
    payments: { kind: 'fake' },
    log,
  };
  const service = await createService(parts);
  await prepareBeacons(service);
  const tokens = await prepareEntitlements(parts);
  const place = { host: '127.0.0.1', port: 0, proxies: 0, log };
  const { url } = await serve(service.fetch, place, () => performance.now());
  process.on('message', () => process.send?.(process.cpuUsage().user + process.cpuUsage().system));
  process.send?.({ url, tokens } satisfies Ready);
}

async function measure(seconds: number): Promise<void> {
  const server = fork(fileURLToPath(import.meta.url), ['serve'], { execArgv: process.execArgv });
  try {
    const [{ url, tokens }] = (await once(server, 'message')) as [Ready];
    const kinds: Readonly<Record<string, (client: number) => Post>> = {
      entitlements: await entitlementPosts(url, tokens),
      beacons: beaconPosts(url, sealingKey),
    };
    console.log('| what | at a time | a second | p50 ms | p99 ms | service ms each | failed |');
    console.log('| --- | --: | --: | --: | --: | --: | --: |');
    for (const [kind, next] of Object.entries(kinds)) {
      await load(16, warmUpSeconds, next);
      for (const clients of clientCounts) {
        console.log(`| ${kind} | ${(await figures(server, clients, seconds, next)).join(' | ')} |`);
      }
    }
  } finally {
    server.kill();
  }
}

async function figures(
  server: ChildProcess,
  clients: number,
  seconds: number,
  next: (client: number) => Post,
): Promise<readonly (string | number)[]> {
  const before = await busyMilliseconds(server);
  const { took, failures } = await load(clients, seconds, next);
  const busy = ((await busyMilliseconds(server)) - before) / took.length;
  const at = (share: number) => (took[Math.floor(took.length * share)] ?? NaN).toFixed(1);
  const rate = Math.round(took.length / seconds);
  return [clients, rate, at(0.5), at(0.99), busy.toFixed(2), failures];
}

/** Of the service's processor, since it began. */
async function busyMilliseconds(server: ChildProcess): Promise<number> {
  server.send('busy');
  const [busy] = (await once(server, 'message')) as [number];
  return busy / 1000;
}
