/**
 * The account service behind a port, over Postgres. Without an argument it serves until it is told
 * to end; with one it does that and ends:
 *   rotate-keys        lets the next key sign entitlements from now on
 *   load-ads FILE      puts the campaigns of a JSON file in the place of those before
 *   ad-report [DAYS]   prints how full the breaks were and how far the ads were heard, as JSON
 */
import { readFile } from 'node:fs/promises';
import { type Service, createService } from './compose.ts';
import { openPostgres } from './database/open-postgres.ts';
import { wordsOf } from './fault-words.ts';
import type { ServiceLog } from './parts.ts';
import { serve } from './serve.ts';
import { readSettings, SettingsError } from './settings.ts';

const log: ServiceLog = {
  info: (message) => console.log(message),
  fault: (message, cause) => console.error(`${message}: ${wordsOf(cause)}`),
};

try {
  await main(process.argv[2], process.argv[3]);
} catch (error) {
  console.error(error instanceof SettingsError ? `Settings:\n${error.message}` : wordsOf(error));
  process.exitCode = 1;
}

type Command = (service: Service, argument: string | undefined) => Promise<void>;

async function main(name: string | undefined, argument: string | undefined): Promise<void> {
  const command = name === undefined ? null : commandOf(name);
  const settings = readSettings(process.env);
  const service = await createService({
    store: openPostgres(settings.databaseUrl, log.fault, settings.databaseConnections),
    now: Date.now,
    issuer: settings.issuer,
    environment: settings.environment,
    origin: () => settings.origin,
    sealingKey: settings.sealingKey,
    payments: settings.payments,
    log,
  });
  if (command !== null) {
    await command(service, argument).finally(service.close);
    return;
  }
  const serving = await serve(service.fetch, { ...settings, log }, () => performance.now());
  log.info(`Refrain account service at ${serving.url}`);
  const end = async () => {
    log.info('Ending');
    await serving.close();
    await service.close();
  };
  process.once('SIGTERM', () => void end());
  process.once('SIGINT', () => void end());
}

/** @throws {SettingsError} */
function commandOf(name: string): Command {
  switch (name) {
    case 'rotate-keys':
      return (service) => service.keys.rotate();
    case 'load-ads':
      return loadAds;
    case 'ad-report':
      return async (service, days = '7') => {
        console.log(JSON.stringify(await service.ads.report(Number(days)), null, 2));
      };
    default:
      throw new SettingsError(`${name}: there is no such command`);
  }
}

async function loadAds(service: Service, file: string | undefined): Promise<void> {
  if (file === undefined) throw new SettingsError('load-ads: which file?');
  await service.ads.load(JSON.parse(await readFile(file, 'utf8')));
  log.info('The campaigns are loaded');
}
