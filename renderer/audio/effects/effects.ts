import type { SoundSettings } from '../../../shared/sound-settings.ts';
import { loadLimiter } from './limiter-node.ts';
import { openPath } from './path.ts';
import type { Circumstances } from './plan.ts';
import { nothing, planOf, shapeOf } from './plan.ts';

/** What stands between the decks and the listener's volume. */
export interface Effects {
  /** What sounds is connected to it. */
  readonly input: AudioNode;
  /** Call whenever either may have changed; the sound goes there without a click or a gap. */
  readonly tune: (settings: SoundSettings, circumstances: Circumstances) => void;
  /** So many frames later does a frame come out. */
  readonly latencyFrames: () => number;
}

/** From one way to the other: not heard as a step, and soon done. */
const fadeSeconds = 0.02;
/** A new way is given sound for so long before it is heard, until its delay is filled. */
const fillSeconds = 0.01;

/**
 * Everything that is off is not there: the samples go through as they are, to the bit. The nodes of
 * a way are never taken apart while they sound: another way is opened beside it and faded to.
 */
export function createEffects(context: BaseAudioContext, destination: AudioNode): Effects {
  const input = context.createGain();
  let path = openPath(context, nothing);
  let shape = shapeOf(nothing);
  let wanted = nothing;
  let tuned: (Circumstances & { readonly settings: SoundSettings }) | null = null;
  let isFading = false;
  let limiter: 'absent' | 'loading' | 'ready' | 'failed' = 'absent';
  input.connect(path.input);
  path.fader.connect(destination);

  function tune(settings: SoundSettings, circumstances: Circumstances): void {
    const { outputId, mayExceed } = circumstances;
    const isKnown = settings === tuned?.settings && outputId === tuned.outputId;
    if (isKnown && mayExceed === tuned?.mayExceed) return;
    tuned = { settings, outputId, mayExceed };
    wanted = planOf(settings, circumstances, context.sampleRate);
    follow();
  }

  function follow(): void {
    if (limiter === 'failed') wanted = { ...wanted, limits: false };
    if (isFading || limiter === 'loading') return;
    if (shapeOf(wanted) === shape) path.turn(wanted);
    else if (wanted.limits && limiter === 'absent') void bringLimiter();
    else change();
  }

  async function bringLimiter(): Promise<void> {
    limiter = 'loading';
    limiter = await loadLimiter(context).then(
      () => 'ready' as const,
      () => 'failed' as const,
    );
    follow();
  }

  function change(): void {
    const left = path;
    path = openPath(context, wanted);
    shape = shapeOf(wanted);
    isFading = true;
    const from = context.currentTime + fillSeconds;
    const until = from + fadeSeconds;
    fade(left.fader.gain, 1, 0, from, until);
    fade(path.fader.gain, 0, 1, from, until);
    input.connect(path.input);
    path.fader.connect(destination);
    after(until, () => {
      input.disconnect(left.input);
      left.close();
      isFading = false;
      follow();
    });
  }

  /** On the clock of the sound: other timers run on while it stands, and late in hidden windows. */
  function after(seconds: number, act: () => void): void {
    const clock = context.createConstantSource();
    clock.offset.value = 0;
    clock.onended = () => {
      clock.disconnect();
      act();
    };
    // What leads nowhere isn't run. Adding nothing leaves every sample what it is.
    clock.connect(destination);
    clock.start();
    clock.stop(seconds);
  }

  return { input, tune, latencyFrames: () => path.latencyFrames };
}

function fade(gain: AudioParam, start: number, end: number, from: number, until: number): void {
  gain.value = start;
  gain.setValueAtTime(start, from);
  gain.linearRampToValueAtTime(end, until);
}
