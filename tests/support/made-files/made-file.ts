import type { Random } from '../made-library/random.ts';
import { aiff, wav } from './chunks.ts';
import { apeV2, id3v1, id3v2, type Id3Shape } from './id3.ts';
import { madeTags, type MadeTags } from './made-tags.ts';
import { mpegFrames } from './mp3.ts';
import { mp4 } from './mp4.ts';
import { flac, ogg } from './xiph.ts';

export const madeKinds = ['mp3', 'flac', 'ogg', 'opus', 'm4a', 'wav', 'aiff'] as const;
export type MadeKind = (typeof madeKinds)[number];

/** A whole file with everything about it chosen by chance. */
export function madeFile(random: Random, kind: MadeKind): Buffer {
  const audio = Buffer.alloc(random.whole(3000, 12_000), random.whole(1, 200));
  return taggedFile(random, kind, madeTags(random), audio);
}

/** A file around given sound. */
export function taggedFile(random: Random, kind: MadeKind, tags: MadeTags, audio: Buffer): Buffer {
  const tag = (): Buffer => id3v2(tags, id3Shape(random));
  switch (kind) {
    case 'mp3': {
      const first = random.pick(['xing', 'info with lame', 'vbri', 'nothing'] as const);
      const frames = mpegFrames(20 + (audio.length % 40), first, audio[0] ?? 0);
      return taggedMp3(random, tags, frames);
    }
    case 'flac':
      return Buffer.concat([...(random.whole(0, 9) === 0 ? [tag()] : []), flac(tags, audio)]);
    case 'ogg':
      return ogg(tags, audio, 'vorbis');
    case 'opus':
      return ogg(tags, audio, 'opus');
    case 'm4a':
      return mp4(tags, audio, {
        codec: random.pick(['mp4a', 'alac']),
        isIndexLast: random.whole(0, 1) === 0,
        chapters: random.whole(0, 3) === 0 ? ['One', 'Zwei'] : [],
        padding: random.whole(0, 2000),
      });
    case 'wav':
      return wav(tags, audio, random.whole(0, 1) === 0 ? tag() : null, random.whole(0, 1) === 0);
    case 'aiff':
      return aiff(tags, audio, random.whole(0, 1) === 0 ? tag() : null);
  }
}

/** MPEG frames with some of the tags that may be around them. */
export function taggedMp3(random: Random, tags: MadeTags, frames: Buffer): Buffer {
  const hasApe = random.whole(0, 4) === 0;
  const hasId3v1 = random.whole(0, 2) === 0;
  return Buffer.concat([
    ...(random.whole(0, 9) === 0 ? [] : [id3v2(tags, id3Shape(random))]),
    frames,
    ...(hasApe ? [apeV2(tags, random.whole(0, 1) === 0)] : []),
    ...(hasId3v1 ? [id3v1(tags)] : []),
  ]);
}

function id3Shape(random: Random): Id3Shape {
  const version = random.pick([2, 3, 3, 4, 4] as const);
  return {
    version,
    encoding: random.pick([0, 1, 2, 3]),
    isUnsynchronised: version === 4 && random.whole(0, 3) === 0,
    hasFooter: version === 4 && random.whole(0, 6) === 0,
    padding: random.pick([0, 0, 100, 2048, 5000]),
  };
}
