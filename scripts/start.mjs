// npm start: sets up what is missing, builds, and opens the player with the switches it was given.
import './node-version.mjs';
import { buildApp } from './app-build.mjs';
import { lacksDisplay, openDesktopSession } from './desktop-session.mjs';
import { inProject, runScript } from './project.mjs';
import { runOnTerminal } from './run-command.mjs';
import { sandboxSwitches } from './sandbox.mjs';
import { say, setUp } from './set-up.mjs';

await runScript(async () => {
  const electron = await setUp();
  const buildCode = await buildApp({ release: false });
  if (buildCode !== 0) return buildCode;
  if (lacksDisplay()) say('No display here: the player opens in a virtual one (Xvfb).');
  const session = await openDesktopSession({ env: process.env });
  try {
    return await runOnTerminal(
      [electron, inProject(), ...sandboxSwitches(), ...process.argv.slice(2)],
      // Paths among the switches are meant from where npm was called.
      { env: session.env, cwd: process.env['INIT_CWD'] ?? process.cwd() },
    );
  } finally {
    await session.close();
  }
});
