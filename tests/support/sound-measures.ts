/** Of all that is made and measured here, in hertz. */
const rate = 44_100;

/** How many samples are not the same, to the bit. */
export function differences(
  heard: readonly Float32Array[],
  wanted: readonly Float32Array[],
): number {
  return heard.reduce((sum, plane, channel) => {
    return sum + plane.filter((sample, frame) => sample !== wanted[channel]?.[frame]).length;
  }, 0);
}

export function toneOf(hertz: number, level: number, seconds: number, phase = 0): Float32Array {
  return Float32Array.from({ length: Math.round(seconds * rate) }, (_, frame) => {
    return level * Math.sin((2 * Math.PI * hertz * frame) / rate + phase);
  });
}

export function noise(frames: number, seed: number): Float32Array {
  let state = seed;
  return Float32Array.from({ length: frames }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
    return state / 2 ** 31;
  });
}

export function loudness(samples: Float32Array): number {
  return Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length);
}

/** The strongest bend from one sample over the next to the one after. */
export function sharpest(samples: Float32Array): number {
  return samples.reduce((most, sample, frame) => {
    const bend = Math.abs((samples[frame - 1] ?? NaN) - 2 * sample + (samples[frame + 1] ?? NaN));
    return bend > most ? bend : most;
  }, 0);
}

export function longestBelow(samples: Float32Array, level: number): number {
  let [longest, present] = [0, 0];
  for (const sample of samples) {
    present = Math.abs(sample) < level ? present + 1 : 0;
    longest = Math.max(longest, present);
  }
  return longest;
}

/** By the first and the last upward crossing of zero. */
export function pitchOf(samples: Float32Array): number {
  const crossings = Array.from(samples.keys()).filter(
    (frame) => (samples[frame - 1] ?? 0) < 0 && (samples[frame] ?? 0) >= 0,
  );
  return ((crossings.length - 1) * rate) / ((crossings.at(-1) ?? 0) - (crossings[0] ?? 0));
}
