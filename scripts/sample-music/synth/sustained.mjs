/** Bowed, blown and held voices, read from one-cycle tables with no harmonic beyond 14 kHz. */
import { framesOf, sampleRate } from './bus.mjs';

const tableFrames = 2_048;
const tables = new Map();

/** Wide, slow pad: three detuned readings of a soft spectrum. Alternates its start phases by chance. */
export const pad = sustained({
  spectrum: (harmonic) => 1 / harmonic ** 2.1,
  highest: 10,
  detuneCents: [-6, 0, 7],
  attack: 1.1,
  release: 1.4,
});

/** A pad that answers quickly, for chords in time. */
export const warmPad = sustained({
  spectrum: (harmonic) => 1 / harmonic ** 1.7,
  highest: 14,
  detuneCents: [-8, -2, 6],
  attack: 0.12,
  release: 0.35,
});

export const strings = sustained({
  spectrum: (harmonic) => (1 / harmonic ** 1.25) * (harmonic > 6 ? 0.55 : 1),
  highest: 16,
  detuneCents: [-7, -1, 8],
  attack: 0.16,
  release: 0.3,
  vibrato: { hertz: 5.3, cents: 9, after: 0.25 },
});

/** Two reeds a few cents apart: the tremble of a musette accordion. */
export const accordion = sustained({
  spectrum: (harmonic) => [1, 0.75, 0.62, 0.34, 0.3, 0.16, 0.13, 0.08, 0.06, 0.04][harmonic - 1],
  highest: 10,
  detuneCents: [-4, 9],
  attack: 0.045,
  release: 0.08,
});

export const flute = sustained({
  spectrum: (harmonic) => [1, 0.24, 0.11, 0.035, 0.015][harmonic - 1],
  highest: 5,
  detuneCents: [0],
  attack: 0.055,
  release: 0.11,
  vibrato: { hertz: 5, cents: 11, after: 0.22 },
  breath: 0.012,
});

/** Hollow synth lead: odd harmonics above all, rounded off. */
export const hollowLead = sustained({
  spectrum: (harmonic) => (harmonic % 2 === 1 ? 1 : 0.18) / harmonic ** 1.5,
  highest: 13,
  detuneCents: [-5, 4],
  attack: 0.02,
  release: 0.16,
  vibrato: { hertz: 5.2, cents: 7, after: 0.3 },
});

/** Round electric bass. */
export const synthBass = sustained({
  spectrum: (harmonic) => 1 / harmonic ** 1.8,
  highest: 8,
  detuneCents: [0],
  attack: 0.012,
  release: 0.07,
  fall: 1.2,
});

/** Near-sine bass for ambient pieces. */
export const deepBass = sustained({
  spectrum: (harmonic) => [1, 0.3, 0.1, 0.03][harmonic - 1],
  highest: 4,
  detuneCents: [0],
  attack: 0.09,
  release: 0.4,
});

/** Short synth figure with a falling envelope. */
export const synthPluck = sustained({
  spectrum: (harmonic) => 1 / harmonic ** 1.6,
  highest: 10,
  detuneCents: [-4, 5],
  attack: 0.004,
  release: 0.14,
  fall: 0.22,
});

/**
 * attack and release in seconds; `fall` (optional): seconds in which the held note falls by 1/e;
 * `breath`: level of noise, as a share of the tone.
 */
function sustained({ spectrum, highest, detuneCents, attack, release, vibrato, breath, fall }) {
  return function hold(hertz, seconds, velocity, random) {
    const out = new Float32Array(framesOf(seconds + release));
    const table = cycle(spectrum, Math.min(highest, Math.floor(14_000 / hertz)));
    // A short note would be too soft if its readings began against each other.
    const apart = fall === undefined ? 1 : 0.15;
    for (const cents of detuneCents) {
      readCycle(out, table, hertz * 2 ** (cents / 1200), vibrato, random() * apart);
    }
    const level = velocity / Math.sqrt(detuneCents.length);
    let wind = 0;
    for (let frame = 0; frame < out.length; frame += 1) {
      const time = frame / sampleRate;
      wind += 0.2 * (random() * 2 - 1 - wind);
      const tone = out[frame] + (breath ?? 0) * wind * 4;
      const decay = fall === undefined ? 1 : Math.exp(-time / fall);
      out[frame] = tone * level * decay * envelope(time, seconds, attack, release);
    }
    return out;
  };
}

/** Raised-cosine rise and fall; a note shorter than its attack still starts and ends at zero. */
function envelope(time, held, attack, release) {
  const up = time >= attack ? 1 : 0.5 - 0.5 * Math.cos((Math.PI * time) / attack);
  if (time <= held) return up;
  return up * (0.5 + 0.5 * Math.cos(Math.PI * Math.min(1, (time - held) / release)));
}

function readCycle(out, table, hertz, vibrato, startPhase) {
  let phase = startPhase * tableFrames;
  const step = (hertz * tableFrames) / sampleRate;
  for (let frame = 0; frame < out.length; frame += 1) {
    const whole = Math.floor(phase);
    const here = table[whole];
    out[frame] += here + (table[whole + 1] - here) * (phase - whole);
    phase += vibrato === undefined ? step : step * bend(frame / sampleRate, vibrato);
    if (phase >= tableFrames) phase -= tableFrames;
  }
}

function bend(time, { hertz, cents, after }) {
  const depth = Math.min(1, Math.max(0, (time - after) / 0.4));
  return 1 + depth * (2 ** (cents / 1200) - 1) * Math.sin(2 * Math.PI * hertz * time);
}

/** One cycle of a spectrum at a root mean square of 0.35, with one frame more to interpolate to. */
function cycle(spectrum, harmonics) {
  const bySize = tables.get(spectrum) ?? new Map();
  tables.set(spectrum, bySize);
  const known = bySize.get(harmonics);
  if (known !== undefined) return known;
  const table = new Float32Array(tableFrames + 1);
  for (let harmonic = 1; harmonic <= harmonics; harmonic += 1) {
    // Quadratic phases spread the peaks of the harmonics over the cycle.
    const phase = (Math.PI * harmonic * harmonic) / harmonics;
    for (let frame = 0; frame <= tableFrames; frame += 1) {
      const angle = (2 * Math.PI * harmonic * frame) / tableFrames + phase;
      table[frame] += spectrum(harmonic) * Math.sin(angle);
    }
  }
  const power = table.reduce((sum, value) => sum + value * value, 0) / tableFrames;
  const scaled = table.map((value) => (value / Math.sqrt(power)) * 0.35);
  bySize.set(harmonics, scaled);
  return scaled;
}
