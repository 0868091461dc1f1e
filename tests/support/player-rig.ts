import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { onTestFinished } from 'vitest';
import type { Clock } from '../../electron/clock.ts';
import { openDatabase } from '../../electron/database/open-database.ts';
import type { AdBreaks } from '../../electron/playback/ads-port.ts';
import type { Player, PlayerParts } from '../../electron/playback/player-ports.ts';
import { createPlayer } from '../../electron/playback/player.ts';
import { createSessionStore } from '../../electron/playback/session-store.ts';
import type { Notice, UndoStep } from '../../shared/contract.ts';
import { defaultSoundSettings } from '../../shared/default-sound.ts';
import type { SessionView } from '../../shared/session.ts';
import { allows } from '../../shared/tier.ts';
import type { LoopPoints } from '../../shared/track-sound.ts';
import type { TrackList } from '../../shared/track.ts';
import { createFakeEngine } from './fake-engine.ts';
import { idsOf, randomFrom, singles, spot } from './session-rig.ts';
import { temporaryFolder } from './temporary-folder.ts';

const tracks = singles(12);

/** Stands in for a part of the player's world. */
interface Options {
  readonly database?: ReturnType<typeof openDatabase>;
  readonly load?: PlayerParts['store']['load'];
  readonly save?: PlayerParts['store']['save'];
  readonly trackIds?: (list: TrackList) => Promise<Uint32Array>;
  readonly playables?: PlayerParts['library']['playables'];
  readonly setLoop?: PlayerParts['library']['setLoop'];
  readonly prepare?: AdBreaks['prepare'];
  /** Moves what `run` lets pass. */
  readonly clock?: Clock;
}

export async function openProfile() {
  const database = openDatabase(join(await temporaryFolder(), 'library.db'));
  onTestFinished(() => database.close());
  return database;
}

/** A player over a real database, with an engine that plays in the clock given to both. */
export async function startPlayer(options: Options) {
  const table = createSessionStore(options.database ?? (await openProfile()));
  const views: SessionView[] = [];
  const notices: Notice[] = [];
  const undo: { step: UndoStep; takeBack: () => Promise<void> }[] = [];
  const heard: number[] = [];
  const saved: (readonly [number, LoopPoints | null])[] = [];
  let sound = defaultSoundSettings;
  const spotEvents: string[] = [];
  let milliseconds = 1_000_000;
  let tier: 'free' | 'premium' = 'free';
  const engine = createFakeEngine((report) => void player.report(report));
  const player: Player = createPlayer({
    library: {
      trackIds: options.trackIds ?? (() => Promise.resolve(idsOf(tracks))),
      playables:
        options.playables ??
        ((ids) => Promise.resolve(tracks.filter(({ id }) => ids.includes(id)))),
      setLoop:
        options.setLoop ??
        ((id, points) => {
          saved.push([id, points]);
          return Promise.resolve();
        }),
    },
    store: {
      load: options.load ?? (() => Promise.resolve(table.load())),
      save:
        options.save ??
        ((part) => {
          table.save(part);
          return Promise.resolve();
        }),
    },
    ads: {
      prepare: options.prepare ?? (() => Promise.resolve([spot('one', 20), spot('two', 20)])),
      spotHappened: (_, event) => spotEvents.push(event.kind),
    },
    allows: (feature) => allows(tier, feature),
    sound: () => sound,
    now: () => milliseconds + (options.clock?.now() ?? 0),
    monotonic: () => milliseconds + (options.clock?.monotonic() ?? 0),
    random: randomFrom(3),
    changed: (view) => {
      views.push(view);
      engine.follow(view);
    },
    notice: (notice) => notices.push(notice),
    heard: (trackId) => heard.push(trackId),
    offerUndo: (step, takeBack) => undo.push({ step, takeBack }),
    trouble: () => undefined,
  });

  return {
    player,
    engine,
    views,
    notices,
    undo,
    heard,
    saved,
    spotEvents,
    setSound(next: typeof sound) {
      sound = next;
      player.soundChanged();
    },
    setTier(next: 'free' | 'premium') {
      tier = next;
      player.tierChanged();
    },
    async run(seconds: number) {
      await setImmediate();
      for (let part = 1; part <= seconds * 2; part += 1) {
        milliseconds += 500;
        engine.advance(0.5);
        if (part % 2 === 0) player.tick();
        await setImmediate();
      }
    },
  };
}
