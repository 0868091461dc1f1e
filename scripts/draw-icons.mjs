// Draws the pictures of assets/icons from icon.svg; run it after changing the drawing.
// electron-builder makes the formats of Windows and macOS from icon.png.
import { mkdir, readFile } from 'node:fs/promises';
import sharp from 'sharp';
import { inProject, runScript } from './project.mjs';

/** The edges, in pixels, that freedesktop's icon theme has folders for. */
const LINUX_EDGES = [16, 24, 32, 48, 64, 128, 256, 512];
const icons = inProject('assets', 'icons');

/** Beside `NAME.png` lies `NAME@2x.png`, which Electron takes on dense displays. */
const TRAY_EDGE = 32;

/** The buttons under the window's thumbnail in the taskbar of Windows, on a square of 16. */
const BUTTONS = {
  play: 'M5 3v10l8-5z',
  pause: 'M4.5 3h2.5v10h-2.5zM9 3h2.5v10h-2.5z',
  next: 'M3 3v10l7-5zM11 3h2v10h-2z',
  previous: 'M13 3v10l-7-5zM3 3h2v10h-2z',
};

await runScript(async () => {
  const drawing = await readFile(`${icons}/icon.svg`);
  await mkdir(`${icons}/linux`, { recursive: true });
  await draw(drawing, 1024, `${icons}/icon.png`);
  for (const edge of LINUX_EDGES) await draw(drawing, edge, `${icons}/linux/${edge}x${edge}.png`);
  await mkdir(`${icons}/desktop`, { recursive: true });
  await drawTwice(drawing, TRAY_EDGE, `${icons}/desktop/tray`);
  for (const [name, path] of Object.entries(BUTTONS)) {
    // White with a dark edge is seen on a light taskbar and on a dark one.
    const look = 'fill="#fff" stroke="#1b1922" stroke-opacity="0.55" stroke-width="0.7"';
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><path d="${path}" ${look}/></svg>`;
    await drawTwice(Buffer.from(svg), 16, `${icons}/desktop/${name}`);
  }
});

/**
 * @param {Buffer} drawing
 * @param {number} edge in pixels
 * @param {string} path without its ending
 */
async function drawTwice(drawing, edge, path) {
  await draw(drawing, edge, `${path}.png`);
  await draw(drawing, edge * 2, `${path}@2x.png`);
}

/**
 * @param {Buffer} drawing
 * @param {number} edge in pixels
 * @param {string} path
 */
async function draw(drawing, edge, path) {
  await sharp(drawing).resize(edge, edge).png({ compressionLevel: 9 }).toFile(path);
}
