import type { IAudioMetadata, ITag } from 'music-metadata';
import {
  type FieldName,
  type Fields,
  newFields,
  put,
  putAll,
  putChapter,
  putComment,
  putPicture,
} from './fields.ts';
import {
  aiffNames,
  apeNames,
  asfNames,
  freeformNames,
  id3Names,
  id3v1Names,
  mp4Names,
  oldId3Names,
  riffNames,
  vorbisNames,
} from './field-names.ts';
import { lrcLine } from './id3v2-frames.ts';
import { riffText } from './riff-text.ts';
import { readChapterComment } from './vorbis-comment.ts';
import { stretchOf } from './stretch.ts';

/** From what counts least to what counts most, where a file has several kinds of tags. */
const kinds = [
  'ID3v1',
  'AIFF',
  'exif',
  'iTunes',
  'asf',
  'ID3v2.2',
  'ID3v2.3',
  'ID3v2.4',
  'vorbis',
  'APEv2',
] as const;
type Kind = (typeof kinds)[number];

const freeformPrefix = '----:com.apple.iTunes:';

/**
 * The parser's answer as our fields, out of its raw tags: its own common names for them part names
 * at slashes and lose what it does not know.
 */
export function parsedFields(metadata: IAudioMetadata): Fields {
  const fields = newFields();
  for (const kind of kinds) {
    const tags = metadata.native[kind];
    if (tags !== undefined) putAll(fields, fieldsOf(kind, tags, metadata));
  }
  return fields;
}

function fieldsOf(kind: Kind, tags: readonly ITag[], metadata: IAudioMetadata): Fields {
  const fields = newFields();
  switch (kind) {
    case 'ID3v2.2':
    case 'ID3v2.3':
      readId3(fields, withSlashes(tags, metadata));
      break;
    case 'ID3v2.4':
      readId3(fields, tags);
      break;
    case 'vorbis':
      for (const { id, value } of tags) {
        readNamed(fields, vorbisNames.get(id), id, value);
        if (typeof value === 'string') readChapterComment(fields, id, value);
      }
      break;
    case 'APEv2':
      for (const { id, value } of tags) {
        readNamed(fields, apeNames.get(id.toUpperCase()), id, value);
      }
      break;
    case 'iTunes':
      for (const { id, value } of tags) readNamed(fields, mp4Name(id), id, value);
      break;
    case 'exif':
      for (const { id, value } of tags) {
        readNamed(
          fields,
          riffNames.get(id),
          id,
          typeof value === 'string' ? riffText(value) : value,
        );
      }
      break;
    case 'asf':
      for (const { id, value } of tags) readNamed(fields, asfNames.get(id), id, value);
      break;
    case 'AIFF':
      for (const { id, value } of tags) readNamed(fields, aiffNames.get(id), id, value);
      break;
    case 'ID3v1':
      for (const { id, value } of tags) readNamed(fields, id3v1Names.get(id), id, value);
      break;
  }
  return fields;
}

function mp4Name(id: string): FieldName | undefined {
  if (!id.startsWith(freeformPrefix)) return mp4Names.get(id);
  return freeformNames.get(id.slice(freeformPrefix.length).toUpperCase());
}

function readNamed(fields: Fields, name: FieldName | undefined, id: string, value: unknown): void {
  if (name !== undefined) {
    if (typeof value === 'string') put(fields, name, value);
    else if (typeof value === 'number' || typeof value === 'boolean') {
      put(fields, name, String(Number(value)));
    }
  } else if (isObject(value) && value['data'] instanceof Uint8Array && isPictureTag(id)) {
    const isFront = value['type'] === 'Cover (front)' || id.toUpperCase() === 'COVER ART (FRONT)';
    putPicture(fields, stretchOf(value['data']), isFront);
  }
}

function isPictureTag(id: string): boolean {
  return (
    id === 'covr' ||
    id === 'METADATA_BLOCK_PICTURE' ||
    id === 'WM/Picture' ||
    id.toUpperCase().startsWith('COVER ART (')
  );
}

function readId3(fields: Fields, tags: readonly ITag[]): void {
  for (const { id: written, value } of tags) {
    const id = oldId3Names.get(written) ?? written;
    if (typeof value === 'string') {
      const name = id.startsWith('TXXX:')
        ? freeformNames.get(id.slice(5).toUpperCase())
        : id3Names.get(id);
      if (name !== undefined) put(fields, name, value);
    } else if (isObject(value)) {
      readId3Object(fields, id, value);
    }
  }
}

function readId3Object(fields: Fields, id: string, value: Readonly<Record<string, unknown>>): void {
  const { data, type, text, descriptor, syncText, owner_identifier: owner, identifier } = value;
  switch (id) {
    case 'APIC':
      if (data instanceof Uint8Array) putPicture(fields, stretchOf(data), type === 'Cover (front)');
      break;
    case 'COMM':
      if (typeof text === 'string' && typeof descriptor === 'string')
        putComment(fields, descriptor, text);
      break;
    case 'USLT':
      if (typeof text === 'string') put(fields, 'lyrics', text);
      break;
    case 'SYLT':
      if (value['timeStampFormat'] === 2) put(fields, 'lyrics', lrcText(syncText));
      break;
    case 'UFID':
      if (owner === 'http://musicbrainz.org' && identifier instanceof Uint8Array) {
        put(fields, 'recordingId', Buffer.from(identifier).toString('latin1'));
      }
      break;
    case 'CHAP':
      readChapter(fields, value);
      break;
  }
}

function readChapter(fields: Fields, { frames, info }: Readonly<Record<string, unknown>>): void {
  const title: unknown = frames instanceof Map ? frames.get('TIT2') : undefined;
  const start = isObject(info) ? info['startTime'] : undefined;
  if (typeof title === 'string' && typeof start === 'number')
    putChapter(fields, title, start / 1000);
}

function lrcText(lines: unknown): string {
  if (!Array.isArray(lines)) return '';
  return lines
    .filter((line: unknown) => isObject(line))
    .map(({ timestamp, text }) => lrcLine(Number(timestamp), String(text)))
    .join('\n');
}

/**
 * Of ID3 before 2.4 the parser takes every slash for a separator, which breaks AC/DC apart, but for
 * texts that zero bytes part, of which it warns.
 */
function withSlashes(tags: readonly ITag[], { quality }: IAudioMetadata): ITag[] {
  const joined: ITag[] = [];
  for (const { id, value } of tags) {
    const last = joined.at(-1);
    const [frame = ''] = id.split(':', 1);
    if (partedFrames.has(frame) && last?.id === id && !wasPartedByZero(frame)) {
      joined[joined.length - 1] = { id, value: `${String(last.value)}/${String(value)}` };
    } else {
      joined.push({ id, value });
    }
  }
  return joined;

  function wasPartedByZero(frame: string): boolean {
    return quality.warnings.some(({ message }) =>
      message.includes(`${frame} uses non standard null`),
    );
  }
}

const partedFrames: ReadonlySet<string> = new Set(['TPE1', 'TCOM', 'TSRC', 'TXXX']);

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
