import { systemOutput } from '../../shared/sound-limits.ts';
import type { SoundOutput } from '../../shared/sound-settings.ts';

/** Where the sound goes. The id is the one that the listener's settings know the output by. */
export interface CurrentOutput extends SoundOutput {
  /** What Web Audio calls it at present. */
  readonly sinkId: string;
}

export interface OutputChange {
  readonly from: CurrentOutput;
  readonly to: CurrentOutput;
  /** `from` was unplugged. */
  readonly lost: boolean;
}

/**
 * The outputs that the system has, and which of them sounds: the listener's choice as long as it is
 * there, else the system's own.
 */
export interface Outputs {
  readonly current: () => CurrentOutput;
  /** Resolves when it is used, or known not to be there. */
  readonly choose: (chosen: SoundOutput) => Promise<void>;
  /** Asks the system; what changed is told before it answers. The system's own is not among them. */
  readonly look: () => Promise<readonly SoundOutput[]>;
  /** While it sounds an output that goes is noticed within a moment. */
  readonly setSounding: (sounding: boolean) => void;
  /** @returns a function that ends the listening */
  readonly onChanged: (listener: (change: OutputChange) => void) => () => void;
}

/** What of the browser's MediaDevices is needed. */
export type DeviceSource = Pick<MediaDevices, 'enumerateDevices' | 'addEventListener'>;

/**
 * Sound servers move a stream whose device has gone to another at once, at full volume, and the
 * browser hears of it late or never: so it is asked again and again (1.6 ms each) while it matters.
 */
const soundingMilliseconds = 250;
const idleMilliseconds = 2000;

/**
 * Chromium keeps a stream for 5 s and takes it up again for the same device, also when the sound
 * server has moved it elsewhere: an output that is back sooner is used only then.
 */
const settlingMilliseconds = 6000;

/** @param now milliseconds of a clock that is never set */
export function createOutputs(source: DeviceSource, now: () => number): Outputs {
  const listeners = new Set<(change: OutputChange) => void>();
  let chosen: SoundOutput = { id: systemOutput, name: '' };
  let current: CurrentOutput = { ...chosen, sinkId: systemOutput };
  /** The device that the system's own choice stands for, where it says so. */
  let standsFor: MediaDeviceInfo | null = null;
  let lostAt = -Infinity;
  let sounding = false;
  let timer: ReturnType<typeof setTimeout> | null = null;

  async function choose(output: SoundOutput): Promise<void> {
    if (output.id === chosen.id) return;
    chosen = output;
    lostAt = -Infinity;
    await look();
  }

  async function look(): Promise<readonly SoundOutput[]> {
    const asked = chosen;
    const all = await source.enumerateDevices().catch(() => []);
    const devices = all.filter(({ kind }) => kind === 'audiooutput');
    if (asked === chosen) takeIn(devices);
    return devices
      .filter(isOneDevice)
      .map(({ deviceId, label }) => ({ id: deviceId, name: label }));
  }

  function takeIn(devices: readonly MediaDeviceInfo[]): void {
    const found = findChosen(chosen, devices.filter(isOneDevice));
    const isLost = found === null && current.id === chosen.id && chosen.id !== systemOutput;
    if (isLost) lostAt = now();
    if (found !== null && now() - lostAt >= settlingMilliseconds) {
      goTo({ ...chosen, sinkId: found.deviceId }, false);
    } else {
      goTo({ id: systemOutput, name: '', sinkId: systemOutput }, isLost);
    }
    followSystem(devices);
    watch();
  }

  /** Where the system names the device behind its own choice, that one can be pulled out, too. */
  function followSystem(devices: readonly MediaDeviceInfo[]): void {
    const before = standsFor;
    const system = devices.find(({ deviceId }) => deviceId === 'default');
    standsFor =
      devices.find((device) => isOneDevice(device) && device.groupId === system?.groupId) ?? null;
    if (before === null || before.deviceId === standsFor?.deviceId) return;
    if (current.id !== systemOutput) return;
    const isLost = devices.every(({ deviceId }) => deviceId !== before.deviceId);
    tell({ from: { ...current, name: before.label }, to: current, lost: isLost });
  }

  function lookAgain(): void {
    void look();
  }

  function goTo(to: CurrentOutput, lost: boolean): void {
    if (to.id === current.id && to.sinkId === current.sinkId) return;
    const from = current;
    current = to;
    tell({ from, to, lost });
  }

  function tell(change: OutputChange): void {
    for (const listener of listeners) listener(change);
  }

  /** The system's own device follows the system by itself: only a chosen one is asked for. */
  function watch(): void {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    if (chosen.id === systemOutput) return;
    const here = sounding && current.id === chosen.id;
    timer = setTimeout(() => void look(), here ? soundingMilliseconds : idleMilliseconds);
  }

  return {
    current: () => current,
    choose,
    look,
    setSounding: (sounds) => {
      if (sounds === sounding) return;
      sounding = sounds;
      watch();
    },
    onChanged: (listener) => {
      // For who listens to it Chromium starts two processes: none before somebody follows.
      source.addEventListener('devicechange', lookAgain);
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** By its id, else by its name, which stays when the system gives out new ids. */
function findChosen(
  chosen: SoundOutput,
  devices: readonly MediaDeviceInfo[],
): MediaDeviceInfo | null {
  if (chosen.id === systemOutput) return null;
  const byId = devices.find(({ deviceId }) => deviceId === chosen.id);
  return byId ?? devices.find(({ label }) => label !== '' && label === chosen.name) ?? null;
}

/** The others stand for one of these. */
function isOneDevice({ deviceId }: MediaDeviceInfo): boolean {
  return deviceId !== 'default' && deviceId !== 'communications' && deviceId !== '';
}
