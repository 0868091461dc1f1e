import { randomBytes } from 'node:crypto';
import { readFile, rename } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { insideOrigin } from '../service/api/inside-origin.ts';
import { signInIssuer } from '../service/api/sign-in.ts';
import type { Account } from './account/account.ts';
import { createAccount } from './account/account.ts';
import { createNetworkDoor } from './account/network-door.ts';
import { shutDoor } from './account/qa-door.ts';
import type { Secrets } from './account/secrets.ts';
import { readSecret, writeSecret } from './account/secrets.ts';
import { createServiceClient } from './account/service-client.ts';
import type { ServiceDoor } from './account/service-door.ts';
import { createSignIn } from './account/sign-in.ts';
import { ConfiguredService, createTrust, embeddedIssuerName } from './account/trust.ts';
import type { Clock } from './clock.ts';
import { createEmbeddedDoor, type EmbeddedDoorParts } from './embedded-door.ts';

/** The account with its way to the service. */
export interface AccountWithService {
  readonly account: Account;
  /** For what else the service is asked, such as ads. */
  readonly door: ServiceDoor;
  /** A tester has moved the clock: the service inside the app goes with it. */
  readonly clockMoved: () => Promise<void>;
  /** For testers: takes the service away. It does nothing in other builds. */
  readonly reach: { readonly isReachable: () => boolean; readonly set: (on: boolean) => void };
  readonly close: () => Promise<void>;
}

export interface AccountGround {
  readonly profile: string;
  readonly secrets: Secrets;
  readonly clock: Clock;
  /** Of the service that this build belongs to; null: the one inside the app. */
  readonly configured: ConfiguredService | null;
  /** Runs the service inside the app. */
  readonly host: EmbeddedDoorParts['host'];
  readonly openInBrowser: (url: string) => Promise<void>;
  readonly qa: boolean;
}

const idleMilliseconds = 2 * 60_000;
const sealingKeyBytes = 32;
const sealingKeyName = 'service-sealing-key';
const SealingKey = z.base64().length(44);

export async function createAccountWithService(ground: AccountGround): Promise<AccountWithService> {
  const { profile, secrets, clock, configured } = ground;
  const embedded =
    configured === null
      ? createEmbeddedDoor({
          host: ground.host,
          origin: insideOrigin,
          ground: async () => ({
            issuer: embeddedIssuerName,
            sealingKey: await sealingKeyOf(secrets, profile, clock.now()),
          }),
          clockOffset: () => clock.now() - Date.now(),
          idleMilliseconds,
        })
      : null;
  let reachable = true;
  const way = embedded ?? createNetworkDoor(configured?.url ?? '');
  const door = __QA__ ? shutDoor(way, () => !reachable) : way;
  const signIn = createSignIn({
    door,
    issuer: signInIssuer(configured?.issuer ?? embeddedIssuerName),
    openInBrowser: ground.openInBrowser,
    secrets,
    now: clock.now,
  });
  const service = createServiceClient(door, signIn);
  // Loaded apart, so that nothing of it is in a release build.
  const tester = __QA__ ? await import('./account/qa-tiers.ts') : null;
  const qa = ground.qa && tester !== null ? tester.createQaIssuer(secrets) : null;
  const account = await createAccount({
    clock,
    secrets,
    path: join(profile, 'account.json'),
    trust: createTrust(configured, qa, secrets, service.keys),
    service,
    door,
    signIn,
    openInBrowser: ground.openInBrowser,
    device: { name: hostname().slice(0, 100) || 'Refrain', platform: platform() },
    qa,
  });
  return {
    account,
    door,
    reach: {
      isReachable: () => reachable,
      set(on) {
        reachable = on;
      },
    },
    async clockMoved() {
      await embedded?.moveClock();
      // What the time has brought at the service is seen at once; a visit in the dark is no fault.
      if (account.view().email !== null) await account.refresh().catch(() => undefined);
      await account.tick();
    },
    close: async () => embedded?.close(),
  };
}

/** Where the service inside the app keeps its database; made when it is first asked. */
export function embeddedServiceFolder(profile: string): string {
  return join(profile, 'account-service');
}

/**
 * @param built what the build brings: `__SERVICE__`
 * @param path a tester's file that says it in the build's place
 * @returns null: the service inside the app
 * @throws for what does not describe a service
 */
export async function configuredService(
  built: unknown,
  path: string | null,
): Promise<ConfiguredService | null> {
  if (path === null) return ConfiguredService.nullable().parse(built);
  return ConfiguredService.parse(JSON.parse(await readFile(path, 'utf8')));
}

/**
 * Without its key the database that it sealed is of no use to anybody: it is set aside, and a new one
 * begins. That happens when the system's keyring was exchanged.
 */
async function sealingKeyOf(secrets: Secrets, profile: string, now: number): Promise<Uint8Array> {
  const kept = await readSecret(secrets, sealingKeyName, SealingKey);
  if (kept !== null) return Buffer.from(kept, 'base64');
  const folder = embeddedServiceFolder(profile);
  await rename(folder, `${folder}.sealed-${now}`).catch(() => undefined);
  const made = randomBytes(sealingKeyBytes);
  await writeSecret(secrets, sealingKeyName, made.toString('base64'));
  return made;
}

function platform(): 'linux' | 'macos' | 'windows' {
  if (process.platform === 'darwin') return 'macos';
  return process.platform === 'win32' ? 'windows' : 'linux';
}
