import type { Chapter, Gain, TrackDetails } from '../../../shared/track-details.ts';
import type { AudioFormat } from '../../../shared/track.ts';
import type { Fields } from './fields.ts';
import { pictureHash } from './picture.ts';
import { cleanPassage, cleanText, splitValues } from './tag-text.ts';
import type { Tags } from './tags.ts';

/** What a file says of its sound. */
export interface Sound {
  readonly format: AudioFormat;
  readonly seconds: number;
  readonly lossless: boolean;
  readonly codec: string;
  /** Bits per second. */
  readonly bitRate?: number | undefined;
  readonly sampleRate?: number | undefined;
  readonly channels?: number | undefined;
  readonly bitDepth?: number | undefined;
  readonly encoderDelay?: number | undefined;
  readonly encoderPadding?: number | undefined;
}

type Draft = { -readonly [Name in keyof TrackDetails]: TrackDetails[Name] };

/** Cleans and understands what was written. */
export function finishTags(fields: Fields, sound: Sound): Tags {
  const date = dateOf(fields);
  const { format, seconds, lossless } = sound;
  return {
    format,
    title: cleanText(fields.title),
    artists: splitValues(fields.artists ?? fields.artist),
    albumArtists: splitValues(fields.albumArtists ?? fields.albumArtist),
    album: cleanText(fields.album),
    compilation: fields.compilation === '1' || fields.compilation?.toLowerCase() === 'true',
    genres: splitValues(fields.genres),
    seconds,
    track: leadingNumber(fields.track, 9999),
    disc: leadingNumber(fields.disc, 999),
    year: leadingNumber(date?.slice(0, 4), 9999),
    musicbrainz: cleanText(fields.releaseId) || null,
    picture: fields.picture === undefined ? null : pictureHash(fields.picture.bytes),
    lossless,
    cueSheet: fields.cueSheet ?? null,
    details: detailsOf(fields, sound, date),
  };
}

function detailsOf(fields: Fields, sound: Sound, date: string | undefined): TrackDetails {
  const details: Draft = {};
  keepNumber(details, 'tracks', leadingNumber(fields.tracks ?? afterSlash(fields.track), 9999));
  keepNumber(details, 'discs', leadingNumber(fields.discs ?? afterSlash(fields.disc), 999));
  keepText(details, 'date', plainDate(date));
  keepText(details, 'originalDate', plainDate(fields.originalDate ?? fields.originalYear));
  const composers = splitValues(fields.composers);
  if (composers.length > 0) details.composers = composers;
  keepText(details, 'comment', cleanPassage(fields.comment));
  keepText(details, 'lyrics', cleanPassage(fields.lyrics));
  keepText(details, 'label', cleanText(fields.label));
  keepText(details, 'isrc', cleanText(fields.isrc));
  keepNumber(details, 'beatsPerMinute', leadingNumber(fields.beatsPerMinute, 999));
  keepText(details, 'titleSort', cleanText(fields.titleSort));
  keepText(details, 'artistSort', cleanText(fields.artistSort));
  keepText(details, 'albumSort', cleanText(fields.albumSort));
  keepText(details, 'albumArtistSort', cleanText(fields.albumArtistSort));
  keepGains(details, fields);
  keepIds(details, fields);
  if (fields.chapters !== undefined) details.chapters = chaptersOf(fields.chapters);
  keepSound(details, fields, sound);
  return details;
}

function keepSound(details: Draft, fields: Fields, sound: Sound): void {
  details.codec = sound.codec;
  const gapless = fields.gapless === undefined ? null : gaplessOf(fields.gapless);
  keepNumber(details, 'encoderDelay', sound.encoderDelay ?? gapless?.delay);
  keepNumber(details, 'encoderPadding', sound.encoderPadding ?? gapless?.padding);
  keepNumber(details, 'bitRate', sound.bitRate && Math.round(sound.bitRate));
  keepNumber(details, 'sampleRate', sound.sampleRate);
  keepNumber(details, 'channels', sound.channels);
  keepNumber(details, 'bitDepth', sound.bitDepth);
}

function keepGains(details: Draft, fields: Fields): void {
  const track = gainOf(fields.trackGain, fields.trackPeak);
  const album = gainOf(fields.albumGain, fields.albumPeak);
  if (track || album) details.replayGain = { ...(track && { track }), ...(album && { album }) };
  const trackR128 = r128Of(fields.trackR128);
  const albumR128 = r128Of(fields.albumR128);
  if (trackR128 !== undefined || albumR128 !== undefined) {
    details.r128 = {
      ...(trackR128 !== undefined && { track: trackR128 }),
      ...(albumR128 !== undefined && { album: albumR128 }),
    };
  }
}

