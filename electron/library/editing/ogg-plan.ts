import { largestPageBytes, makePages, type OggPage, readPage } from './ogg-pages.ts';
import { bytesPiece, copyPiece, type OldFile, type Piece } from './pieces.ts';
import { NotWrittenError, type TagEdit } from './tag-edit.ts';
import { editedComments, readComments, writeComments } from './vorbis-comments.ts';

const kinds = {
  /** Behind the comments stand the codebooks; both end on one page. */
  ogg: { head: 'vorbis', headAt: 1, comments: Buffer.from('\u0003vorbis', 'latin1'), packets: 2 },
  opus: { head: 'OpusHead', headAt: 0, comments: Buffer.from('OpusTags', 'latin1'), packets: 1 },
} as const;
const mostHeaderPages = 4000;

/**
 * Ogg with one stream of Vorbis or Opus: the packet of comments in new pages, and all pages behind
 * with new numbers, when there are more or fewer. https://www.rfc-editor.org/rfc/rfc7845#section-5
 */
export async function planOgg(
  file: OldFile,
  edit: TagEdit,
  format: 'ogg' | 'opus',
): Promise<Piece[]> {
  const kind = kinds[format];
  const first = await pageAt(file, 0);
  const isOurs = first.isFirst && first.body.toString('latin1', kind.headAt).startsWith(kind.head);
  if (!isOurs || packetsEnded(first) !== 1) throw new NotWrittenError('damaged');
  const { packets, pages, to } = await headerPackets(file, first, kind.packets);
  const [comments = Buffer.alloc(0), ...books] = packets;
  if (!comments.subarray(0, kind.comments.length).equals(kind.comments)) {
    throw new NotWrittenError('damaged');
  }
  const found = readComments(comments.subarray(kind.comments.length));
  const edited = writeComments(editedComments(found, edit, true));
  const fresh = makePages(
    [Buffer.concat([kind.comments, edited]), ...books],
    first.serial,
    first.number + 1,
  );
  const shift = fresh.length - pages;
  return [
    copyPiece(0, first.bytes.length),
    bytesPiece(...fresh),
    // Pages that keep their numbers are copied too, but looked at: a second stream ends the edit.
    { kind: 'pages', from: to, to: file.size, shift },
  ];
}

/** The packets behind the first page, which end with a page, for sound begins on one of its own. */
async function headerPackets(file: OldFile, first: OggPage, count: number) {
  const packets: Buffer[] = [];
  let parts: Buffer[] = [];
  let pages = 0;
  let at = first.bytes.length;
  while (packets.length < count) {
    const page = await pageAt(file, at);
    if (page.isFirst || page.serial !== first.serial) throw new NotWrittenError('several_streams');
    const isOdd = page.isContinued !== parts.length > 0 || page.number !== first.number + pages + 1;
    if (isOdd || pages >= mostHeaderPages) throw new NotWrittenError('damaged');
    let bodyAt = 0;
    for (const length of page.lacing) {
      parts.push(page.body.subarray(bodyAt, bodyAt + length));
      bodyAt += length;
      if (length === 255) continue;
      packets.push(Buffer.concat(parts));
      parts = [];
    }
    pages += 1;
    at += page.bytes.length;
  }
  if (packets.length !== count || parts.length > 0) throw new NotWrittenError('damaged');
  return { packets, pages, to: at };
}

async function pageAt(file: OldFile, at: number): Promise<OggPage> {
  const bytes = await file.read(at, Math.min(largestPageBytes, file.size - at));
  const page = readPage(bytes);
  if (page === null) throw new NotWrittenError('damaged');
  return page;
}

function packetsEnded({ lacing }: OggPage): number {
  return lacing.filter((length) => length < 255).length;
}
