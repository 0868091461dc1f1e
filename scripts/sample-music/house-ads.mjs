/** Renders Refrain's own ads: sound, companion, banner and the list of them with measured values. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';

import { saveJpeg, savePng } from './draw.mjs';
import { encode } from './encode.mjs';
import { bannerSvg, companionSvg } from './house-ad-pictures.mjs';
import { master, measureFile } from './master.mjs';
import { sampleRate } from './synth/bus.mjs';
import { giftJingle, premiumJingle, wanderJingle } from './tracks/jingles.mjs';
import { writeWav } from './wav.mjs';

/** Quieter than every sample track: an ad is never louder than the music. */
const lufs = -19;

const houseAds = [
  {
    id: 'premium',
    title: 'Refrain Premium: no ads, and repeat a track',
    campaign: 'go-premium',
    render: premiumJingle,
    words: {
      headline: ['No ads.', 'Repeat a track.'],
      line: 'Refrain Premium: your music, and nothing else.',
      action: 'Go Premium',
    },
    clickThrough: 'refrain://open/premium?utm_source=house&utm_campaign=go-premium',
  },
  {
    id: 'wander',
    title: 'Wander: open a genre and let it play',
    campaign: 'genre-hub',
    render: wanderJingle,
    words: {
      headline: ['Wander.', 'Let it play.'],
      line: 'Open a genre and hear where your music leads.',
      action: 'Open Genres',
    },
    clickThrough: 'refrain://open/genres?utm_source=house&utm_campaign=genre-hub',
  },
  {
    id: 'gift',
    title: 'Give Premium to a friend',
    campaign: 'gift',
    render: giftJingle,
    words: {
      headline: ['Give Premium', 'to a friend.'],
      line: 'Music without a break, from you to somebody dear.',
      action: 'Give a gift',
    },
    clickThrough: 'refrain://open/premium?utm_source=house&utm_campaign=gift',
  },
];

export function renderHouseAds(folder, scratch) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const entries = houseAds.map((ad) => renderOne(ad, folder, scratch));
  writeFileSync(join(folder, 'house-ads.json'), `${JSON.stringify(entries, null, 2)}\n`);
}

function renderOne(ad, folder, scratch) {
  const { id, title, campaign, words, clickThrough } = ad;
  const files = {
    audio: `${id}.opus`,
    companion: `${id}-companion.jpg`,
    banner: `${id}-banner.png`,
  };
  const drawing = join(scratch, 'drawing');
  saveJpeg(companionSvg(id, words), {
    file: join(folder, files.companion),
    width: 640,
    quality: 86,
    scratch: drawing,
  });
  savePng(bannerSvg(id, words), { file: join(folder, files.banner), width: 728, scratch: drawing });
  const says = `${words.headline.join(' ')} ${words.line}`;
  return {
    id,
    advertiser: 'Refrain',
    title,
    campaign,
    audio: renderSound(ad, join(folder, files.audio), files.audio, scratch),
    companion: { file: files.companion, width: 640, height: 640, alt: says },
    banner: { file: files.banner, width: 728, height: 90, alt: says },
    clickThrough,
  };
}

function renderSound({ render, title }, path, file, scratch) {
  const wav = join(scratch, 'ad.wav');
  const bus = master(render(), { lufs });
  writeWav(wav, bus);
  encode(wav, path, {
    title,
    artist: 'Refrain',
    album: 'House ads',
    albumArtist: 'Refrain',
    year: 2026,
    genre: 'Advertisement',
    track: 1,
    tracks: 1,
  });
  const { integratedLufs, truePeakDbtp } = measureFile(path);
  const seconds = bus.left.length / sampleRate;
  process.stdout.write(`${file}: ${seconds} s, ${integratedLufs} LUFS, ${truePeakDbtp} dBTP\n`);
  return { file, seconds, loudnessLufs: integratedLufs, truePeakDbtp };
}