function keepIds(details: Draft, fields: Fields): void {
  const ids: { -readonly [Name in keyof Musicbrainz]: Musicbrainz[Name] } = {};
  const recording = cleanText(fields.recordingId);
  const track = cleanText(fields.trackId);
  const release = cleanText(fields.releaseId);
  const releaseGroup = cleanText(fields.releaseGroupId);
  if (recording !== '') ids.recording = recording;
  if (track !== '') ids.track = track;
  if (release !== '') ids.release = release;
  if (releaseGroup !== '') ids.releaseGroup = releaseGroup;
  if (fields.artistIds) ids.artists = idsOf(fields.artistIds);
  if (fields.albumArtistIds) ids.albumArtists = idsOf(fields.albumArtistIds);
  if (Object.keys(ids).length > 0) details.musicbrainz = ids;
}

type Musicbrainz = NonNullable<TrackDetails['musicbrainz']>;

/** Ids hold no slash, which parts them in ID3v2.3. */
function idsOf(values: readonly string[]): string[] {
  return splitValues(values.flatMap((value) => value.split('/').join('; ')));
}

function keepText(details: Draft, name: TextDetail, text: string): void {
  if (text !== '') details[name] = text;
}

type TextDetail =
  | 'date'
  | 'originalDate'
  | 'comment'
  | 'lyrics'
  | 'label'
  | 'isrc'
  | 'titleSort'
  | 'artistSort'
  | 'albumSort'
  | 'albumArtistSort';

function keepNumber(details: Draft, name: NumberDetail, number: number | null | undefined): void {
  if (typeof number === 'number' && Number.isFinite(number)) details[name] = number;
}

type NumberDetail =
  | 'tracks'
  | 'discs'
  | 'beatsPerMinute'
  | 'encoderDelay'
  | 'encoderPadding'
  | 'bitRate'
  | 'sampleRate'
  | 'channels'
  | 'bitDepth';

/** ID3v2.3 writes day and month apart from the year. */
function dateOf({ date, year, dayAndMonth }: Fields): string | undefined {
  if (date !== undefined || year === undefined) return date;
  const isDay =
    dayAndMonth !== undefined && /^(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])$/.test(dayAndMonth);
  return isDay && year.length === 4
    ? `${year}-${dayAndMonth.slice(2)}-${dayAndMonth.slice(0, 2)}`
    : year;
}

/** The year, with month and day where they follow as ISO 8601 has them; '' for anything else. */
function plainDate(date: string | undefined): string {
  if (date === undefined) return '';
  return /^\d{4}(?:-\d\d(?:-\d\d)?)?/.exec(date)?.[0] ?? '';
}

/** "3" of "3/12", within 1 and `most`. */
function leadingNumber(text: string | undefined, most: number): number | null {
  if (text === undefined) return null;
  const number = Number.parseInt(text, 10);
  return number >= 1 && number <= most ? number : null;
}

function afterSlash(text: string | undefined): string | undefined {
  const at = text?.indexOf('/') ?? -1;
  return at < 0 ? undefined : text?.slice(at + 1);
}

/** "-7.54 dB" and a peak of 0 to 100. https://wiki.hydrogenaud.io/index.php?title=ReplayGain_2.0 */
function gainOf(gain: string | undefined, peak: string | undefined): Gain | undefined {
  if (gain === undefined) return undefined;
  const decibels = Number.parseFloat(gain);
  if (!(Math.abs(decibels) <= 100)) return undefined;
  const loudest = peak === undefined ? Number.NaN : Number.parseFloat(peak);
  return loudest > 0 && loudest <= 100 ? { decibels, peak: loudest } : { decibels };
}

/** 256ths of a decibel. https://www.rfc-editor.org/rfc/rfc7845#section-5.2.1 */
function r128Of(text: string | undefined): number | undefined {
  if (text === undefined || !/^[+-]?\d{1,5}$/.test(text)) return undefined;
  const steps = Number(text);
  return Math.abs(steps) <= 32_768 ? steps / 256 : undefined;
}

/** " 00000000 00000840 000001CA 00000000003F31F6 …": of these, the second and third number. */
function gaplessOf(text: string): { readonly delay: number; readonly padding: number } | null {
  const found = /^\s*[\da-f]{8} ([\da-f]{8}) ([\da-f]{8}) /i.exec(text);
  if (found === null) return null;
  const [, delay = '', padding = ''] = found;
  return { delay: Number.parseInt(delay, 16), padding: Number.parseInt(padding, 16) };
}

function chaptersOf(chapters: readonly Chapter[]): readonly Chapter[] {
  return chapters
    .filter(({ seconds }) => Number.isFinite(seconds) && seconds >= 0)
    .map(({ title, seconds }) => ({ title: cleanText(title), seconds }))
    .sort((a, b) => a.seconds - b.seconds);
}
