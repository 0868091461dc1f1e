/**
 * Renders the sample music and the house ads.
 *   node scripts/sample-music/render.mjs            everything
 *   node scripts/sample-music/render.mjs blue-hour  one part by its name
 */
import { mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

import { albums } from './albums.mjs';
import { drawCover } from './covers.mjs';
import { encode } from './encode.mjs';
import { renderHouseAds } from './house-ads.mjs';
import { master, measureFile } from './master.mjs';
import { framesOf, sliceBus } from './synth/bus.mjs';
import { writeWav } from './wav.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const parts = {
  ...Object.fromEntries(
    albums.map((album) => [album.id, (scratch) => renderAlbum(album, scratch)]),
  ),
  'house-ads': (scratch) => renderHouseAds(join(root, 'assets', 'house-ads'), scratch),
};

render(process.argv.slice(2));

function render(names) {
  const unknown = names.filter((name) => !Object.hasOwn(parts, name));
  if (unknown.length > 0) {
    throw new Error(
      `no such part: ${unknown.join(', ')}; there are ${Object.keys(parts).join(', ')}`,
    );
  }
  const scratch = mkdtempSync(join(tmpdir(), 'refrain-render-'));
  try {
    for (const name of names.length > 0 ? names : Object.keys(parts)) parts[name](scratch);
  } finally {
    rmSync(scratch, { recursive: true });
  }
}

function renderAlbum(album, scratch) {
  const folder = join(root, 'assets', 'sample-music', album.folder);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const cover = join(album.cover === 'folder' ? folder : scratch, 'cover.jpg');
  drawCover(album.id, cover, scratch);
  for (const piece of album.pieces) {
    const bus = master(piece.render(), {
      lufs: piece.lufs,
      fadeOutSeconds: album.fadeOutSeconds,
    });
    for (const [index, part] of cut(bus, piece.cutAtSeconds).entries()) {
      const track = piece.tracks[index];
      const wav = join(scratch, 'track.wav');
      const file = join(folder, track.file);
      writeWav(wav, part, album.keptBits);
      encode(wav, file, tagsOf(album, track), album.cover === 'embedded' ? cover : undefined);
      report(file, track.file);
    }
  }
}

/** The cut falls on an odd frame, where no codec's block ends. */
function cut(bus, atSeconds) {
  if (atSeconds === undefined) return [bus];
  const frame = framesOf(atSeconds) | 1;
  return [sliceBus(bus, 0, frame), sliceBus(bus, frame)];
}

function tagsOf(album, track) {
  const all = album.pieces.flatMap((piece) => piece.tracks);
  const onDisc = all.filter(({ disc }) => disc === track.disc);
  return {
    title: track.title,
    artist: track.artist ?? album.albumArtist,
    album: album.album,
    albumArtist: album.albumArtist,
    year: album.year,
    genre: track.genre,
    track: track.track,
    tracks: onDisc.length,
    disc: track.disc,
    discs: Math.max(...all.map(({ disc }) => disc ?? 1)),
  };
}

function report(file, name) {
  const { integratedLufs, truePeakDbtp } = measureFile(file);
  const kilobytes = Math.round(statSync(file).size / 1024);
  process.stdout.write(`${name}: ${kilobytes} KB, ${integratedLufs} LUFS, ${truePeakDbtp} dBTP\n`);
}
