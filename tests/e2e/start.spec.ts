import { expect, test } from '../support/app.ts';

test('@sandbox opens a window that offers music on the first run', async ({ launch }) => {
  const { app, window } = await launch();
  await expect(window).toHaveTitle('Refrain');
  await expect(window.getByRole('button', { name: /sample music/i })).toBeVisible();
  const isSandboxed = await app.evaluate(
    ({ app: electronApp }) => !electronApp.commandLine.hasSwitch('no-sandbox'),
  );
  expect(isSandboxed).toBe(process.getuid?.() !== 0);
});
