import { type BeaconEvent, categoryAuthority, genreAuthority } from '../api/ads.ts';
import type { BeaconAddresses, Serving } from './beacon-address.ts';
import type { Campaign, Creative } from './catalogue.ts';
import { type Xml, documentOf, element } from './xml.ts';

/** An ad that is offered for a break. */
export interface Offer {
  readonly serving: Serving;
  readonly campaign: Omit<Campaign, 'creatives'>;
  readonly creative: Creative;
}

/** How long after it was decided an ad may be played. */
const lastsSeconds = 3600;

/** `notUsed` stands in the text of VAST 4.2 (3.14.1), though its schema file forgets it. */
const tracked = [
  'start',
  'firstQuartile',
  'midpoint',
  'thirdQuartile',
  'complete',
  'mute',
  'unmute',
  'pause',
  'resume',
  'skip',
  'closeLinear',
  'notUsed',
] as const satisfies readonly BeaconEvent[];

/**
 * A VAST 4.2 response: each ad a candidate, from which the device makes its pod. Children stand in
 * the order of the schema. Without an offer it is the empty response, which is no error.
 */
export function vastOf(offers: readonly Offer[], addresses: BeaconAddresses): string {
  const attributes = { version: '4.2', xmlns: 'http://www.iab.com/VAST' };
  return documentOf(
    element(
      'VAST',
      attributes,
      offers.map((offer, index) => adOf(offer, index + 1, addresses)),
    ),
  );
}

function adOf(offer: Offer, sequence: number, addresses: BeaconAddresses): Xml {
  const { serving, campaign, creative } = offer;
  const beacon = (event: BeaconEvent): string => addresses.of(serving, event);
  return element('Ad', { id: campaign.id, sequence, adType: 'audio' }, [
    element('InLine', {}, [
      element('AdSystem', { version: '1' }, 'Refrain'),
      element('Error', {}, `${beacon('error')}&code=[ERRORCODE]`),
      element('Impression', { id: serving.id }, beacon('impression')),
      element('AdServingId', {}, serving.id),
      element('AdTitle', {}, creative.title),
      element('Advertiser', {}, campaign.advertiser),
      element('Category', { authority: categoryAuthority }, campaign.category),
      ...campaign.genres.map((genre) => element('Category', { authority: genreAuthority }, genre)),
      element('Creatives', {}, [
        element('Creative', { id: creative.id, sequence: 1 }, [
          linearOf(creative, beacon),
          element('UniversalAdId', { idRegistry: 'refrain' }, creative.id),
        ]),
        companionOf(creative, beacon),
      ]),
      element('Expires', {}, String(lastsSeconds)),
    ]),
  ]);
}

function linearOf(creative: Creative, beacon: (event: BeaconEvent) => string): Xml {
  const { skipAfterSeconds, clickThrough } = creative;
  const skippable = skipAfterSeconds === null ? {} : { skipoffset: clockText(skipAfterSeconds) };
  return element('Linear', skippable, [
    element(
      'TrackingEvents',
      {},
      tracked.map((event) => element('Tracking', { event }, beacon(event))),
    ),
    element('Duration', {}, clockText(creative.seconds)),
    element('MediaFiles', {}, [
      element(
        'MediaFile',
        {
          delivery: 'progressive',
          type: creative.mediaType,
          bitrate: creative.bitrateKbps,
          // As for all audio.
          width: 0,
          height: 0,
        },
        creative.mediaUrl,
      ),
    ]),
    clickThrough === null
      ? null
      : element('VideoClicks', {}, [
          element('ClickTracking', {}, beacon('clickThrough')),
          element('ClickThrough', {}, clickThrough),
        ]),
  ]);
}

function companionOf(creative: Creative, beacon: (event: BeaconEvent) => string): Xml | null {
  const { companion, clickThrough } = creative;
  if (companion === null) return null;
  const { url, type, width, height, alt } = companion;
  return element('Creative', { id: `${creative.id}-companion`, sequence: 1 }, [
    element('CompanionAds', { required: 'none' }, [
      element('Companion', { width, height, renderingMode: 'concurrent' }, [
        element('StaticResource', { creativeType: type }, url),
        element('AltText', {}, alt),
        clickThrough === null ? null : element('CompanionClickThrough', {}, clickThrough),
        clickThrough === null
          ? null
          : element('CompanionClickTracking', { id: 'refrain' }, beacon('clickThrough')),
        element('TrackingEvents', {}, [
          element('Tracking', { event: 'creativeView' }, beacon('creativeView')),
        ]),
      ]),
    ]),
    element('UniversalAdId', { idRegistry: 'refrain' }, creative.id),
  ]);
}

/** HH:MM:SS, with milliseconds where there are some. */
function clockText(seconds: number): string {
  return new Date(Math.round(seconds * 1000)).toISOString().slice(11, 23).replace('.000', '');
}
