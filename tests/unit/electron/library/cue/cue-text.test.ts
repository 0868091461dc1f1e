import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cueText } from '../../../../../electron/library/cue/cue-text.ts';

const sheet = (title: string) => `PERFORMER "${title}"\r\nFILE "a.wav" WAVE\r\n`;
const latin = sheet('Sigur Rós – “Ágætis” byrjun’, größer, créée');
const cyrillic = sheet('Кино, Группа крови');
/** 椎名林檎の歌, with its kana. */
const japaneseBytes = Buffer.concat([
  Buffer.from('TITLE "'),
  Buffer.from([0x92, 0xc5, 0x96, 0xbc, 0x97, 0xd1, 0x8c, 0xe7, 0x82, 0xcc, 0x89, 0xcc]),
  Buffer.from('"\r\n'),
]);

describe('The text of a sheet', () => {
  it('is told by its byte order mark', () => {
    expect(cueText(Buffer.from(`\ufeff${cyrillic}`))).toBe(cyrillic);
    expect(cueText(Buffer.from(`\ufeff${cyrillic}`, 'utf16le'))).toBe(cyrillic);
    expect(cueText(Buffer.from(`\ufeff${cyrillic}`, 'utf16le').swap16())).toBe(cyrillic);
  });

  it('is told without one, too', () => {
    expect(cueText(Buffer.from(cyrillic))).toBe(cyrillic);
    expect(cueText(Buffer.from(cyrillic, 'utf16le'))).toBe(cyrillic);
    expect(cueText(oneByte(latin, 'windows-1254'))).toBe(latin);
    expect(cueText(oneByte(cyrillic, 'windows-1251'))).toBe(cyrillic);
    expect(cueText(japaneseBytes)).toBe('TITLE "椎名林檎の歌"\r\n');
  });

  it('is some text, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        expect(typeof cueText(bytes)).toBe('string');
      }),
    );
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const marked = Buffer.from(`\ufeff${text}`);
        expect(cueText(marked)).toBe(text);
      }),
    );
  });
});

/** Node writes no such encoding, but reads them all. */
function oneByte(text: string, encoding: string): Buffer {
  const letters = new TextDecoder(encoding).decode(Uint8Array.from({ length: 256 }, (_, n) => n));
  return Buffer.from(Array.from(text, (letter) => letters.indexOf(letter)));
}
