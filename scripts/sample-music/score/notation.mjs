/**
 * Scores as text. A melody: bars parted by "|", notes "F#5:1.5" (beats; left out, the last length
 * holds), rests "r". Chords: bars parted by "|", the chords of a bar share it evenly.
 */
import { chordOf, classesOf, midiOf, pitchClass } from './theory.mjs';

/** → [{beat, beats, midi, velocity}]. Throws when a bar is not full. */
export function readMelody(text, beatsPerBar) {
  const notes = [];
  let beats = 1;
  for (const [bar, content] of splitBars(text).entries()) {
    let beat = bar * beatsPerBar;
    for (const token of content) {
      const [name, length] = token.split(':');
      beats = length === undefined ? beats : Number(length);
      if (name !== 'r')
        notes.push({ beat, beats, midi: midiOf(name), velocity: stress(beat, beatsPerBar) });
      beat += beats;
    }
    if (Math.abs(beat - (bar + 1) * beatsPerBar) > 1e-9) {
      throw new Error(`bar ${bar + 1} does not hold ${beatsPerBar} beats: ${content.join(' ')}`);
    }
  }
  return notes;
}

/** → [{beat, beats, chord}] */
export function readChords(text, beatsPerBar) {
  return splitBars(text).flatMap((symbols, bar) =>
    symbols.map((symbol, index) => ({
      beat: bar * beatsPerBar + (index * beatsPerBar) / symbols.length,
      beats: beatsPerBar / symbols.length,
      chord: chordOf(symbol),
    })),
  );
}

/** Joins sections, each {beats, notes or chords}, one after the other. */
export function sequence(sections, beatsEach) {
  return sections.flatMap((section, index) => shift(section, index * beatsEach));
}

export function shift(notes, beats) {
  return notes.map((note) => ({ ...note, beat: note.beat + beats }));
}

export function transpose(notes, semitones) {
  return notes.map((note) => ({ ...note, midi: note.midi + semitones }));
}

/**
 * Throws unless each note lies in the scale or in its chord, each note on a strong beat belongs
 * to the chord or is its sixth or ninth, and no held note grates a semitone above a chord note.
 */
export function checkConsonance(melody, chords, scale, strongBeats) {
  for (const { beat, beats, midi } of melody) {
    const { chord } = chords.find((span) => beat >= span.beat && beat < span.beat + span.beats);
    const classes = classesOf(chord);
    const note = pitchClass(midi);
    const fail = (why) => {
      throw new Error(`note ${midi} at beat ${beat} over ${chord.symbol} ${why}`);
    };
    if (!scale.includes(note) && !classes.includes(note)) fail('is outside the scale');
    if (classes.includes(note)) continue;
    // Second, fifth (which a thirteenth chord leaves out) and sixth sound well over any root here.
    const stable = [2, 7, 9].includes(pitchClass(note - chord.root));
    const strong = Math.abs(beat / strongBeats - Math.round(beat / strongBeats)) < 1e-9;
    if (strong && !stable) fail('is foreign on a strong beat');
    if (beats > 1 && classes.includes(pitchClass(note - 1))) fail('grates');
  }
  return melody;
}

function splitBars(text) {
  return text
    .split('|')
    .map((bar) => bar.trim().split(/\s+/).filter(Boolean))
    .filter((bar) => bar.length > 0);
}

/** Down beats are played a little louder than what lies between. */
function stress(beat, beatsPerBar) {
  if (beat % beatsPerBar === 0) return 0.85;
  return Number.isInteger(beat) ? 0.75 : 0.66;
}
