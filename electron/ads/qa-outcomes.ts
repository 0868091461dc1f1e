import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { QaAdOutcome } from '../../shared/qa.ts';
import { fetchBounded } from './bounded-fetch.ts';
import type { AdSource } from './prepare-break.ts';
import type { VastAd } from './vast-ad.ts';
import type { VastRoot } from './vast-root.ts';

/** How breaks turn out, by a tester's choice: real documents through the real reader. QA builds only. */
export interface QaOutcomes {
  readonly choose: (outcome: QaAdOutcome) => void;
  readonly chosen: () => QaAdOutcome;
  /** A source that does as `usual`, unless a tester chose otherwise; null: house ads only. */
  readonly over: (
    usual: AdSource<VastAd> | null,
    readFrom: (root: VastRoot) => AdSource<VastAd>,
  ) => AdSource<VastAd>;
}

const advertiser = 'QA Advertiser';
const soundSeconds = 12;
const hertz = 22_050;

/** @param folder for the document's sound */
export function createQaOutcomes(folder: string): QaOutcomes {
  let outcome: QaAdOutcome = 'usual';
  let made: Promise<void> | null = null;

  async function makeSound(): Promise<void> {
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'spot.wav'), tone());
  }

  const root: VastRoot = {
    folder,
    async ask(_, bounds) {
      made ??= makeSound();
      await made;
      if (outcome === 'slow') {
        return new Promise((_resolve, reject) => {
          bounds.signal.addEventListener('abort', () => reject(new Error('Never answered')));
        });
      }
      if (outcome === 'blocked_host') {
        const address = 'https://blocked.invalid/vast.xml';
        return { address, bytes: await fetchBounded(address, { ...bounds, folder: null }) };
      }
      const bytes = Buffer.from(documents[outcome] ?? adDocument({}));
      return { address: pathToFileURL(join(folder, 'vast.xml')).href, bytes };
    },
  };

  return {
    choose(chosen) {
      outcome = chosen;
    },
    chosen: () => outcome,
    over(usual, readFrom) {
      const staged = readFrom(root);
      let decided: AdSource<VastAd> = staged;
      return {
        async decide(request, signal) {
          const isUsual = outcome === 'usual' || outcome === 'silent';
          if (isUsual && usual === null) return [];
          decided = isUsual && usual !== null ? usual : staged;
          return decided.decide(request, signal);
        },
        fetch: (offer, signal) => decided.fetch(offer, signal),
      };
    },
  };
}

function adDocument({ media = 'spot.wav', type = 'audio/wav', expires = '' }): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<VAST version="4.2">
  <Ad id="qa" adType="audio">
    <InLine>
      <AdSystem>Refrain QA</AdSystem>
      <AdTitle>A tone for testers</AdTitle>
      <AdServingId>qa-${Math.random().toString(36).slice(2)}</AdServingId>
      <Impression/>
      <Advertiser>${advertiser}</Advertiser>${expires}
      <Creatives>
        <Creative id="qa-tone">
          <UniversalAdId idRegistry="refrain">qa-tone</UniversalAdId>
          <Linear skipoffset="00:00:05">
            <Duration>00:00:${soundSeconds}</Duration>
            <MediaFiles>
              <MediaFile delivery="progressive" type="${type}" bitrate="352">${media}</MediaFile>
            </MediaFiles>
          </Linear>
        </Creative>
      </Creatives>
    </InLine>
  </Ad>
</VAST>`;
}

/** What the others are answered with, which all can be read in their way: an ad that plays. */
const documents: Readonly<Partial<Record<QaAdOutcome, string>>> = {
  no_ad: '<VAST version="4.2"/>',
  malformed: '<VAST version="4.2"><Ad id="torn"><InLine>',
  media_missing: adDocument({ media: 'nowhere.wav' }),
  wrong_type: adDocument({ type: 'video/mp4' }),
  expired: adDocument({ expires: '<Expires>1</Expires>' }),
};

/** A quiet tone, 16 bit, mono. */
function tone(): Buffer {
  const frames = hertz * soundSeconds;
  const wav = Buffer.alloc(44 + frames * 2);
  wav.write('RIFF', 0, 'latin1');
  wav.writeUInt32LE(36 + frames * 2, 4);
  wav.write('WAVEfmt ', 8, 'latin1');
  wav.writeUInt32LE(16, 16);
  wav.writeUInt16LE(1, 20);
  wav.writeUInt16LE(1, 22);
  wav.writeUInt32LE(hertz, 24);
  wav.writeUInt32LE(hertz * 2, 28);
  wav.writeUInt16LE(2, 32);
  wav.writeUInt16LE(16, 34);
  wav.write('data', 36, 'latin1');
  wav.writeUInt32LE(frames * 2, 40);
  for (let frame = 0; frame < frames; frame += 1) {
    const sample = 6000 * Math.sin((2 * Math.PI * 330 * frame) / hertz);
    wav.writeInt16LE(Math.round(sample), 44 + frame * 2);
  }
  return wav;
}
