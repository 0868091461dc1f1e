import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryFolder } from './temporary-folder.ts';
import { toneWav } from './tone.ts';

/** A bundle of house ads with real files, each ad of ten seconds. */
export async function makeHouseFolder(ids: readonly string[]): Promise<string> {
  const folder = await temporaryFolder();
  const entries = ids.map((id) => ({
    id,
    advertiser: 'Refrain',
    title: `About ${id}`,
    campaign: id,
    audio: { file: `${id}.wav`, seconds: 10, loudnessLufs: -19, truePeakDbtp: -3 },
    companion: { file: `${id}.png`, width: 640, height: 640, alt: `Picture of ${id}` },
    banner: { file: `${id}-banner.png`, width: 728, height: 90, alt: `Banner of ${id}` },
    clickThrough: `refrain://open/settings/${id}`,
  }));
  await writeFile(join(folder, 'house-ads.json'), JSON.stringify(entries));
  for (const { audio, companion, banner } of entries) {
    await writeFile(join(folder, audio.file), toneWav(audio.seconds));
    await writeFile(join(folder, companion.file), 'picture');
    await writeFile(join(folder, banner.file), 'banner');
  }
  return folder;
}
