// Prints the path of the Electron that the project runs on, and nothing else on stdout.
import { installElectronRuntime } from './electron-runtime.mjs';
import { installNpmPackages } from './npm-packages.mjs';
import { runScript } from './project.mjs';

await runScript(async () => {
  await installNpmPackages(console.error);
  console.log(await installElectronRuntime(console.error));
});
