import { createHash, createPublicKey, verify } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { z } from 'zod';
import type { Ad, AdFormat } from './ad.ts';
import { clickAddress } from './ad.ts';
import type { MediaFile, MediaStore } from './media-store.ts';

/** A picture for the banner slot. */
export interface Banner {
  readonly creative: string;
  readonly advertiser: string;
  readonly imageId: string;
  readonly alt: string;
  readonly clickThrough: string;
}

export interface HouseAds {
  readonly ads: readonly Ad[];
  readonly banners: readonly Banner[];
  /** What the bundle holds but can't be used, with the reason. */
  readonly skipped: readonly { readonly what: string; readonly reason: string }[];
}

const soundFormats: Readonly<Record<string, AdFormat>> = {
  '.mp3': 'mp3',
  '.opus': 'opus',
  '.ogg': 'ogg',
  '.m4a': 'm4a',
  '.wav': 'wav',
};
const pictureFormats: Readonly<Record<string, MediaFile['format']>> = {
  '.png': 'png',
  '.jpg': 'jpg',
  '.jpeg': 'jpg',
  '.webp': 'webp',
};

/** "Not my taste" of one lowers its fellows alike, so that they still take turns. */
const houseCategory = 'refrain';

const FileName = z.string().regex(/^[\w-][\w.-]{0,99}$/);
const Text = z.string().min(1).max(300);
const Sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const Picture = z.object({ file: FileName, alt: Text, sha256: Sha256 });
const HouseAd = z.object({
  id: z.string().regex(/^[\w-]{1,60}$/),
  advertiser: Text,
  title: Text,
  campaign: Text,
  audio: z.object({
    file: FileName,
    sha256: Sha256,
    seconds: z.number().positive().max(60),
    loudnessLufs: z.number().min(-70).max(0),
    truePeakDbtp: z.number().min(-100).max(6),
  }),
  companion: Picture,
  banner: Picture,
  clickThrough: z.string().refine((address) => clickAddress(address) !== null),
  signature: z.string().max(200),
});
type HouseAd = z.infer<typeof HouseAd>;
/** As it was signed, with whatever more it holds. */
const Signed = z.looseObject({ signature: z.string() });

/**
 * Reads the ads that come with Refrain and puts their media into the store. A bundle that is
 * missing or damaged gives no ads: the music plays on without.
 * @param folder holds `house-ads.json` and the files that it names
 * @param key Ed25519, SPKI in base64; what it did not sign, or was changed since, is skipped
 */
export async function readHouseAds(
  folder: string,
  key: string,
  store: MediaStore,
): Promise<HouseAds> {
  const entries = await readEntries(join(folder, 'house-ads.json'));
  if (entries === null) {
    return { ads: [], banners: [], skipped: [{ what: 'house-ads.json', reason: 'unreadable' }] };
  }
  const results = await Promise.all(
    entries.map((entry, index) => readOne(folder, key, entry, index)),
  );
  const usable = results.flatMap((result) => ('skipped' in result ? [] : [result]));
  for (const { files } of usable) {
    for (const [id, file] of files) store.add(id, file);
  }
  return {
    ads: usable.map(({ ad }) => ad),
    banners: usable.map(({ banner }) => banner),
    skipped: results.flatMap((result) => ('skipped' in result ? [result.skipped] : [])),
  };
}

async function readEntries(path: string): Promise<readonly unknown[] | null> {
  try {
    return z
      .array(z.unknown())
      .max(100)
      .parse(JSON.parse(await readFile(path, 'utf8')));
  } catch {
    return null;
  }
}

async function readOne(folder: string, key: string, entry: unknown, index: number) {
  const checked = HouseAd.safeParse(entry);
  if (!checked.success) {
    return { skipped: { what: `entry ${index}`, reason: z.prettifyError(checked.error) } };
  }
  const { id, audio, companion, banner } = checked.data;
  if (!isSigned(entry, key)) return { skipped: { what: id, reason: 'its signature is not ours' } };
  const sound = await findFile(folder, audio, soundFormats);
  const cover = await findFile(folder, companion, pictureFormats);
  const strip = await findFile(folder, banner, pictureFormats);
  const format = soundFormats[extname(audio.file)];
  if (sound === null || cover === null || strip === null || format === undefined) {
    return { skipped: { what: id, reason: 'a file is missing, changed or of no known format' } };
  }
  return {
    ...describe(checked.data, format),
    files: [
      [soundId(id), sound],
      [companionId(id), cover],
      [bannerId(id), strip],
    ] as const,
  };
}

function describe(entry: HouseAd, format: AdFormat): { readonly ad: Ad; readonly banner: Banner } {
  const { id, advertiser, title, campaign, audio, companion, banner, clickThrough } = entry;
  return {
    ad: {
      creative: `house-${id}`,
      campaign,
      advertiser,
      title,
      categories: [houseCategory],
      genres: [],
      house: true,
      mediaId: soundId(id),
      format,
      seconds: audio.seconds,
      loudnessLufs: audio.loudnessLufs,
      truePeakDbtp: audio.truePeakDbtp,
      companion: { imageId: companionId(id), alt: companion.alt },
      clickThrough,
      skipAfterSeconds: null,
      lastsSeconds: null,
      tracking: null,
    },
    banner: {
      creative: `house-${id}`,
      advertiser,
      imageId: bannerId(id),
      alt: banner.alt,
      clickThrough,
    },
  };
}

/** The signature is over the entry's JSON without itself, in the order of the file. */
function isSigned(entry: unknown, key: string): boolean {
  const { signature, ...content } = Signed.parse(entry);
  const publicKey = createPublicKey({
    key: Buffer.from(key, 'base64'),
    format: 'der',
    type: 'spki',
  });
  const bytes = Buffer.from(JSON.stringify(content));
  return verify(null, bytes, publicKey, Buffer.from(signature, 'base64'));
}

/** @returns null when it is missing or not the file that was signed */
async function findFile<Format extends MediaFile['format']>(
  folder: string,
  { file, sha256 }: { readonly file: string; readonly sha256: string },
  formats: Readonly<Record<string, Format>>,
): Promise<MediaFile | null> {
  const path = join(folder, file);
  const format = formats[extname(file)];
  const bytes = await readFile(path).catch(() => null);
  if (format === undefined || bytes === null) return null;
  const isSame = createHash('sha256').update(bytes).digest('hex') === sha256;
  return isSame ? { path, bytes: bytes.byteLength, format } : null;
}

function soundId(id: string): string {
  return `house-${id}`;
}

function companionId(id: string): string {
  return `house-${id}-companion`;
}

function bannerId(id: string): string {
  return `house-${id}-banner`;
}
