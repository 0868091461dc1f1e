import { DOMParser } from '@xmldom/xmldom';

const mostMarks = 10_000;
const deepest = 64;

/**
 * Parses a VAST response into the DOM that vast-client reads.
 * @param bytes as many as its caller let through
 * @throws for what is no VAST, and for what the parser would take long over
 */
export function parseVastDocument(bytes: Uint8Array): Document {
  const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  // SECURITY: without a document type there are no entities to expand.
  if (/<!doctype/i.test(text)) throw new Error('A VAST response must not have a DOCTYPE');
  checkMarks(text);
  const xml = new DOMParser({
    errorHandler: { warning: fail, error: fail, fatalError: fail },
  }).parseFromString(text, 'text/xml');
  // For a text without an element the parser gives undefined, against its own type.
  const root: Element | null | undefined = (xml as Document | undefined)?.documentElement;
  if (root?.nodeName !== 'VAST') throw new Error('The response is no VAST');
  return xml;
}

/**
 * The parser needs minutes for a few hundred kilobytes of marks that are opened and never closed.
 * So each mark has to end, and there may be only so many, so deep.
 */
function checkMarks(text: string): void {
  let depth = 0;
  let marks = 0;
  for (let at = text.indexOf('<'); at !== -1; at = text.indexOf('<', at)) {
    const end = endOf(text, at);
    if (end === null) throw new Error('The VAST response is cut off');
    if (text[at + 1] === '/') depth -= 1;
    else if (isElement(text, at) && text[end - 2] !== '/') depth += 1;
    marks += 1;
    if (marks > mostMarks || depth > deepest) throw new Error('The VAST response is too intricate');
    at = end;
  }
}

const closings: readonly (readonly [string, string])[] = [
  ['<!--', '-->'],
  ['<![CDATA[', ']]>'],
  ['<?', '?>'],
  ['<', '>'],
];

/** @returns where the mark that begins at `at` is over; null when it never is */
function endOf(text: string, at: number): number | null {
  for (const [opening, closing] of closings) {
    if (!text.startsWith(opening, at)) continue;
    const end = text.indexOf(closing, at + opening.length);
    return end === -1 ? null : end + closing.length;
  }
  return null;
}

function isElement(text: string, at: number): boolean {
  return text[at + 1] !== '!' && text[at + 1] !== '?';
}

function fail(message: unknown): never {
  throw new Error(`The VAST response is malformed: ${String(message)}`);
}
