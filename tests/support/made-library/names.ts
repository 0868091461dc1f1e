import type { Random } from './random.ts';

/** In which letters an artist writes; all names of one artist are in the same. */
export type Script = keyof typeof words;

const words = {
  latin: parted(
    `Amber Birch Coral Dusk Ember Fjord Glass Harbour Iris Juniper Kite Lantern Meadow Night Orchard
    Paper River Silver Thunder Umbra Velvet Winter Yellow Zephyr Broken Golden Hollow Quiet Restless
    Secret Static Tender Young Heart Light Ocean Road Shadow Signal Stone Summer Train Water Window
    Garden Mirror Engine Circle Letter Morning Station Tiger Ghost Copper Feather Island Market Planet
    Rain Sailor Saturday Telephone Valley Whisper Avenue Bridge Cathedral Dancer Empire Fever Gravity
    Hotel Invisible Journey Kingdom Lullaby Machine Neon Opal Parade Question Rooftop Sunday Tomorrow`,
  ),
  accented: parted(
    `Café Été Noël Forêt Élan Señor Mañana Corazón Niño Água Coração Manhã São Für Müller Straße Über
    Grün Schöne Größe Köln Smörgås Ängel Öga Fjäll Håkon Bjørn Sørøya Þór Ísland Sólstafir Żółw Łódź
    Noc Święto Čaj Řeka Žena Kůň Őszi Fű Tűz Șapte Çiçek Güneş Yağmur İstanbul Ağaç Việt Nguyễn`,
  ),
  cyrillic: parted(
    `Ночь Зима Река Город Огонь Звезда Небо Море Ветер Дорога Песня Сердце Лес Свет Тень Поезд Весна
    Дождь Птица Осень Белый Чёрный Тихий Последний Первый Київ Їжак Ґанок Љубав Њива Ёлка`,
  ),
  chinese: parted(
    `月光 夜曲 春天 花火 青空 上海 北京 故事 远方 时间 记忆 红豆 江南 稻香 海洋 風箏 雨天 城市 星星 世界 回家
    孤独 传说 温柔`,
  ),
  japanese: parted(
    `さくら ほたる 東京 雪国 ひまわり ガラス ピアノ カメラ 夏祭り 夜空 銀河 メロディー 花束 ラジオ ことば 遠雷 かぜ
    ドライブ 海岸線 記念日`,
  ),
  korean: parted(
    `봄날 바다 하늘 노래 사랑 서울 별빛 가을 눈꽃 거리 여름밤 편지 기차 달빛 안녕 꿈속`,
  ),
  arabic: parted(`ليل قمر بحر حب نور زمان مدينة شمس ورد طريق قلب سلام صحراء مطر`),
  greek: parted(`Θάλασσα Νύχτα Φεγγάρι Δρόμος Ουρανός Αγάπη Ήλιος Χαρά Όνειρο Καρδιά`),
} as const;

const scripts: readonly (readonly [Script, number])[] = [
  ['latin', 0.68],
  ['accented', 0.12],
  ['cyrillic', 0.06],
  ['japanese', 0.04],
  ['chinese', 0.04],
  ['korean', 0.02],
  ['arabic', 0.02],
  ['greek', 0.02],
];
const emoji = parted('🌙 🔥 🎸 💔 🌊 ✨ 🦊 🎹');
const awkward = [
  'AC/DC',
  'Tyler, The Creator',
  '!!!',
  'Sunn O)))',
  'Godspeed You! Black Emperor',
  '+/-',
  'A$AP Fjord',
  'The The',
  'M83',
  '…And You Will Know Us',
];
const unspaced: ReadonlySet<Script> = new Set(['chinese', 'japanese']);

export function pickScript(random: Random): Script {
  let rest = random.part();
  for (const [script, share] of scripts) {
    rest -= share;
    if (rest < 0) return script;
  }
  return 'latin';
}

/** @param number of the artist; some names come back under another number, as in life */
export function artistName(random: Random, script: Script, number: number): string {
  if (random.chance(0.01)) return random.pick(awkward);
  const name = wordsOf(random, script, random.whole(1, 2));
  if (script !== 'latin' || random.chance(0.3)) return `${name} ${number % 9973}`;
  return random.chance(0.5) ? `The ${name} ${number % 997}` : `${name} & the ${wordOf(random)}s`;
}

export function trackTitle(random: Random, script: Script): string {
  const title = wordsOf(random, script, random.whole(1, 4));
  if (random.chance(0.02)) return `${title} ${random.pick(emoji)}`;
  if (random.chance(0.04)) return `${title} (feat. ${wordsOf(random, 'latin', 2)})`;
  return random.chance(0.04) ? `${title} (Live ${random.whole(1968, 2024)})` : title;
}

export function albumTitle(random: Random, script: Script): string {
  // Every library has several of these, by different artists.
  if (random.chance(0.03)) return random.pick(['Greatest Hits', 'Live', 'Untitled', 'Demos']);
  return wordsOf(random, script, random.whole(1, 3));
}

/** A movement's title, as classical tracks have them. */
export function movementTitle(work: string, movement: number): string {
  const roman = ['I', 'II', 'III', 'IV', 'V', 'VI'][movement % 6] ?? '';
  const tempo = ['Allegro con brio', 'Andante', 'Scherzo. Presto', 'Adagio', 'Rondo', 'Finale'];
  return `${work}: ${roman}. ${tempo[movement % 6] ?? ''}`;
}

export function workTitle(random: Random): string {
  const kind = random.pick(['Sonata', 'Symphony', 'String Quartet', 'Piano Concerto', 'Partita']);
  const key = random.pick(['C minor', 'D major', 'E-flat major', 'F-sharp minor', 'A minor']);
  return `${kind} No. ${random.whole(1, 32)} in ${key}, Op. ${random.whole(1, 135)}`;
}

/** Lines of nothing much, as long as a song's. */
export function lyricsText(random: Random, script: Script): string {
  return Array.from({ length: random.whole(12, 40) }, () => wordsOf(random, script, 6)).join('\n');
}

function wordsOf(random: Random, script: Script, count: number): string {
  return random.several(words[script], count).join(unspaced.has(script) ? '' : ' ');
}

function wordOf(random: Random): string {
  return random.pick(words.latin);
}

function parted(text: string): readonly string[] {
  return text.trim().split(/\s+/);
}
