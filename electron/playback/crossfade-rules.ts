import type { Playable } from '../../shared/track-sound.ts';
import type { Rest } from './break-rules.ts';

/**
 * How long two tracks fade into each other, in seconds; 0: they join as they are. What the listener
 * chose for this pair goes before every rule but that of length.
 * @param seconds what the listener set for all
 */
export function crossfadeBetween(
  now: Playable,
  next: Playable,
  rest: Rest,
  seconds: number,
): number {
  if (now.id === next.id) return 0;
  const shorter = Math.min(now.seconds, next.seconds);
  const chosen = now.sound.joins.find(({ nextId }) => nextId === next.id)?.crossfadeSeconds;
  if (chosen !== undefined) return Math.min(chosen, shorter / 2);
  if (seconds === 0 || rest !== 'open' || shorter < 2 * seconds) return 0;
  return isOnePiece(now) || isOnePiece(next) ? 0 : seconds;
}

/** Music whose ends belong to it, applause and silence included: live, classical and mixed sets. */
export function isOnePiece({
  title,
  album,
  genre,
}: Pick<Playable, 'title' | 'album' | 'genre'>): boolean {
  return wholeGenre.test(genre) || wholeName.test(title) || wholeName.test(album);
}

const wholeGenre =
  /\b(live|classical|classique|clásica|classica|klassik|opera|oper|baroque|barock|symphon\w*|sinfon\w*|concerto|chamber music|kammermusik|orchestral|dj[ -]?mix|mixtape)\b/i;
/** A name says it only with a word beside it: "Live Forever" is a song like others. */
const wholeName =
  /[([][^)\]]*\blive\b[^)\]]*[)\]]|\s[-–—:] live\b|\blive (at|in|from|on|aus|im|à|en)\b|\b(in concert|en vivo|ao vivo|en concert)\b|\bdj[ -]?mix\b|\b(continuous|mixed by)\b|\b(symphon(y|ie)|sinfon(ie|ia)|concerto|konzert) (no\b|nr\b|in\b|für\b|for\b)|\b(opus|op\.) ?\d/i;
