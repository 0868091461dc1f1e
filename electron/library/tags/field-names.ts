import type { FieldName } from './fields.ts';

type Names = ReadonlyMap<string, FieldName>;

/** What free texts of ID3 (TXXX) and MP4 (----) are called; those have own places for the rest. */
const freeform = {
  ARTISTS: 'artists',
  ALBUMARTISTS: 'albumArtists',
  ORIGINALDATE: 'originalDate',
  ORIGINALYEAR: 'originalYear',
  LABEL: 'label',
  ISRC: 'isrc',
  REPLAYGAIN_TRACK_GAIN: 'trackGain',
  REPLAYGAIN_TRACK_PEAK: 'trackPeak',
  REPLAYGAIN_ALBUM_GAIN: 'albumGain',
  REPLAYGAIN_ALBUM_PEAK: 'albumPeak',
  R128_TRACK_GAIN: 'trackR128',
  R128_ALBUM_GAIN: 'albumR128',
  'MUSICBRAINZ TRACK ID': 'recordingId',
  'MUSICBRAINZ RELEASE TRACK ID': 'trackId',
  'MUSICBRAINZ ALBUM ID': 'releaseId',
  'MUSICBRAINZ RELEASE GROUP ID': 'releaseGroupId',
  'MUSICBRAINZ ARTIST ID': 'artistIds',
  'MUSICBRAINZ ALBUM ARTIST ID': 'albumArtistIds',
  ITUNSMPB: 'gapless',
  CUESHEET: 'cueSheet',
  ALBUMARTISTSORT: 'albumArtistSort',
} as const satisfies Readonly<Record<string, FieldName>>;

const vorbis = {
  ...freeform,
  TITLE: 'title',
  ARTIST: 'artist',
  ALBUM: 'album',
  ALBUMARTIST: 'albumArtist',
  'ALBUM ARTIST': 'albumArtist',
  GENRE: 'genres',
  STYLE: 'genres',
  COMPOSER: 'composers',
  TRACKNUMBER: 'track',
  TRACKTOTAL: 'tracks',
  TOTALTRACKS: 'tracks',
  DISCNUMBER: 'disc',
  DISCTOTAL: 'discs',
  TOTALDISCS: 'discs',
  COMPILATION: 'compilation',
  DATE: 'date',
  YEAR: 'year',
  COMMENT: 'comment',
  DESCRIPTION: 'comment',
  LYRICS: 'lyrics',
  UNSYNCEDLYRICS: 'lyrics',
  ORGANIZATION: 'label',
  PUBLISHER: 'label',
  BPM: 'beatsPerMinute',
  TITLESORT: 'titleSort',
  ARTISTSORT: 'artistSort',
  ALBUMSORT: 'albumSort',
  MUSICBRAINZ_TRACKID: 'recordingId',
  MUSICBRAINZ_RELEASETRACKID: 'trackId',
  MUSICBRAINZ_ALBUMID: 'releaseId',
  MUSICBRAINZ_RELEASEGROUPID: 'releaseGroupId',
  MUSICBRAINZ_ARTISTID: 'artistIds',
  MUSICBRAINZ_ALBUMARTISTID: 'albumArtistIds',
} as const satisfies Readonly<Record<string, FieldName>>;

export const freeformNames = namesOf(freeform);

/** Of Vorbis comments, in capitals. https://picard-docs.musicbrainz.org/en/appendices/tag_mapping.html */
export const vorbisNames = namesOf(vorbis);

export const apeNames = namesOf({ ...vorbis, TRACK: 'track', DISC: 'disc', YEAR: 'date' });

/** https://id3.org/id3v2.4.0-frames and, of 2.3 and iTunes, some more. */
export const id3Names = namesOf({
  TIT2: 'title',
  TPE1: 'artist',
  TPE2: 'albumArtist',
  TALB: 'album',
  TCOM: 'composers',
  TCON: 'genres',
  TRCK: 'track',
  TPOS: 'disc',
  TCMP: 'compilation',
  TDRC: 'date',
  TYER: 'year',
  TDAT: 'dayAndMonth',
  TDOR: 'originalDate',
  TORY: 'originalYear',
  TPUB: 'label',
  TSRC: 'isrc',
  TBPM: 'beatsPerMinute',
  TSOT: 'titleSort',
  TSOP: 'artistSort',
  TSOA: 'albumSort',
  TSO2: 'albumArtistSort',
});

