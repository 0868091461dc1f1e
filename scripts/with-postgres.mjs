// node scripts/with-postgres.mjs [--durable] COMMAND…: runs a command with a Postgres of its own,
// which REFRAIN_TEST_POSTGRES names; --durable where its speed is measured.
import './node-version.mjs';
import { openPostgresServer } from './postgres-server.mjs';
import { SetUpError, runScript } from './project.mjs';
import { runOnTerminal } from './run-command.mjs';
import { installDebianPackages } from './debian-packages.mjs';
import { say } from './set-up.mjs';

await runScript(async () => {
  const asked = process.argv.slice(2);
  const durable = asked[0] === '--durable';
  const [program, ...args] = durable ? asked.slice(1) : asked;
  if (program === undefined) throw new SetUpError('Which command is to be run?');
  await installDebianPackages(['service'], say);
  const postgres = await openPostgresServer(process.env, { durable });
  try {
    return await runOnTerminal([program, ...args], { env: postgres.env });
  } finally {
    await postgres.close();
  }
});
