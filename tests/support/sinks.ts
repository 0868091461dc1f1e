import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSoundServer } from '../../scripts/sound-server.mjs';
import { test as base } from './app.ts';
import { type Ear, openEar } from './ear.ts';

/** Headphones, as far as the sound server knows. */
export interface Headphones {
  /** What is heard in them. */
  readonly ear: Ear;
  readonly unplug: () => void;
}

/** A sound server of the test's own, which the app plays to. */
export interface OwnSoundServer {
  /** What the server that runs at present plays. */
  readonly ear: () => Ear;
  /** Ends it and starts another in its place. */
  readonly restart: () => Promise<void>;
}

interface SinkFixtures {
  readonly soundServer: OwnSoundServer;
  /** Plugs in an output of its own rate beside the test's; what still is at its end is unplugged. */
  readonly plugIn: (name: string, rate: number) => Headphones;
}

export const test = base.extend<SinkFixtures>({
  plugIn: async ({}, use) => {
    const plugged = new Set<Headphones>();
    await use((name, rate) => {
      const headphones = makeSink(name, rate, () => plugged.delete(headphones));
      plugged.add(headphones);
      return headphones;
    });
    for (const { unplug } of plugged) unplug();
  },
  soundServer: async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'refrain-server-'));
    let server = await openSoundServer(process.env, folder);
    let ear = openEar(server.env['REFRAIN_TEST_SINK'], server.env);
    const outer = process.env['PULSE_SERVER'];
    process.env['PULSE_SERVER'] = server.env['PULSE_SERVER'];
    await use({
      ear: () => ear,
      restart: async () => {
        ear.close();
        await server.close();
        server = await openSoundServer(process.env, folder);
        ear = openEar(server.env['REFRAIN_TEST_SINK'], server.env);
      },
    });
    process.env['PULSE_SERVER'] = outer;
    ear.close();
    await server.close();
    await rm(folder, { recursive: true, force: true });
  },
});

function makeSink(name: string, rate: number, unplugged: () => void): Headphones {
  const sink = name.toLowerCase();
  const properties = `sink_properties=device.description=${name}`;
  const module = pactl(
    'load-module',
    'module-null-sink',
    `sink_name=${sink}`,
    `rate=${rate}`,
    properties,
  );
  const ear = openEar(`${sink}.monitor`);
  return {
    ear,
    unplug: () => {
      unplugged();
      ear.close();
      pactl('unload-module', module);
    },
  };
}

function pactl(...args: readonly string[]): string {
  return execFileSync('pactl', args, { encoding: 'utf8' }).trim();
}
