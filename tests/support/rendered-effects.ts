import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import { build, type Plugin } from 'vite';
import type { Circumstances } from '../../renderer/audio/effects/plan.ts';
import type { SoundSettings } from '../../shared/sound-settings.ts';
import type * as onPage from './effects-on-page.ts';

/** What is to be so from a moment on. The first of a rendering's is at 0. */
export interface Turn {
  readonly atSeconds: number;
  readonly settings: SoundSettings;
  readonly circumstances: Circumstances;
  /** Whether the limiter is in the way then: it is waited for. */
  readonly limits: boolean;
}

export interface Rendering {
  readonly sampleRate: number;
  readonly planes: readonly Float32Array[];
  /** Channels of what is rendered. */
  readonly outputs: number;
  readonly turns: readonly Turn[];
}

const root = fileURLToPath(new URL('../../', import.meta.url));

/**
 * Puts the effects, as the app has them, into the page of a real window, where they can be rendered
 * offline: with Chromium's own nodes and audio thread, and nothing depends on how busy the machine is.
 */
export async function bringEffects(window: Page): Promise<void> {
  const folder = join(root, '.build/effects-under-test');
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    plugins: [builtWorklet()],
    build: {
      outDir: folder,
      lib: {
        entry: join(root, 'tests/support/effects-on-page.ts'),
        formats: ['iife'],
        name: 'effectsUnderTest',
        fileName: () => 'effects.js',
      },
    },
  });
  // Not through the page's own policy, which lets no foreign script in.
  await window.evaluate(await readFile(join(folder, 'effects.js'), 'utf8'));
}

/** The worklet is the one that the app was built with: only files of its own may be loaded. */
function builtWorklet(): Plugin {
  return {
    name: 'built-worklet',
    enforce: 'pre',
    resolveId: (id) => (id.endsWith('?worker&url') ? `\0${id}` : null),
    async load(id) {
      if (!id.startsWith('\0') || !id.endsWith('?worker&url')) return null;
      const built = await readdir(join(root, 'out/renderer/assets'));
      const name = built.find((candidate) => candidate.startsWith('limiter-worklet'));
      if (name === undefined) throw new Error('The app was built without its limiter');
      return `export default ${JSON.stringify(`/assets/${name}`)}`;
    },
  };
}

/** Renders and gives what comes out, one array per channel. */
export async function renderEffects(window: Page, rendering: Rendering): Promise<Float32Array[]> {
  const planes = rendering.planes.map((plane) => [...plane]);
  const rendered = await window.evaluate(renderInPage, { ...rendering, planes });
  return rendered.map((plane) => Float32Array.from(plane));
}

/** Runs in the page, so it stands alone. */
async function renderInPage({
  sampleRate,
  planes,
  outputs,
  turns,
}: Omit<Rendering, 'planes'> & { readonly planes: readonly number[][] }): Promise<number[][]> {
  const frames = planes[0]?.length ?? 0;
  const context = new OfflineAudioContext(outputs, frames, sampleRate);
  const { effectsUnderTest } = globalThis as unknown as { effectsUnderTest: typeof onPage };
  // An offline context renders where its worklets run, or without them if there are none as yet.
  if (turns.some(({ limits }) => limits)) await effectsUnderTest.loadLimiter(context);
  const effects = effectsUnderTest.createEffects(context, context.destination);
  const buffer = context.createBuffer(planes.length, frames, sampleRate);
  planes.forEach((plane, channel) => {
    buffer.copyToChannel(Float32Array.from(plane), channel);
  });
  const source = context.createBufferSource();
  source.buffer = buffer;
  source.connect(effects.input);
  source.start();

  async function take({ settings, circumstances, limits }: Turn): Promise<void> {
    effects.tune(settings, circumstances);
    while (limits && effects.latencyFrames() === 0) {
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
  }

  for (const turn of turns) {
    if (turn.atSeconds === 0) await take(turn);
    else {
      void context
        .suspend(turn.atSeconds)
        .then(() => take(turn))
        .then(() => context.resume());
    }
  }
  const rendered = await context.startRendering();
  return Array.from({ length: outputs }, (_, channel) => [...rendered.getChannelData(channel)]);
}
