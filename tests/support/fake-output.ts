import type { Deck, Fade, Output, Voice } from '../../renderer/audio/output.ts';

/** An output whose clock stands until it is told to run, and that keeps what it rendered. */
export interface FakeOutput extends Output {
  /** Renders so many frames and tells of every sound that ended in them. */
  readonly run: (frames: number) => void;
  /** What was heard, channel 0 without silence, in the order of the clock. */
  readonly heard: () => readonly Heard[];
  /** The same without its gains. */
  readonly rendered: () => readonly number[];
}

export interface Heard {
  readonly atFrame: number;
  readonly value: number;
  /** Of the deck's level. */
  readonly level: number;
  /** Of the deck's fade: 1 outside of crossfades. */
  readonly fade: number;
  /** Length of the fade in which its voice ends at this frame; null: it is before that. */
  readonly endFadeFrames: number | null;
}

interface Playing {
  readonly plane: Float32Array;
  readonly atFrame: number;
  readonly ended: () => void;
  readonly hear: (atFrame: number) => Omit<Heard, 'atFrame' | 'value'>;
  endFrame: number;
}

const latencyFrames = 300;
const guardFrames = 20;

/** Late sounds, two at once on one deck, and such that end while they sound are mistakes and throw. */
export function createFakeOutput(sampleRate: number): FakeOutput {
  let now = 0;
  let checks = 0;
  let playing: Playing[] = [];
  const heard: Heard[] = [];

  function openVoice(): Voice {
    const own = new Set<Playing>();
    let stopped = false;
    let fadesFrom = Infinity;
    let endFadeFrames: number | null = null;

    function openDeck(level: number): Deck {
      const deck = new Set<Playing>();
      let fades: Fade[] = [];
      let deckLevel = level;
      let closed = false;
      return {
        play: (planes, atFrame, ended) => {
          const [plane] = planes;
          if (plane === undefined) throw new Error('a block without channels');
          if (closed || stopped) throw new Error('on a closed deck');
          if (atFrame < now) throw new Error(`late by ${now - atFrame} frames`);
          const endFrame = atFrame + plane.length;
          for (const other of deck) {
            if (playing.includes(other) && atFrame < other.endFrame && other.atFrame < endFrame) {
              throw new Error('two sounds at once');
            }
          }
          const sound: Playing = {
            plane,
            atFrame,
            endFrame,
            ended: () => {
              if (!stopped) ended();
            },
            hear: (frame) => ({
              level: deckLevel,
              fade: fades.reduce((gain, fade) => gain * fadeGain(fade, frame), 1),
              endFadeFrames: frame >= fadesFrom ? endFadeFrames : null,
            }),
          };
          own.add(sound);
          deck.add(sound);
          playing.push(sound);
          return {
            cancel: () => {
              if (atFrame <= now) throw new Error('cancelled while it sounded');
              playing = playing.filter((other) => other !== sound);
            },
            cut: (frame) => {
              if (frame <= now || frame >= sound.endFrame) throw new Error('cut in vain');
              sound.endFrame = frame;
            },
          };
        },
        setLevel: (wanted) => {
          deckLevel = wanted;
        },
        fade: (fade) => {
          fades.push(fade);
        },
        unfade: (atFrame) => {
          if (atFrame <= now) throw new Error('the fade has begun');
          fades = fades.filter((fade) => fade.atFrame < atFrame);
        },
        close: () => {
          closed = true;
          for (const sound of deck) {
            if (playing.includes(sound) && sound.atFrame <= now) throw new Error('closed too soon');
          }
        },
      };
    }

    return {
      openDeck,
      stop: (atFrame, fadeOutFrames) => {
        if (!stopped) {
          fadesFrom = atFrame - fadeOutFrames;
          endFadeFrames = fadeOutFrames;
        }
        stopped = true;
        for (const sound of own) sound.endFrame = Math.min(sound.endFrame, atFrame);
        playing = playing.filter((sound) => sound.endFrame > sound.atFrame);
      },
    };
  }

  /** In steps of a render quantum, as the real clock moves; news come between the steps. */
  function run(frames: number): void {
    for (const end = now + frames; now < end;) {
      render(Math.min(end, now + 128));
      const over = playing.filter((sound) => sound.endFrame <= now);
      playing = playing.filter((sound) => sound.endFrame > now);
      for (const { ended } of over) ended();
    }
  }

  function render(until: number): void {
    for (; now < until; now += 1) {
      for (const { plane, atFrame, endFrame, hear } of playing) {
        if (now < atFrame || now >= endFrame) continue;
        heard.push({ atFrame: now, value: plane[now - atFrame] ?? 0, ...hear(now) });
      }
    }
  }

  return {
    sampleRate,
    frame: () => now,
    leadFrames: 100,
    isLate: (atFrame) => {
      // Now and then the clock runs on while a near sound is made ready.
      checks += 1;
      if (checks % 10 === 0 && atFrame - now <= 200) render(atFrame - guardFrames + 1);
      return now > atFrame - guardFrames;
    },
    latencyFrames: () => latencyFrames,
    openVoice,
    run,
    heard: () => heard,
    rendered: () => heard.map(({ value }) => value),
  };
}

function fadeGain({ direction, progress, atFrame, frames }: Fade, at: number): number {
  const over = Math.min(1, Math.max(0, (at - atFrame) / frames));
  const angle = ((progress + (1 - progress) * over) * Math.PI) / 2;
  return direction === 'in' ? Math.sin(angle) : Math.cos(angle);
}
