import { type HeadFile, stepAside } from './head-file.ts';

/** Of RIFF or AIFF. */
export interface Chunk {
  /** Four letters. */
  readonly name: string;
  readonly at: number;
  /** As written; the file may end before. */
  readonly bytes: number;
}

const mostChunks = 200;
const containerBytes = 12;

/** The chunks of a file that is one container. https://www.mmsp.ece.mcgill.ca/Documents/AudioFormats/ */
export function chunksOf(file: HeadFile, order: 'RIFF' | 'FORM'): Chunk[] {
  const chunks: Chunk[] = [];
  let at = containerBytes;
  while (at + 8 <= file.size) {
    const header = file.window(at, 8);
    const bytes = order === 'RIFF' ? header.readUInt32LE(4) : header.readUInt32BE(4);
    if (chunks.length === mostChunks) stepAside();
    chunks.push({ name: header.toString('latin1', 0, 4), at: at + 8, bytes });
    // Chunks begin at even places.
    at += 8 + bytes + (bytes % 2);
  }
  return chunks;
}
