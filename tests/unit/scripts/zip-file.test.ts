import fc from 'fast-check';
import { crc32, deflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { readZip } from '../../../scripts/zip-file.mjs';

const files = fc.uniqueArray(
  fc.record({
    name: fc.stringMatching(/^[a-zé]{1,12}(\/[a-z]{1,8})?$/),
    bytes: fc.uint8Array({ maxLength: 4_000 }),
    isPacked: fc.boolean(),
    mode: fc.constantFrom(0o644, 0o755),
  }),
  { selector: (file) => file.name, maxLength: 8 },
);

describe('readZip', () => {
  it('gives back every file that was put in, whatever comment follows', () => {
    fc.assert(
      fc.property(files, fc.string({ maxLength: 60 }), (put, comment) => {
        const got = readZip(writeZip(put, comment));
        expect(got.map(({ name, mode }) => ({ name, mode }))).toEqual(
          put.map(({ name, mode }) => ({ name, mode })),
        );
        got.forEach((entry, index) => {
          expect(new Uint8Array(entry.read())).toEqual(put[index]?.bytes);
        });
      }),
    );
  });

  it('refuses an archive that was cut short', () => {
    const zip = writeZip([{ name: 'a', bytes: new Uint8Array(100), isPacked: false, mode: 0o644 }]);
    expect(() => readZip(zip.subarray(0, zip.length - 30))).toThrow('not a zip archive');
  });

  it('refuses an entry that unpacks to more than it declares', () => {
    const zip = writeZip([{ name: 'a', bytes: new Uint8Array(100), isPacked: true, mode: 0o644 }]);
    const directory = zip.lastIndexOf(Buffer.from('PK\x01\x02', 'latin1'));
    zip.writeUInt32LE(50, directory + 24);
    expect(() => readZip(zip)[0]?.read()).toThrow();
  });
});

interface PutFile {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly isPacked: boolean;
  readonly mode: number;
}

/** Writes the archive as APPNOTE.TXT §4.3 lays it out. */
function writeZip(put: readonly PutFile[], comment = ''): Buffer {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let start = 0;
  for (const { name, bytes, isPacked, mode } of put) {
    const data = isPacked ? deflateRawSync(bytes) : Buffer.from(bytes);
    const nameBytes = Buffer.from(name, 'utf8');
    const shared = Buffer.alloc(26);
    shared.writeUInt16LE(20, 0);
    shared.writeUInt16LE(isPacked ? 8 : 0, 4);
    shared.writeUInt32LE(crc32(bytes), 10);
    shared.writeUInt32LE(data.length, 14);
    shared.writeUInt32LE(bytes.length, 18);
    shared.writeUInt16LE(nameBytes.length, 22);
    const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), shared, nameBytes, data]);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE((mode << 16) >>> 0, 6);
    tail.writeUInt32LE(start, 10);
    const made = Buffer.from([20, 3]);
    const signature = Buffer.from('PK\x01\x02', 'latin1');
    directory.push(Buffer.concat([signature, made, shared, tail, nameBytes]));
    locals.push(local);
    start += local.length;
  }
  const listed = Buffer.concat(directory);
  const text = Buffer.from(comment, 'utf8');
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 0, 'latin1');
  end.writeUInt16LE(put.length, 8);
  end.writeUInt16LE(put.length, 10);
  end.writeUInt32LE(listed.length, 12);
  end.writeUInt32LE(start, 16);
  end.writeUInt16LE(text.length, 20);
  return Buffer.concat([...locals, listed, end, text]);
}