/** Of ID3v2.2, by what they are called since 2.3. https://id3.org/id3v2-00 */
export const oldId3Names: ReadonlyMap<string, string> = new Map([
  ['TT2', 'TIT2'],
  ['TP1', 'TPE1'],
  ['TP2', 'TPE2'],
  ['TAL', 'TALB'],
  ['TCM', 'TCOM'],
  ['TCO', 'TCON'],
  ['TRK', 'TRCK'],
  ['TPA', 'TPOS'],
  ['TCP', 'TCMP'],
  ['TYE', 'TYER'],
  ['TDA', 'TDAT'],
  ['TOR', 'TORY'],
  ['TPB', 'TPUB'],
  ['TRC', 'TSRC'],
  ['TBP', 'TBPM'],
  ['TST', 'TSOT'],
  ['TSP', 'TSOP'],
  ['TSA', 'TSOA'],
  ['TS2', 'TSO2'],
  ['TXX', 'TXXX'],
  ['COM', 'COMM'],
  ['ULT', 'USLT'],
  ['UFI', 'UFID'],
  ['PIC', 'APIC'],
]);

/** "©" is the single byte A9. https://github.com/sergiomb2/libmp4v2/wiki/iTunesMetadata */
export const mp4Names = namesOf({
  '©nam': 'title',
  '©ART': 'artist',
  aART: 'albumArtist',
  '©alb': 'album',
  '©wrt': 'composers',
  '©gen': 'genres',
  gnre: 'genres',
  trkn: 'track',
  disk: 'disc',
  cpil: 'compilation',
  '©day': 'date',
  '©cmt': 'comment',
  '©lyr': 'lyrics',
  tmpo: 'beatsPerMinute',
  sonm: 'titleSort',
  soar: 'artistSort',
  soal: 'albumSort',
  soaa: 'albumArtistSort',
});

export const riffNames = namesOf({
  INAM: 'title',
  TITL: 'title',
  IART: 'artist',
  IPRD: 'album',
  IRPD: 'album',
  IGNR: 'genres',
  GNRE: 'genres',
  ITRK: 'track',
  IPRT: 'track',
  ICRD: 'date',
  YEAR: 'year',
  ICMT: 'comment',
  COMM: 'comment',
  IMUS: 'composers',
});

export const aiffNames = namesOf({ NAME: 'title', AUTH: 'artist', ANNO: 'comment' });

export const id3v1Names = namesOf({
  title: 'title',
  artist: 'artist',
  album: 'album',
  year: 'date',
  comment: 'comment',
  track: 'track',
  genre: 'genres',
});

export const asfNames = namesOf({
  Title: 'title',
  Author: 'artist',
  'WM/AlbumArtist': 'albumArtist',
  'WM/AlbumTitle': 'album',
  'WM/TrackNumber': 'track',
  'WM/PartOfSet': 'disc',
  'WM/Genre': 'genres',
  'WM/Composer': 'composers',
  'WM/Year': 'date',
  'WM/OriginalReleaseTime': 'originalDate',
  'WM/OriginalReleaseYear': 'originalYear',
  'WM/IsCompilation': 'compilation',
  'WM/Lyrics': 'lyrics',
  'WM/Publisher': 'label',
  'WM/ISRC': 'isrc',
  'WM/BeatsPerMinute': 'beatsPerMinute',
  'WM/TitleSortOrder': 'titleSort',
  'WM/ArtistSortOrder': 'artistSort',
  'WM/AlbumSortOrder': 'albumSort',
  'WM/AlbumArtistSortOrder': 'albumArtistSort',
  'WM/ARTISTS': 'artists',
  Description: 'comment',
  REPLAYGAIN_TRACK_GAIN: 'trackGain',
  REPLAYGAIN_TRACK_PEAK: 'trackPeak',
  REPLAYGAIN_ALBUM_GAIN: 'albumGain',
  REPLAYGAIN_ALBUM_PEAK: 'albumPeak',
  'MusicBrainz/Track Id': 'recordingId',
  'MusicBrainz/Release Track Id': 'trackId',
  'MusicBrainz/Album Id': 'releaseId',
  'MusicBrainz/Release Group Id': 'releaseGroupId',
  'MusicBrainz/Artist Id': 'artistIds',
  'MusicBrainz/Album Artist Id': 'albumArtistIds',
});

function namesOf(names: Readonly<Record<string, FieldName>>): Names {
  return new Map(Object.entries(names));
}
