import type { LinkMarks, LinkTarget } from '../shared/link.ts';

/** A link from outside, read and bounded. */
export interface Link {
  readonly target: LinkTarget;
  readonly marks: LinkMarks;
}

const longestLinkBytes = 2048;
const longestStartSeconds = 86_400;

const libraryId = /^[1-9]\d{0,8}$/;
/** Of what other machines name: podcasts, gifts. */
const outsideId = /^[A-Za-z0-9_-]{1,64}$/;
const wholeSeconds = /^\d{1,5}$/;
/** Nothing that a page, a shell or a sentence could take for its own. */
const mark = /^[\w.+~-]{1,64}$/;

/**
 * Reads `refrain://open/{place}/{id}?t=…&utm_source=…`; other parameters are dropped, and so are
 * values that are not of their pattern.
 * SECURITY: what comes of it are words of a closed list, bounded numbers and marks of plain
 * characters; no part of the text itself goes further.
 * @returns null for anything else
 */
export function parseLink(text: string): Link | null {
  if (Buffer.byteLength(text) > longestLinkBytes || !URL.canParse(text)) return null;
  const { protocol, username, password, host, pathname, searchParams } = new URL(text);
  if (protocol !== 'refrain:' || host !== 'open' || username !== '' || password !== '') return null;
  const [, place = '', id, ...more] = pathname.split('/');
  const target = more.length > 0 ? null : targetOf(place, id, searchParams);
  return target && { target, marks: marksOf(searchParams) };
}

function targetOf(
  place: string,
  id: string | undefined,
  parameters: URLSearchParams,
): LinkTarget | null {
  switch (place) {
    case 'album':
    case 'artist':
    case 'genre':
    case 'playlist':
      return isId(libraryId, id) ? { to: place, id: Number(id) } : null;
    case 'track':
      return isId(libraryId, id)
        ? { to: place, id: Number(id), startSeconds: startOf(parameters) }
        : null;
    case 'podcast':
    case 'episode':
    case 'gift':
    case 'recap':
      return isId(outsideId, id) ? { to: place } : null;
    case 'settings':
      if (id === 'sound' || id === 'noted') return { to: id };
      return id === undefined ? { to: place } : null;
    case 'home':
    case 'premium':
    case 'genres':
      return id === undefined ? { to: place } : null;
    default:
      return null;
  }
}

function isId(pattern: RegExp, id: string | undefined): id is string {
  return id !== undefined && pattern.test(id);
}

function startOf(parameters: URLSearchParams): number {
  const given = parameters.get('t') ?? '';
  return wholeSeconds.test(given) ? Math.min(Number(given), longestStartSeconds) : 0;
}

function marksOf(parameters: URLSearchParams): LinkMarks {
  function of(name: string): string {
    const given = parameters.get(`utm_${name}`) ?? '';
    return mark.test(given) ? given : '';
  }
  return {
    source: of('source'),
    medium: of('medium'),
    campaign: of('campaign'),
    content: of('content'),
  };
}
