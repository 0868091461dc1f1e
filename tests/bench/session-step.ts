/**
 * How long the session's step keeps the main thread, with a long queue: the slowest of many. The
 * bar is 5 ms for each with 100,000 entries.
 *
 *   npx tsx tests/bench/session-step.ts [ENTRIES]
 */
import { defaultSoundSettings } from '../../shared/default-sound.ts';
import { performance } from 'node:perf_hooks';
import { step } from '../../electron/playback/session.ts';
import type { SessionEvent, SessionState, World } from '../../electron/playback/session-state.ts';
import { newSession } from '../../electron/playback/session-state.ts';
import { queueViewOf, viewOf } from '../../electron/playback/session-view.ts';
import { savedQueueOf } from '../../electron/playback/saved-session.ts';

const entries = Number(process.argv[2] ?? 100_000);
const runs = 40;
const world: World = {
  nowMs: 0,
  monotonicSeconds: 0,
  random: Math.random,
  allows: () => false,
  sound: defaultSoundSettings,
};
const trackIds = Uint32Array.from({ length: entries }, (_, index) => index + 1);

const plain = played({ kind: 'play', trackIds, start: 0, shuffle: false });
const shuffled = played({ kind: 'play', trackIds, start: 0, shuffle: true });
const around = after(shuffled, { kind: 'setRepeat', repeat: 'all' });
const last = shuffled.queue.entryIds[shuffled.queue.order?.at(-1) ?? 0] ?? 1;
const middle = Math.floor(entries / 2);
const half = Array.from(trackIds.subarray(0, middle));

const cases: readonly (readonly [string, () => unknown])[] = [
  ['play', () => played({ kind: 'play', trackIds, start: 5, shuffle: false })],
  ['play shuffled', () => played({ kind: 'play', trackIds, start: null, shuffle: true })],
  ['position', () => after(shuffled, position(shuffled))],
  ['next', () => after(shuffled, { kind: 'next' })],
  ['jump', () => after(shuffled, { kind: 'jump', entry: middle })],
  ['jump to the last, next round drawn', () => after(around, { kind: 'jump', entry: last })],
  ['shuffle on', () => after(plain, { kind: 'setShuffle', shuffle: true })],
  ['shuffle off', () => after(shuffled, { kind: 'setShuffle', shuffle: false })],
  [
    'play one next',
    () => after(shuffled, { kind: 'enqueue', trackIds: Uint32Array.of(9), where: 'next' }),
  ],
  ['remove one', () => after(shuffled, { kind: 'removeEntries', entries: [middle] })],
  ['remove half', () => after(shuffled, { kind: 'removeEntries', entries: half })],
  ['move one', () => after(plain, { kind: 'moveEntries', entries: [middle], before: 2 })],
  ['view', () => viewOf(shuffled, world)],
  ['queue view', () => queueViewOf(shuffled)],
  ['queue to save', () => savedQueueOf(shuffled.queue)],
];

for (const [name, work] of cases) {
  const times = Array.from({ length: runs }, () => {
    const began = performance.now();
    work();
    return performance.now() - began;
  }).sort((one, other) => one - other);
  const median = times[Math.floor(runs / 2)] ?? 0;
  console.log(
    `${name.padEnd(36)} median ${median.toFixed(3)} ms, slowest ${(times.at(-1) ?? 0).toFixed(3)} ms`,
  );
}

function played(event: SessionEvent): SessionState {
  return after(newSession(0), event);
}

function after(state: SessionState, event: SessionEvent): SessionState {
  return step(state, event, world).state;
}

function position({ now }: SessionState): SessionEvent {
  return { kind: 'reported', report: { kind: 'position', play: now?.play ?? 0, seconds: 7 } };
}
