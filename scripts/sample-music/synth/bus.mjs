/** A bus is {left, right}: two Float32Arrays of one length, full scale ±1, 44.1 kHz. */
export const sampleRate = 44_100;

export function createBus(frames) {
  return { left: new Float32Array(frames), right: new Float32Array(frames) };
}

export function framesOf(seconds) {
  return Math.round(seconds * sampleRate);
}

export function gainOf(decibels) {
  return 10 ** (decibels / 20);
}

/** Adds mono samples at a frame, with equal power; pan runs from -1 (left) to 1 (right). */
export function place(bus, samples, atFrame, gain, pan) {
  const angle = ((Math.max(-1, Math.min(1, pan)) + 1) * Math.PI) / 4;
  const left = Math.cos(angle) * gain * Math.SQRT2;
  const right = Math.sin(angle) * gain * Math.SQRT2;
  const from = Math.max(0, -atFrame);
  const until = Math.min(samples.length, bus.left.length - atFrame);
  for (let frame = from; frame < until; frame += 1) {
    bus.left[atFrame + frame] += samples[frame] * left;
    bus.right[atFrame + frame] += samples[frame] * right;
  }
}

export function addBus(target, source, gain) {
  for (let frame = 0; frame < target.left.length; frame += 1) {
    target.left[frame] += source.left[frame] * gain;
    target.right[frame] += source.right[frame] * gain;
  }
}

/** Runs an in-place function over both channels. */
export function eachChannel(bus, change) {
  change(bus.left);
  change(bus.right);
  return bus;
}

export function sliceBus(bus, fromFrame, untilFrame) {
  return {
    left: bus.left.slice(fromFrame, untilFrame),
    right: bus.right.slice(fromFrame, untilFrame),
  };
}
