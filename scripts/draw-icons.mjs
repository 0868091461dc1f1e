// Draws the pictures of assets/icons from icon.svg; run it after changing the drawing.
// electron-builder makes the formats of Windows and macOS from icon.png.
import { mkdir, readFile } from 'node:fs/promises';
import sharp from 'sharp';
import { inProject, runScript } from './project.mjs';

/** The edges, in pixels, that freedesktop's icon theme has folders for. */
const LINUX_EDGES = [16, 24, 32, 48, 64, 128, 256, 512];
const icons = inProject('assets', 'icons');

await runScript(async () => {
  const drawing = await readFile(`${icons}/icon.svg`);
  await mkdir(`${icons}/linux`, { recursive: true });
  await draw(drawing, 1024, `${icons}/icon.png`);
  for (const edge of LINUX_EDGES) await draw(drawing, edge, `${icons}/linux/${edge}x${edge}.png`);
});

/**
 * @param {Buffer} drawing
 * @param {number} edge in pixels
 * @param {string} path
 */
async function draw(drawing, edge, path) {
  await sharp(drawing).resize(edge, edge).png({ compressionLevel: 9 }).toFile(path);
}
