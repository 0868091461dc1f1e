import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryFolder } from './temporary-folder.ts';
import { toneWav } from './tone.ts';

const keys = generateKeyPairSync('ed25519');

/** Of who signs the bundles below; the real one's private half is nowhere in this repository. */
export const testHouseKey = keys.publicKey
  .export({ type: 'spki', format: 'der' })
  .toString('base64');

/** A bundle of house ads with real files, each ad of ten seconds. */
export async function makeHouseFolder(ids: readonly string[]): Promise<string> {
  const folder = await temporaryFolder();
  const entries = ids.map((id) => {
    const sound = toneWav(10);
    const entry = {
      id,
      advertiser: 'Refrain',
      title: `About ${id}`,
      campaign: id,
      audio: {
        file: `${id}.wav`,
        seconds: 10,
        loudnessLufs: -19,
        truePeakDbtp: -3,
        sha256: sha256(sound),
      },
      companion: { file: `${id}.png`, alt: `Picture of ${id}`, sha256: sha256(picture) },
      banner: { file: `${id}-banner.png`, alt: `Banner of ${id}`, sha256: sha256(picture) },
      clickThrough: `refrain://open/settings/${id}`,
    };
    return { entry, sound };
  });
  for (const { entry, sound } of entries) {
    await writeFile(join(folder, entry.audio.file), sound);
    await writeFile(join(folder, entry.companion.file), picture);
    await writeFile(join(folder, entry.banner.file), picture);
  }
  const signed = entries.map(({ entry }) => ({ ...entry, signature: signatureOf(entry) }));
  await writeFile(join(folder, 'house-ads.json'), JSON.stringify(signed));
  return folder;
}

/** By the test's own key. */
export function signatureOf(entry: object): string {
  return sign(null, Buffer.from(JSON.stringify(entry)), keys.privateKey).toString('base64');
}

const picture = Buffer.from('picture');

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
