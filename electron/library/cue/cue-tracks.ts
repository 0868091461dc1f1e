import type { TrackDetails } from '../../../shared/track-details.ts';
import { type PreparedTags, prepareTags } from '../prepare-tags.ts';
import { type Fields, newFields, put, putAll } from '../tags/fields.ts';
import { finishTags } from '../tags/finish-tags.ts';
import type { Tags } from '../tags/tags.ts';
import { framesPerSecond, parseCue, type CueText, type CueTrack } from './parse-cue.ts';

/** What a sheet says of one sound file. */
interface Cue {
  /** Of the whole sheet. */
  readonly texts: readonly CueText[];
  readonly tracks: readonly CueTrack[];
  /** Of all files of the sheet. */
  readonly trackCount: number;
}

/** The same of a sheet in a file of its own, beside the sound. */
export interface FileCue extends Cue {
  readonly sheetName: string;
}

/**
 * The tracks of one file: one, or those of its sheet. What the sheet leaves open the file's own tags
 * say, but for what they say of a single track.
 * @param name the file's
 * @param cue a sheet beside the file, which goes before one inside it
 * @returns null: the sheet's tracks go on behind the file's end, so it is meant for another
 */
export function fileTracks(
  name: string,
  tags: Tags,
  cue: FileCue | null,
): readonly PreparedTags[] | null {
  const own = cue ?? cueInside(tags);
  if (own === null) return [prepareTags(name, tags)];
  if ((own.tracks.at(-1)?.startFrame ?? 0) / framesPerSecond >= tags.seconds) {
    // Files that were cut out of an image often carry the sheet of the whole.
    return cue === null ? [prepareTags(name, tags)] : null;
  }
  return own.tracks.map((track, index) => {
    const partStart = track.startFrame / framesPerSecond;
    const next = own.tracks[index + 1];
    const partEnd = next === undefined ? null : next.startFrame / framesPerSecond;
    const place = { part: index + 1, partStart, partEnd };
    const seconds = (partEnd ?? tags.seconds) - partStart;
    return prepareTags(name, partTags(name, { ...tags, seconds }, own, track), place);
  });
}

function cueInside({ cueSheet }: Tags): Cue | null {
  const sheet = cueSheet === null ? null : parseCue(cueSheet);
  const [file, ...others] = sheet?.files ?? [];
  if (sheet === null || file === undefined || others.length > 0 || file.tracks.length < 2) {
    return null;
  }
  const { tracks } = file;
  return { texts: sheet.texts, tracks, trackCount: tracks.length };
}

function partTags(name: string, file: Tags, cue: Cue, track: CueTrack): Tags {
  const fields = fieldsOf([...cue.texts, ['track', `${track.number}/${cue.trackCount}`]]);
  putAll(fields, fieldsOf(track.texts));
  const said = finishTags(fields, { ...file, codec: file.details.codec ?? file.format });
  const albumArtists = some(said.albumArtists, file.albumArtists);
  return {
    ...file,
    title: said.title || `${name.replace(/\.[^.]*$/, '')} (${track.number})`,
    artists: some(said.artists, albumArtists, file.artists),
    albumArtists,
    album: said.album || file.album,
    genres: some(said.genres, file.genres),
    track: said.track,
    disc: said.disc ?? file.disc,
    year: said.year ?? file.year,
    details: detailsOf(file, said.details),
  };
}

function fieldsOf(texts: readonly CueText[]): Fields {
  const fields = newFields();
  for (const [name, text] of texts) put(fields, name, text);
  return fields;
}

function some(...lists: readonly (readonly string[])[]): readonly string[] {
  return lists.find(({ length }) => length > 0) ?? [];
}

/** What a file says that is true of each of its parts. */
const ofEveryPart = [
  'discs',
  'date',
  'originalDate',
  'composers',
  'label',
  'albumSort',
  'albumArtistSort',
  'codec',
  'bitRate',
  'sampleRate',
  'channels',
  'bitDepth',
] as const;

function detailsOf({ details }: Tags, said: TrackDetails): TrackDetails {
  const kept = ofEveryPart.filter((name) => details[name] !== undefined);
  const shared: TrackDetails = Object.fromEntries(kept.map((name) => [name, details[name]]));
  const track = said.replayGain?.track;
  // A gain that was measured over the whole file is the album's.
  const { replayGain: ofFile } = details;
  const album = said.replayGain?.album ?? ofFile?.album ?? ofFile?.track;
  const replayGain = { ...(track && { track }), ...(album && { album }) };
  return { ...shared, ...said, ...((track ?? album) && { replayGain }) };
}
