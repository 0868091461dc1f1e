import { DOMParser } from '@xmldom/xmldom';
import { VastFault, vastCodes } from './vast-fault.ts';

/** Six ads with companions have a few hundred marks, and the longest is that of the schema's name. */
const mostMarks = 3000;
const longestMark = 2048;
const deepest = 32;

/**
 * Parses a VAST response into the DOM that vast-client reads.
 * @param bytes as many as its caller let through
 * @throws VastFault for what is no VAST, and for what the parser would take long over
 */
export function parseVastDocument(bytes: Uint8Array): Document {
  const text = decode(bytes);
  // SECURITY: without a document type there are no entities to expand.
  if (/<!doctype/i.test(text)) fail('it has a DOCTYPE');
  checkMarks(text);
  const xml = new DOMParser({
    errorHandler: { warning: fail, error: fail, fatalError: fail },
  }).parseFromString(text, 'text/xml');
  // For a text without an element the parser gives undefined, against its own type.
  const root: Element | null | undefined = (xml as Document | undefined)?.documentElement;
  if (root?.nodeName === 'VideoAdServingTemplate') {
    throw new VastFault(vastCodes.unknownVersion, 'The response is of VAST 1');
  }
  if (root?.nodeName !== 'VAST') throw new VastFault(vastCodes.notVast, 'The response is no VAST');
  return xml;
}

/**
 * The parser needs minutes for a few hundred kilobytes of marks that are strange or never closed.
 * So only the marks that a VAST response is made of are let through: elements, comments, CDATA and
 * one XML declaration; each has to end, and there may be only so many, so long and so deep. This
 * runs in main, where all input events wait for it.
 */
function checkMarks(text: string): void {
  let depth = 0;
  let marks = 0;
  const [declaration = ''] = /^\s{0,20}<\?xml\s[^<>?]{0,200}\?>/.exec(text) ?? [];
  for (let at = text.indexOf('<', declaration.length); at !== -1; at = text.indexOf('<', at)) {
    const mark = markAt(text, at);
    depth += mark.deeper;
    marks += 1;
    if (depth < 0 || depth > deepest || marks > mostMarks) {
      fail('it is too intricate');
    }
    at = mark.end;
  }
}

const opaqueMarks = [
  ['<!--', '-->'],
  ['<![CDATA[', ']]>'],
] as const;

/** @returns where the mark is over and by how much it changes the depth */
function markAt(text: string, at: number): { readonly end: number; readonly deeper: number } {
  for (const [opening, closing] of opaqueMarks) {
    if (text.startsWith(opening, at)) {
      return { end: endOf(text, closing, at + opening.length), deeper: 0 };
    }
  }
  const end = endOf(text, '>', at);
  if (end - at > longestMark) fail('it has too long a mark');
  if (/[!?]/.test(text.charAt(at + 1))) fail('it has a strange mark');
  if (text.charAt(at + 1) === '/') return { end, deeper: -1 };
  return { end, deeper: text.charAt(end - 2) === '/' ? 0 : 1 };
}

function endOf(text: string, closing: string, from: number): number {
  const end = text.indexOf(closing, from);
  if (end === -1) fail('it is cut off');
  return end + closing.length;
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return fail('it is no text');
  }
}

function fail(message: unknown): never {
  throw new VastFault(vastCodes.malformed, `The VAST response is malformed: ${String(message)}`);
}
