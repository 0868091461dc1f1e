import { uint32, uint32Little } from '../made-library/file-shape.ts';
import type { MadeTags } from './made-tags.ts';

/** @param id3 null: texts of RIFF alone */
export function wav(
  tags: MadeTags,
  audio: Buffer,
  id3: Buffer | null,
  isTagFirst: boolean,
): Buffer {
  const format = Buffer.alloc(16);
  format.writeUInt16LE(1, 0);
  format.writeUInt16LE(2, 2);
  format.writeUInt32LE(44_100, 4);
  format.writeUInt32LE(44_100 * 4, 8);
  format.writeUInt16LE(4, 12);
  format.writeUInt16LE(16, 14);
  const info = Buffer.concat([
    Buffer.from('INFO'),
    ...[
      ['INAM', tags.title],
      ['IART', tags.artists.join('; ')],
      ['IPRD', tags.album],
      ['ICRD', tags.date],
      ['ITRK', String(tags.track)],
    ].map(([name = '', text = '']) => riffChunk(name, Buffer.from(`${text}\0`))),
  ]);
  const chunks = [riffChunk('LIST', info), ...(id3 === null ? [] : [riffChunk('id3 ', id3)])];
  const data = riffChunk('data', audio);
  const body = [Buffer.from('WAVE'), riffChunk('fmt ', format)];
  return riffChunk(
    'RIFF',
    Buffer.concat(isTagFirst ? [...body, ...chunks, data] : [...body, data, ...chunks]),
  );
}

export function aiff(tags: MadeTags, audio: Buffer, id3: Buffer | null): Buffer {
  const common = Buffer.alloc(18);
  common.writeUInt16BE(2, 0);
  common.writeUInt32BE(Math.floor(audio.length / 4), 2);
  common.writeUInt16BE(16, 6);
  // 44,100 as a number of 80 bits.
  common.set([0x40, 0x0e, 0xac, 0x44], 8);
  const name = Buffer.from(tags.title.replaceAll(/[^ -~]/g, '?'));
  return formChunk(
    'FORM',
    Buffer.concat([
      Buffer.from('AIFF'),
      formChunk('COMM', common),
      formChunk('NAME', name),
      formChunk('SSND', Buffer.concat([Buffer.alloc(8), audio])),
      ...(id3 === null ? [] : [formChunk('ID3 ', id3)]),
    ]),
  );
}

function riffChunk(name: string, body: Buffer): Buffer {
  return chunk(name, uint32Little(body.length), body);
}

function formChunk(name: string, body: Buffer): Buffer {
  return chunk(name, uint32(body.length), body);
}

function chunk(name: string, length: Buffer, body: Buffer): Buffer {
  return Buffer.concat([Buffer.from(name), length, body, Buffer.alloc(body.length % 2)]);
}
