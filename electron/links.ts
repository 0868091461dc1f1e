import type { LinkTarget } from '../shared/link.ts';

const longestLink = 2048;

/**
 * Reads `refrain://open/{album|artist|genre|playlist}/{id}` and
 * `refrain://open/{home|settings|premium|genres}`. Parameters are ignored.
 * @returns null for anything else
 */
export function parseLink(text: string): LinkTarget | null {
  if (text.length > longestLink || !URL.canParse(text)) return null;
  const { protocol, host, pathname } = new URL(text);
  if (protocol !== 'refrain:' || host !== 'open') return null;
  const [, to = '', id, ...more] = pathname.split('/');
  if (more.length > 0) return null;
  switch (to) {
    case 'album':
    case 'artist':
    case 'genre':
    case 'playlist':
      return id !== undefined && /^[1-9]\d{0,8}$/.test(id) ? { to, id: Number(id) } : null;
    case 'home':
    case 'settings':
    case 'premium':
    case 'genres':
      return id === undefined ? { to } : null;
    default:
      return null;
  }
}
