/** Notes, chords and scales. Pitches are MIDI numbers: C4 is 60, A4 is 69 and 440 Hz. */

const letters = { C: 0, D: 2, E: 4, F: 5, G: 7, A: 9, B: 11 };

/** Semitones over the root. Beyond 12 lie the ninth and the thirteenth. */
const qualities = {
  '': [0, 4, 7],
  m: [0, 3, 7],
  6: [0, 4, 7, 9],
  7: [0, 4, 7, 10],
  9: [0, 4, 7, 10, 14],
  13: [0, 4, 10, 14, 21],
  m7: [0, 3, 7, 10],
  m9: [0, 3, 7, 10, 14],
  m7b5: [0, 3, 6, 10],
  maj7: [0, 4, 7, 11],
  maj9: [0, 4, 7, 11, 14],
  add9: [0, 4, 7, 14],
  sus2: [0, 2, 7],
  sus4: [0, 5, 7],
};

const scales = {
  major: [0, 2, 4, 5, 7, 9, 11],
  minor: [0, 2, 3, 5, 7, 8, 10],
  dorian: [0, 2, 3, 5, 7, 9, 10],
};

export function hertzOf(midi) {
  return 440 * 2 ** ((midi - 69) / 12);
}

export function pitchClass(midi) {
  return ((midi % 12) + 12) % 12;
}

/** "F#4" → 66. Throws on anything else than letter, optional # or b, octave. */
export function midiOf(name) {
  const match = /^([A-G])([#b]?)(\d)$/.exec(name);
  if (match === null) throw new Error(`not a note: ${name}`);
  return 12 * (Number(match[3]) + 1) + classOf(match[1], match[2]);
}

/** "Bbmaj9" → {symbol, root: pitch class, intervals}. "D/F#" puts another note in the bass. */
export function chordOf(symbol) {
  const match = /^([A-G])([#b]?)([a-z0-9]*)(?:\/([A-G])([#b]?))?$/.exec(symbol);
  const intervals = match === null ? undefined : qualities[match[3]];
  if (intervals === undefined) throw new Error(`not a chord: ${symbol}`);
  const root = classOf(match[1], match[2]);
  const bass = match[4] === undefined ? root : classOf(match[4], match[5]);
  return { symbol, root, bass, intervals };
}

export function classesOf(chord) {
  return chord.intervals.map((interval) => pitchClass(chord.root + interval));
}

/** "A dorian" → its seven pitch classes. */
export function scaleOf(name) {
  const [tonic, mode] = name.split(' ');
  const root = classOf(tonic[0], tonic.slice(1));
  return scales[mode].map((interval) => pitchClass(root + interval));
}

/** The scale note `steps` below or above a pitch: a third is two steps. */
export function moveInScale(midi, scale, steps) {
  let current = midi;
  const direction = Math.sign(steps);
  for (let left = Math.abs(steps); left > 0; left -= 1) {
    do current += direction;
    while (!scale.includes(pitchClass(current)));
  }
  return current;
}

/**
 * A close position of the chord whose notes move least from `previous` (or lie nearest to the
 * middle of the range). Chords of four and more notes leave the root to the bass.
 */
export function voice(chord, previous, [low, high]) {
  const middle = (low + high) / 2;
  const upper = chord.intervals.length > 3 ? chord.intervals.slice(1) : chord.intervals;
  const candidates = [];
  for (let turn = 0; turn < upper.length; turn += 1) {
    for (let start = low; start <= high; start += 1) {
      if (pitchClass(start) !== pitchClass(chord.root + upper[turn])) continue;
      const notes = stack(chord, upper, turn, start);
      if (notes[notes.length - 1] <= high) candidates.push(notes);
    }
  }
  const cost = (notes) =>
    notes.reduce((sum, note, index) => {
      const from = previous?.[Math.min(index, previous.length - 1)] ?? middle;
      return sum + Math.abs(note - from) + 0.15 * Math.abs(note - middle);
    }, 0) / notes.length;
  return candidates.reduce((best, notes) => (cost(notes) < cost(best) ? notes : best));
}

function stack(chord, intervals, turn, start) {
  const classes = intervals
    .map((interval) => pitchClass(chord.root + interval - start))
    .sort((one, other) => one - other);
  return classes.map((offset) => start + offset);
}

function classOf(letter, accidental) {
  const shift = { '': 0, '#': 1, b: -1 }[accidental];
  return pitchClass(letters[letter] + shift);
}
