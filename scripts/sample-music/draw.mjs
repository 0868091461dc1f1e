/** Turns SVG text into pictures, by rsvg-convert (librsvg2-bin) and convert (imagemagick). */
import { execFileSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';

/** scratch: a path for files in between, removed afterwards. */
export function saveJpeg(svg, { file, width, quality, scratch }) {
  const png = `${scratch}.png`;
  savePng(svg, { file: png, width, scratch });
  execFileSync('convert', [
    ...[png, '-strip', '-interlace', 'JPEG', '-sampling-factor', '4:2:0'],
    ...['-quality', String(quality), file],
  ]);
  rmSync(png);
}

export function savePng(svg, { file, width, scratch }) {
  const source = `${scratch}.svg`;
  writeFileSync(source, svg);
  execFileSync('rsvg-convert', ['--width', String(width), '--output', file, source]);
  rmSync(source);
}
