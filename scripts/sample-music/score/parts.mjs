/** Accompaniment made from chords. Every part returns notes {beat, beats, midi, velocity}. */
import { pick } from '../synth/random.mjs';
import { moveInScale, pitchClass, voice } from './theory.mjs';

/** Held chords, each led smoothly from the one before. */
export function heldChords(spans, range, velocity = 0.6) {
  return lead(spans, range).flatMap(({ beat, beats, notes }) =>
    notes.map((midi) => ({ beat, beats, midi, velocity })),
  );
}

/**
 * Chords struck in rhythms. `patterns`: each is a list of [beat in bar, beats, velocity];
 * one is drawn per bar, and the chord that sounds at that beat is struck.
 */
export function compedChords(spans, range, { patterns, beatsPerBar, random }) {
  const led = lead(spans, range);
  const last = spans[spans.length - 1];
  const bars = Math.round((last.beat + last.beats) / beatsPerBar);
  return Array.from({ length: bars }, (_, bar) => bar * beatsPerBar).flatMap((start) =>
    pick(random, patterns).flatMap(([at, beats, velocity]) => {
      const beat = start + at;
      const span = led.find((one) => beat >= one.beat && beat < one.beat + one.beats);
      return span.notes.map((midi) => ({ beat, beats, midi, velocity }));
    }),
  );
}

/** A jazz bass: root, chord notes, and a step into the next root. */
export function walkingBass(spans, low, random) {
  let previous = low + 7;
  return spans.flatMap(({ beat, beats, chord }, index) => {
    const target = nearest(spans[(index + 1) % spans.length].chord.bass, previous, low);
    const root = nearest(chord.bass, previous, low);
    const walk = [root];
    for (let step = 1; step < beats - 1; step += 1) {
      const interval = pick(random, step % 2 === 0 ? [7, 12] : [chord.intervals[1], 7]);
      walk.push(root + interval > low + 19 ? root + interval - 12 : root + interval);
    }
    if (beats > 1)
      walk.push(target + pick(random, target > walk[walk.length - 1] ? [-1, -2] : [1, 2]));
    previous = walk[walk.length - 1];
    return walk.map((midi, step) => ({
      beat: beat + step,
      beats: 0.95,
      midi,
      velocity: step === 0 ? 0.85 : 0.74,
    }));
  });
}

/** `pattern`: [beat in span, beats, "root" | "fifth" | "octave", velocity]; what falls outside is left out. */
export function patternBass(spans, low, pattern) {
  return spans.flatMap(({ beat, beats: spanBeats, chord }) => {
    const root = low + pitchClass(chord.bass - low);
    const inverted = chord.bass !== chord.root;
    const above = { root: 0, fifth: inverted ? 0 : (fifthOf(chord) ?? 0), octave: 12 };
    return pattern
      .filter(([at]) => at < spanBeats)
      .map(([at, beats, degree, velocity]) => ({
        beat: beat + at,
        beats: Math.min(beats, spanBeats - at),
        midi: root + above[degree],
        velocity,
      }));
  });
}

/**
 * Broken chords: `figure` holds indices into the chord's notes, lowest first; beyond the top they
 * go on an octave higher. One index every `step` beats; null rests.
 */
export function brokenChords(spans, range, { figure, step, beats = step, velocity = 0.6 }) {
  return lead(spans, range).flatMap((span) => {
    const count = Math.round(span.beats / step);
    return Array.from({ length: count }, (_, index) => index)
      .filter((index) => figure[index % figure.length] !== null)
      .map((index) => {
        const place = figure[index % figure.length];
        const octave = Math.floor(place / span.notes.length);
        return {
          beat: span.beat + index * step,
          beats,
          midi: span.notes[place % span.notes.length] + 12 * octave,
          velocity: velocity * (index === 0 ? 1.12 : index % 2 === 0 ? 1 : 0.86),
        };
      });
  });
}

/** The same melody a scale third (2 steps) or sixth (5 steps) away. */
export function inParallel(melody, scale, steps) {
  return melody.map((note) => ({ ...note, midi: moveInScale(note.midi, scale, steps) }));
}

/** `hits`: [beat in bar, velocity] for each bar of `bars`. */
export function beatPattern(bars, beatsPerBar, hits) {
  return bars.flatMap((bar) =>
    hits.map(([at, velocity]) => ({ beat: bar * beatsPerBar + at, velocity })),
  );
}

export function range(from, until) {
  return Array.from({ length: until - from }, (_, index) => from + index);
}

function lead(spans, compass) {
  let previous;
  return spans.map(({ beat, beats, chord }) => {
    previous = voice(chord, previous, compass);
    return { beat, beats, notes: previous };
  });
}

function fifthOf(chord) {
  return chord.intervals.find((interval) => interval === 7 || interval === 6);
}

/** The pitch of a class nearest to `from`, kept within a tenth above `low`. */
function nearest(target, from, low) {
  const lowest = low + pitchClass(target - low);
  const higher = lowest + 12;
  return higher <= low + 16 && Math.abs(higher - from) < Math.abs(lowest - from) ? higher : lowest;
}
