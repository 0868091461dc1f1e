/** Short enough to follow a hand, long enough not to click. */
const glideSeconds = 0.03;

/** Takes a value to another one without a step. */
export function glide(context: BaseAudioContext, param: AudioParam, value: number): void {
  const now = context.currentTime;
  param.cancelScheduledValues(now);
  if (Math.fround(value) === param.value) return;
  param.setValueAtTime(param.value, now);
  param.linearRampToValueAtTime(value, now + glideSeconds);
}
