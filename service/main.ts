/**
 * The account service behind a port, over Postgres. Without an argument it serves until it is told
 * to end; `rotate-keys` lets the next key sign entitlements from now on, and ends.
 */
import { createService } from './compose.ts';
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
  await main(process.argv[2]);
} catch (error) {
  console.error(error instanceof SettingsError ? `Settings:\n${error.message}` : wordsOf(error));
  process.exitCode = 1;
}

async function main(command: string | undefined): Promise<void> {
  if (command !== undefined && command !== 'rotate-keys') {
    throw new SettingsError(`${command}: there is no such command`);
  }
  const settings = readSettings(process.env);
  const service = await createService({
    store: openPostgres(settings.databaseUrl, log.fault, settings.databaseConnections),
    now: Date.now,
    issuer: settings.issuer,
    environment: 'prod',
    origin: () => settings.origin,
    sealingKey: settings.sealingKey,
    payments: settings.payments,
    log,
  });
  if (command === 'rotate-keys') {
    await service.keys.rotate();
    await service.close();
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
