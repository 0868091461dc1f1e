/**
 * Beacons over HTTP into a Postgres as safe as it comes: how many a second, and how long one takes.
 * Service and load are processes of their own on the same machine, which both have to share.
 *
 *   node scripts/with-postgres.mjs --durable npx tsx tests/bench/service/beacons.ts [SECONDS]
 */
import { type ChildProcess, fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { createBeaconAddresses } from '../../../service/ads/beacon-address.ts';
import { createService } from '../../../service/compose.ts';
import { openPostgres } from '../../../service/database/open-postgres.ts';
import { serve } from '../../../service/serve.ts';
import { aCampaign } from '../../support/ad-catalogue.ts';
import { makeDatabase } from '../../support/service-rig.ts';

const sealingKey = new Uint8Array(32).fill(7);
const campaigns = ['one', 'two', 'three', 'four'];

if (process.argv[2] === 'serve') await serveBeacons();
else await measure(Number(process.argv[2] ?? 10));

async function serveBeacons(): Promise<void> {
  const log = { info: () => undefined, fault: console.error };
  const service = await createService({
    store: openPostgres(await makeDatabase(), log.fault, 20),
    now: Date.now,
    issuer: 'https://bench.invalid',
    environment: 'prod',
    origin: () => 'https://bench.invalid',
    sealingKey,
    payments: { kind: 'fake' },
    log,
  });
  await service.ads.load({ campaigns: campaigns.map((id) => aCampaign(id)) });
  const place = { host: '127.0.0.1', port: 0, proxies: 0, log };
  const { url } = await serve(service.fetch, place, () => performance.now());
  process.on('message', () => process.send?.(process.cpuUsage().user + process.cpuUsage().system));
  process.send?.(url);
}

async function measure(seconds: number): Promise<void> {
  const server = fork(fileURLToPath(import.meta.url), ['serve'], { execArgv: process.execArgv });
  const [origin] = (await once(server, 'message')) as [string];
  try {
    await load(origin, 16, 2);
    for (const clients of [1, 16, 64]) {
      const before = await busyMicroseconds(server);
      const { took, failures } = await load(origin, clients, seconds);
      const busy = ((await busyMicroseconds(server)) - before) / took.length / 1000;
      const inOrder = took.toSorted((a, b) => a - b);
      const at = (share: number): string =>
        (inOrder[Math.floor(inOrder.length * share)] ?? NaN).toFixed(1);
      console.log(
        `${clients} at a time: ${Math.round(took.length / seconds)} beacons/s, ` +
          `p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, ${busy.toFixed(2)} ms of the service’s processor each, ${failures} failed`,
      );
    }
  } finally {
    server.kill();
  }
}

async function busyMicroseconds(server: ChildProcess): Promise<number> {
  server.send('busy');
  const [busy] = (await once(server, 'message')) as [number];
  return busy;
}

/** Each beacon is the first of a serving of its own. */
async function load(origin: string, clients: number, seconds: number) {
  const agent = new Agent({ keepAlive: true, maxSockets: clients });
  const addresses = createBeaconAddresses(sealingKey, () => origin);
  const end = performance.now() + seconds * 1000;
  const took: number[] = [];
  let failures = 0;
  await Promise.all(
    Array.from({ length: clients }, async (_, client) => {
      const campaignId = campaigns[client % campaigns.length] ?? '';
      while (performance.now() < end) {
        const issuedAt = Math.floor(Date.now() / 1000);
        const serving = { id: randomUUID(), campaignId, creativeId: 'x', issuedAt, seconds: 20 };
        const start = performance.now();
        const status = await post(addresses.of(serving, 'impression'), agent);
        took.push(performance.now() - start);
        if (status !== 200) failures += 1;
      }
    }),
  );
  agent.destroy();
  return { took, failures };
}

async function post(address: string, agent: Agent): Promise<number | undefined> {
  const body = JSON.stringify({ at: new Date().toISOString(), heardSeconds: 0, late: false });
  const sent = request(address, {
    agent,
    method: 'POST',
    headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) },
  });
  sent.end(body);
  const [response] = (await once(sent, 'response')) as [import('node:http').IncomingMessage];
  response.resume();
  await once(response, 'end');
  return response.statusCode;
}
