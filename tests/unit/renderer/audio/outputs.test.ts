import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { DeviceSource, OutputChange } from '../../../../renderer/audio/outputs.ts';
import { createOutputs } from '../../../../renderer/audio/outputs.ts';
import { systemOutput } from '../../../../shared/sound-limits.ts';

const headphones = { id: 'a1', name: 'Headphones' };
let listed: readonly MediaDeviceInfo[];
let clock: number;

beforeEach(() => {
  vi.useFakeTimers();
  clock = 0;
  listed = [device('default', 'Default'), device('s1', 'Speakers'), device('a1', 'Headphones')];
});
afterEach(() => {
  vi.useRealTimers();
});

function device(deviceId: string, label: string): MediaDeviceInfo {
  const info = { deviceId, label, groupId: deviceId, kind: 'audiooutput' as const };
  return { ...info, toJSON: () => info };
}

function open() {
  const source: DeviceSource = {
    enumerateDevices: () => Promise.resolve([...listed]),
    addEventListener: () => undefined,
  };
  const outputs = createOutputs(source, () => clock);
  const changes: OutputChange[] = [];
  outputs.onChanged((change) => changes.push(change));
  return { outputs, changes };
}

describe('the outputs', () => {
  it('uses the chosen one, the system’s own while it is gone, and it again when it has settled', async () => {
    const { outputs, changes } = open();
    await outputs.choose(headphones);
    expect(outputs.current()).toEqual({ ...headphones, sinkId: 'a1' });

    const all = listed;
    listed = all.slice(0, 2);
    await outputs.look();
    expect(outputs.current().id).toBe(systemOutput);
    expect(changes.at(-1)).toMatchObject({ from: headphones, lost: true });

    listed = all;
    await outputs.look();
    expect(outputs.current().id).toBe(systemOutput);
    clock += 6000;
    await outputs.look();
    expect(outputs.current().id).toBe(headphones.id);
    expect(changes.at(-1)).toMatchObject({ lost: false });
  });

  it('knows the chosen one by its name when the system gave it another id', async () => {
    const { outputs } = open();
    await outputs.choose({ id: 'of-last-year', name: 'Headphones' });
    expect(outputs.current()).toEqual({ id: 'of-last-year', name: 'Headphones', sinkId: 'a1' });
  });

  it('notices by itself that the chosen one is gone', async () => {
    const { outputs, changes } = open();
    outputs.setSounding(true);
    await outputs.choose(headphones);
    listed = listed.slice(0, 2);
    await vi.advanceTimersByTimeAsync(300);
    expect(changes.at(-1)).toMatchObject({ lost: true });
  });
});
