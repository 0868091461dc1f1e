import type { AdGenre } from '../../service/api/ads.ts';

/** Parts of a tag's words, the telling ones first: "folk metal" is metal, "synthpop" electronic. */
const marks: readonly (readonly [AdGenre, RegExp])[] = [
  ['spoken', /podcast|spoken|audiobook|speech|comedy|h[oö]rspiel|hörbuch/],
  ['soundtrack', /soundtrack|score|musical|film|game|anime/],
  ['metal', /metal|djent|grindcore/],
  ['hip-hop', /hip[\s-]?hop|\brap\b|trap|grime|boom bap/],
  ['classical', /classic(?!\s+rock)|baroque|opera|symphon|chamber|orchestra|klassik|choral/],
  ['jazz', /jazz|swing|bebop|bossa|big band/],
  ['electronic', /electro|techno|house|trance|ambient|synth|drum\s?(?:&|and|'?n'?)\s?bass|dub|edm/],
  ['reggae', /reggae|\bska\b|dancehall/],
  ['blues', /blues/],
  ['soul', /soul|funk|r\s?&\s?b|rnb|rhythm and blues|gospel|disco|motown/],
  ['country', /country|bluegrass|americana/],
  ['latin', /latin|salsa|tango|samba|cumbia|reggaeton|flamenco|bachata/],
  ['folk', /folk|singer|songwriter|celtic|acoustic|traditional|world|chanson/],
  ['rock', /rock|punk|grunge|indie|alternative|shoegaze|emo\b/],
  ['pop', /pop|schlager|chart|dance/],
];

/**
 * The family that a genre tag belongs to: all that is ever told of what is heard, so that a rare
 * tag can't single a listener out.
 * @returns null: of no family
 */
export function coarseGenre(tag: string): AdGenre | null {
  const text = tag.toLowerCase();
  return marks.find(([, mark]) => mark.test(text))?.[0] ?? null;
}
