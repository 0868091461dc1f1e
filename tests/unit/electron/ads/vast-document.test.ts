import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseVastDocument } from '../../../../electron/ads/vast-document.ts';

const mostBytes = 256 * 1024;

describe('a VAST document', () => {
  it('is parsed when it is one', () => {
    const text =
      '<?xml version="1.0"?>\n<!-- a <note> --><VAST version="4.2"><![CDATA[<?]]></VAST>';
    const xml = parseVastDocument(Buffer.from(text));
    expect(xml.documentElement.getAttribute('version')).toBe('4.2');
  });

  it.each([
    ['another root', '<html></html>'],
    ['no element', 'nothing here'],
    ['nothing', ''],
    ['a document type', '<!DOCTYPE VAST><VAST/>'],
    ['a document type in small letters', '<!doctype VAST><VAST/>'],
    ['an element left open', '<VAST><Ad></VAST>'],
    ['a processing instruction', '<VAST><?php echo 1 ?></VAST>'],
    ['a declaration inside', '<VAST><!ENTITY a "b"></VAST>'],
    ['bytes that are no UTF-8', Buffer.from([0x3c, 0xff, 0xfe])],
  ])('is refused for %s', (_what, content) => {
    expect(() => parseVastDocument(Buffer.from(content))).toThrow();
  });

  it.each(['<?', '<![CDATA[', '<!--', '<a>', '<', '<a b="', '</a>', '<!x>', '<?a?>', '&a;'])(
    'is answered within two seconds when it is 256 KiB of %s',
    (mark) => {
      const content = Buffer.from(`<VAST>${mark.repeat(mostBytes / mark.length)}`);
      expect(millisecondsOf(content)).toBeLessThan(2000);
    },
  );

  it.each([
    ['attributes', `<VAST version="4.2"${many((n) => ` a${n}=""`, mostBytes / 9)}></VAST>`],
    ['ads', `<VAST version="4.2">${'<Ad><InLine/></Ad>'.repeat(3300)}</VAST>`],
    ['levels', `<VAST version="4.2">${'<a>'.repeat(50)}${'</a>'.repeat(50)}</VAST>`],
  ])('is refused for more %s than any response has, over which the parser is slow', (_, text) => {
    expect(() => parseVastDocument(Buffer.from(text))).toThrow('malformed');
  });

  it('is answered within two seconds whatever marks it is made of', () => {
    const marks = ['<', '>', '/', '<!--', '-->', '<![CDATA[', ']]>', '<?', '?>', '<a>', '</a>'];
    const more = [
      '"',
      "'",
      '=',
      ' b="1"',
      '&lt;',
      '<!',
      'VAST',
      '\n',
      '<b xmlns:c="d">',
      'x',
      '   ',
      '&',
      ';',
    ];
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...marks, ...more), { minLength: 1, maxLength: 8 }),
        fc.array(fc.constantFrom(...marks, ...more), { maxLength: 4 }),
        (unit, end) => {
          const text = unit.join('');
          const repeated = text.repeat(Math.ceil(mostBytes / text.length));
          const content = Buffer.from(`<VAST>${repeated}${end.join('')}</VAST>`);
          expect(millisecondsOf(content)).toBeLessThan(2000);
        },
      ),
      { numRuns: 150 },
    );
  });
});

function many(one: (number: number) => string, count: number): string {
  return Array.from({ length: count }, (_, number) => one(number)).join('');
}

/** Whether it is refused or parsed does not matter here. */
function millisecondsOf(content: Uint8Array): number {
  const start = performance.now();
  try {
    parseVastDocument(content);
  } catch (error) {
    expect(error).toBeInstanceOf(Error);
  }
  return performance.now() - start;
}
