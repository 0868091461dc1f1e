// Draws assets/icons/*.png from icon.svg; run it after changing the drawing. electron-builder makes
// the formats of each system from the largest.
import { readFile } from 'node:fs/promises';
import sharp from 'sharp';
import { inProject, runScript } from './project.mjs';

/** Edge lengths in pixels, by file name. */
const PICTURES = { 'icon.png': 1024, 'icon-256.png': 256 };

await runScript(async () => {
  const drawing = await readFile(inProject('assets', 'icons', 'icon.svg'));
  for (const [name, edge] of Object.entries(PICTURES)) {
    await sharp(drawing, { density: 144 })
      .resize(edge, edge)
      .png({ compressionLevel: 9 })
      .toFile(inProject('assets', 'icons', name));
  }
});
