import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readItunesTag } from '../../../../../renderer/audio/decode/mp4-atoms.ts';
import { bytesFile } from '../../../../support/file-bytes.ts';

describe('free-form iTunes tags', () => {
  it('are found among others, by name', async () => {
    const file = fileOf(tag('iTunNORM', 'loud'), tag('iTunSMPB', ' 0 1 2 3'));
    expect(await readItunesTag(bytesFile(file), 'iTunSMPB')).toBe(' 0 1 2 3');
    expect(await readItunesTag(bytesFile(file), 'iTunPGAP')).toBeNull();
  });

  it('are nothing in a file without them, or of any other kind', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 4000 }), async (bytes) => {
        expect(await readItunesTag(bytesFile(bytes), 'iTunSMPB')).toBeNull();
      }),
    );
  });

  it('end the search wherever the file is cut off', async () => {
    const whole = fileOf(tag('iTunSMPB', ' 0 1 2 3'));
    for (let length = 0; length < whole.length; length += 1) {
      const found = await readItunesTag(bytesFile(whole.subarray(0, length)), 'iTunSMPB');
      expect(found).toBeNull();
    }
  });
});

function fileOf(...tags: readonly Buffer[]): Buffer {
  const meta = atom('meta', Buffer.alloc(4), atom('hdlr'), atom('ilst', atom('©nam'), ...tags));
  return Buffer.concat([
    atom('ftyp', Buffer.from('M4A ')),
    atom('moov', atom('trak'), atom('udta', meta)),
  ]);
}

function tag(name: string, value: string): Buffer {
  const flags = Buffer.alloc(4);
  return atom(
    '----',
    atom('mean', flags, Buffer.from('com.apple.iTunes')),
    atom('name', flags, Buffer.from(name)),
    atom('data', flags, Buffer.alloc(4), Buffer.from(value)),
  );
}

function atom(name: string, ...content: readonly Buffer[]): Buffer {
  const body = Buffer.concat(content);
  const head = Buffer.alloc(8);
  head.writeUInt32BE(8 + body.length);
  head.write(name, 4, 'latin1');
  return Buffer.concat([head, body]);
}
