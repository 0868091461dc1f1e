import { randomUUID } from 'node:crypto';
import { VASTParser } from '@dailymotion/vast-client';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readVastAd } from '../../../../electron/ads/vast-ad.ts';
import { followWrappers } from '../../../../electron/ads/vast-chain.ts';
import { parseVastDocument } from '../../../../electron/ads/vast-document.ts';
import { readVastPage } from '../../../../electron/ads/vast-layer.ts';
import { createBeaconAddresses } from '../../../../service/ads/beacon-address.ts';
import { type Offer, vastOf } from '../../../../service/ads/vast.ts';
import { documentOf, element } from '../../../../service/ads/xml.ts';
import { aCampaign, aCreative } from '../../../support/ad-catalogue.ts';
import { structureFaults } from '../../../support/vast-structure.ts';

const addresses = createBeaconAddresses(new Uint8Array(32), () => 'https://ads.example');

function offerOf(id: string, change: Partial<Offer> = {}): Offer {
  const creative = change.creative ?? aCreative(`${id}-1`);
  return {
    campaign: aCampaign(id, { genres: ['rock', 'metal'] }),
    creative,
    serving: {
      id: randomUUID(),
      campaignId: id,
      creativeId: creative.id,
      issuedAt: 1_700_000_000,
      seconds: creative.seconds,
    },
    ...change,
  };
}

function parse(xml: string): Document {
  return parseVastDocument(new TextEncoder().encode(xml));
}

/** Any text that a JSON file may hold, control characters and halves of pairs included. */
const anyText = fc.string({ unit: 'binary', maxLength: 40 });

describe('our VAST', () => {
  it('follows the structure of VAST 4.2, with everything and with as little as may be', () => {
    const bare = aCreative('bare', { companion: null, clickThrough: null });
    const skippable = aCreative('skippable', { skipAfterSeconds: 5, seconds: 29.5 });
    const offers = [
      offerOf('one'),
      offerOf('two', { creative: bare }),
      offerOf('three', { creative: skippable }),
    ];
    for (const some of [offers, []]) {
      expect(structureFaults(parse(vastOf(some, addresses)).documentElement)).toEqual([]);
    }
  });

  it('is told from what does not follow it', () => {
    const root = parse(
      '<VAST version="4.2"><Ad adType="radio"><InLine><AdTitle/><AdSystem/></InLine></Ad></VAST>',
    ).documentElement;
    expect(structureFaults(root).join('\n')).toMatch(
      /adType="radio"[^]*0 of Impression[^]*another order/,
    );
  });

  it('is read by the app as it was meant', async () => {
    const skippable = aCreative('skippable', { skipAfterSeconds: 5 });
    const xml = vastOf([offerOf('one'), offerOf('two', { creative: skippable })], addresses);
    const page = readVastPage(parse(xml), 'https://ads.example/v1/ads/vast', new VASTParser());
    const { chains, complaints } = await followWrappers(page, () => Promise.reject(new Error()));
    expect(complaints).toEqual([]);
    expect(chains.map(readVastAd)).toMatchObject([
      {
        campaign: 'one',
        advertiser: 'one Ltd',
        title: 'About one-1',
        categories: ['sport'],
        genres: ['rock', 'metal'],
        media: 'https://media.example/one-1.mp3',
        companion: { address: 'https://media.example/one-1.png', alt: 'Picture of one-1' },
        clickThrough: 'https://one-1.example/offer',
        skipAfterSeconds: null,
        lastsSeconds: 3600,
      },
      { campaign: 'two', skipAfterSeconds: 5 },
    ]);
  });

  it('stays well-formed and says the same whatever characters a name is made of', () => {
    fc.assert(
      fc.property(anyText, anyText, (title, advertiser) => {
        const offer = offerOf('one', {
          campaign: aCampaign('one', { advertiser }),
          creative: aCreative('one-1', { title }),
        });
        const root = parse(vastOf([offer], addresses)).documentElement;
        expect(structureFaults(root)).toEqual([]);
        expect(root.getElementsByTagName('AdTitle')[0]?.textContent).toBe(written(title));
        expect(root.getElementsByTagName('Advertiser')[0]?.textContent).toBe(written(advertiser));
      }),
    );
  });

  it('can’t be broken out of by an attribute', () => {
    fc.assert(
      fc.property(anyText, (value) => {
        const root = parse(documentOf(element('VAST', { version: value }))).documentElement;
        expect(root.attributes).toHaveLength(1);
        expect(root.getAttribute('version')).toBe(written(value));
      }),
    );
  });
});

/** What of a text XML 1.0 has characters for. */
function written(text: string): string {
  return Array.from(text)
    .filter((character) => {
      const code = character.codePointAt(0) ?? 0;
      const isHalfPair = code >= 0xd800 && code <= 0xdfff;
      if (isHalfPair || code === 0xfffe || code === 0xffff) return false;
      return code >= 0x20 || [9, 10, 13].includes(code);
    })
    .join('');
}
