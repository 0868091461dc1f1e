/** https://id3.org/id3v2.3.0#Appendix_A_-_Genre_List_from_ID3v1 and what Winamp added; by number. */
const genreNames = (
  'Blues|Classic Rock|Country|Dance|Disco|Funk|Grunge|Hip-Hop|Jazz|Metal|New Age|Oldies|Other|Pop|' +
  'R&B|Rap|Reggae|Rock|Techno|Industrial|Alternative|Ska|Death Metal|Pranks|Soundtrack|' +
  'Euro-Techno|Ambient|Trip-Hop|Vocal|Jazz+Funk|Fusion|Trance|Classical|Instrumental|Acid|House|' +
  'Game|Sound Clip|Gospel|Noise|Alt. Rock|Bass|Soul|Punk|Space|Meditative|Instrumental Pop|' +
  'Instrumental Rock|Ethnic|Gothic|Darkwave|Techno-Industrial|Electronic|Pop-Folk|Eurodance|' +
  'Dream|Southern Rock|Comedy|Cult|Gangsta Rap|Top 40|Christian Rap|Pop/Funk|Jungle|' +
  'Native American|Cabaret|New Wave|Psychedelic|Rave|Showtunes|Trailer|Lo-Fi|Tribal|Acid Punk|' +
  'Acid Jazz|Polka|Retro|Musical|Rock & Roll|Hard Rock|Folk|Folk/Rock|National Folk|Swing|' +
  'Fast-Fusion|Bebop|Latin|Revival|Celtic|Bluegrass|Avantgarde|Gothic Rock|Progressive Rock|' +
  'Psychedelic Rock|Symphonic Rock|Slow Rock|Big Band|Chorus|Easy Listening|Acoustic|Humour|' +
  'Speech|Chanson|Opera|Chamber Music|Sonata|Symphony|Booty Bass|Primus|Porn Groove|Satire|' +
  'Slow Jam|Club|Tango|Samba|Folklore|Ballad|Power Ballad|Rhythmic Soul|Freestyle|Duet|' +
  'Punk Rock|Drum Solo|A Cappella|Euro-House|Dance Hall|Goa|Drum & Bass|Club-House|Hardcore|' +
  'Terror|Indie|BritPop|Afro-Punk|Polsk Punk|Beat|Christian Gangsta Rap|Heavy Metal|Black Metal|' +
  'Crossover|Contemporary Christian|Christian Rock|Merengue|Salsa|Thrash Metal|Anime|JPop|' +
  'Synthpop|Abstract|Art Rock|Baroque|Bhangra|Big Beat|Breakbeat|Chillout|Downtempo|Dub|EBM|' +
  'Eclectic|Electro|Electroclash|Emo|Experimental|Garage|Global|IDM|Illbient|Industro-Goth|' +
  'Jam Band|Krautrock|Leftfield|Lounge|Math Rock|New Romantic|Nu-Breakz|Post-Punk|Post-Rock|' +
  'Psytrance|Shoegaze|Space Rock|Trop Rock|World Music|Neoclassical|Audiobook|Audio Theatre|' +
  'Neue Deutsche Welle|Podcast|Indie Rock|G-Funk|Dubstep|Garage Rock|Psybient'
).split('|');

/** '' for a number that names none. */
export function genreOf(number: number): string {
  return genreNames[number] ?? '';
}

/**
 * Genres as ID3v2 writes them: names, numbers, numbers and names in parentheses before a name:
 * "Folk", "80", "(80)", "(80)(26)Chill". "((" stands for a parenthesis of the name.
 */
export function id3Genres(text: string): string[] {
  const isPlain = !text.startsWith('(') && !isDigit(text.charCodeAt(0));
  if (isPlain) return [text];
  const genres: string[] = [];
  let rest = text;
  while (rest.startsWith('(') && !rest.startsWith('((')) {
    const end = rest.indexOf(')');
    if (end < 0) break;
    const genre = codedGenre(rest.slice(1, end));
    if (genre === null) break;
    genres.push(genre);
    rest = rest.slice(end + 1);
  }
  if (rest.startsWith('((')) rest = rest.slice(1);
  const name = genres.length === 0 ? (codedGenre(rest) ?? rest) : rest;
  // "(80)Folk" says the same twice.
  return [...genres, name].filter((genre, at, all) => genre !== '' && all.indexOf(genre) === at);
}

function codedGenre(code: string): string | null {
  if (code === 'RX') return 'Remix';
  if (code === 'CR') return 'Cover';
  return /^\d+$/.test(code) ? genreOf(Number(code)) : null;
}

function isDigit(letter: number): boolean {
  return letter >= 48 && letter <= 57;
}
