import { uint32, uint32Little } from './file-shape.ts';
import type { MadeTrack } from './releases.ts';

/**
 * What FLAC, Ogg Vorbis and Opus say of the music. https://xiph.org/vorbis/doc/v-comment.html
 * @param more comments besides the usual ones
 */
export function vorbisComments(track: MadeTrack, more: readonly string[] = []): Buffer {
  const { release } = track;
  const comments = [
    `TITLE=${track.title}`,
    ...track.artists.map((artist) => `ARTIST=${artist}`),
    `ALBUM=${release.title}`,
    `ALBUMARTIST=${release.artist}`,
    `TRACKNUMBER=${track.track}`,
    `TRACKTOTAL=${release.tracks}`,
    ...(release.discs > 1 ? [`DISCNUMBER=${track.disc}`, `DISCTOTAL=${release.discs}`] : []),
    `DATE=${release.year}`,
    ...(release.originalYear === release.year ? [] : [`ORIGINALDATE=${release.originalYear}`]),
    ...release.genres.map((genre) => `GENRE=${genre}`),
    ...(track.composer === '' ? [] : [`COMPOSER=${track.composer}`]),
    ...(release.compilation ? ['COMPILATION=1'] : []),
    ...(release.releaseId === ''
      ? []
      : [
          `MUSICBRAINZ_ALBUMID=${release.releaseId}`,
          `MUSICBRAINZ_ARTISTID=${release.artistId}`,
          `MUSICBRAINZ_TRACKID=${track.recordingId}`,
        ]),
    ...(track.lyrics === '' ? [] : [`LYRICS=${track.lyrics}`]),
    ...more,
  ];
  return Buffer.concat([
    sized('reference libFLAC 1.4.3 20230623'),
    uint32Little(comments.length),
    ...comments.map(sized),
  ]);
}

/** Gains as FLAC and Vorbis have them; Opus counts otherwise. */
export function replayGain({ gain, release }: MadeTrack): string[] {
  if (gain === null || release.gain === null) return [];
  return [
    `REPLAYGAIN_TRACK_GAIN=${gain.toFixed(2)} dB`,
    `REPLAYGAIN_ALBUM_GAIN=${release.gain.toFixed(2)} dB`,
  ];
}

/** https://www.rfc-editor.org/rfc/rfc9639#section-8.8 */
export function pictureBlock(picture: Uint8Array): Buffer {
  const mimeType = Buffer.from('image/jpeg', 'latin1');
  return Buffer.concat([
    uint32(3),
    uint32(mimeType.length),
    mimeType,
    // No description; width, height, depth and colours, which nobody fills in.
    ...[0, 500, 500, 24, 0].map(uint32),
    uint32(picture.length),
    picture,
  ]);
}

function sized(text: string): Buffer {
  const bytes = Buffer.from(text);
  return Buffer.concat([uint32Little(bytes.length), bytes]);
}
