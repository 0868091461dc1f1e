/** A song in the making: strips of sound with a place in the room, mixed at the end. */
import { addBus, createBus, framesOf, gainOf, place, sampleRate } from '../synth/bus.mjs';
import { reverb } from '../synth/effects.mjs';
import { createRandom, unevenness } from '../synth/random.mjs';
import { hertzOf } from './theory.mjs';

/**
 * tempo: beats per minute. swing: where the second half of a swung unit falls (0.5 is straight);
 * swingBeats: the length of that unit. leadSeconds: silence before beat 0, since a played beat
 * may come early. room: settings of the reverb.
 */
export function startSong({
  seed,
  tempo,
  seconds,
  swing = 0.5,
  swingBeats = 1,
  leadSeconds = 0.06,
  room,
}) {
  const random = createRandom(seed);
  const frames = framesOf(seconds);
  const strips = [];

  function secondsAt(beat) {
    const unit = Math.floor(beat / swingBeats + 1e-9);
    const within = Math.max(0, beat / swingBeats - unit);
    const swung = within <= 0.5 ? within * 2 * swing : swing + (within - 0.5) * 2 * (1 - swing);
    return leadSeconds + ((unit + swung) * swingBeats * 60) / tempo;
  }

  /** decibels: level in the mix; send: share into the reverb; effect: bus → bus, before both. */
  function strip({ decibels = 0, send = 0.2, effect = (bus) => bus }) {
    const made = { bus: createBus(frames), gain: gainOf(decibels), send, effect };
    strips.push(made);
    return made;
  }

  /**
   * spread: how far the pan moves per octave away from C5, as the keys of a piano do.
   * ring: notes are held so many times as long as written, as under a pedal.
   */
  function play(target, voice, notes, options = {}) {
    const { pan = 0, spread = 0, ring = 1, jitterSeconds = 0.007 } = options;
    for (const { beat, beats, midi, velocity } of notes) {
      const start = secondsAt(beat) + unevenness(random) * jitterSeconds;
      const held = ring * Math.max(0.05, secondsAt(beat + beats) - secondsAt(beat));
      const played = Math.min(1, velocity * (1 + unevenness(random) * 0.06));
      const samples = voice(hertzOf(midi), held, played, random);
      place(target.bus, samples, framesOf(start), 1, pan + (spread * (midi - 72)) / 12);
    }
  }

  function hit(target, drum, hits, { pan = 0, jitterSeconds = 0.004 } = {}) {
    for (const { beat, velocity } of hits) {
      const start = secondsAt(beat) + unevenness(random) * jitterSeconds;
      const played = velocity * (1 + unevenness(random) * 0.09);
      place(target.bus, drum(played, random), framesOf(start), 1, pan);
    }
  }

  function mix() {
    const out = createBus(frames);
    const sends = createBus(frames);
    for (const { bus, gain, send, effect } of strips) {
      const shaped = effect(bus);
      addBus(out, shaped, gain);
      addBus(sends, shaped, gain * send);
    }
    addBus(out, reverb(sends, room), 1);
    return out;
  }

  return { random, secondsAt, strip, play, hit, mix, seconds: frames / sampleRate };
}
