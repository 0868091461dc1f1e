import type { Controls } from '../controls.ts';
import type { Answer, Call, Typed } from '../session-bus.ts';
import { introspection } from './introspection.ts';
import type { MprisState, Properties } from './properties.ts';
import {
  microseconds,
  playerProperties,
  repeatOf,
  rootProperties,
  trackIdOf,
} from './properties.ts';

export const rootInterface = 'org.mpris.MediaPlayer2';
export const playerInterface = 'org.mpris.MediaPlayer2.Player';
export const propertiesInterface = 'org.freedesktop.DBus.Properties';
const introspectable = 'org.freedesktop.DBus.Introspectable';

/** What the calls are answered from, and what they act on. */
export interface MprisParts {
  readonly controls: Controls;
  readonly state: () => MprisState;
  /** Of what plays, in seconds. */
  readonly position: () => number;
  /** The listener's desktop stopped what plays, for good and not for a while. */
  readonly halt: () => void;
}

const done: Answer = { kind: 'reply', values: [] };

/** Answers one call to the player's object. Values of wrong types are refused, not guessed at. */
export function answerCall(call: Call, parts: MprisParts): Answer {
  switch (call.interface) {
    case propertiesInterface:
      return answerProperties(call, parts);
    case introspectable:
      return reply(['s', introspection]);
    case rootInterface:
      return callPlain(rootMethods, call, parts.controls);
    case playerInterface:
      return answerPlayer(call, parts);
    case undefined:
      return callPlain(rootMethods, call, parts.controls) ?? answerPlayer(call, parts);
    default:
      return null;
  }
}

/** Methods that take nothing and ask one thing of the player. */
const rootMethods = new Map<string, PlainControl>([
  ['Raise', 'show'],
  ['Quit', 'quit'],
]);
const playerMethods = new Map<string, PlainControl>([
  ['Play', 'play'],
  ['Pause', 'pause'],
  ['PlayPause', 'playPause'],
  ['Next', 'next'],
  ['Previous', 'previous'],
]);
type PlainControl = 'show' | 'quit' | 'play' | 'pause' | 'playPause' | 'next' | 'previous';

function callPlain(
  methods: ReadonlyMap<string, PlainControl>,
  { member }: Call,
  controls: Controls,
): Answer {
  const control = methods.get(member);
  if (control === undefined) return null;
  controls[control]();
  return done;
}

function answerPlayer(call: Call, parts: MprisParts): Answer {
  const { member, body } = call;
  const { controls } = parts;
  switch (member) {
    case 'Stop':
      parts.halt();
      controls.stop();
      return done;
    case 'Seek':
      return withSeconds(body[0], (offset) => seekBy(offset, parts));
    case 'SetPosition':
      return withSeconds(body[1], (seconds) => seekTo(body[0], seconds, parts));
    case 'OpenUri':
      if (typeof body[0] !== 'string') return wrongType(member);
      controls.open(body[0]);
      return done;
    default:
      return callPlain(playerMethods, call, controls);
  }
}

/** Beyond the end it is as if the next track were asked for. */
function seekBy(offset: number, { controls, state, position }: MprisParts): void {
  const { canSeek, item } = state().shown;
  if (!canSeek || item === null) return;
  const target = position() + offset;
  if (target > item.seconds) controls.next();
  else controls.seek(target);
}

/** One that is meant for a track that is over, or for no place in this one, is too late. */
function seekTo(trackId: unknown, seconds: number, { controls, state }: MprisParts): void {
  const { item } = state().shown;
  if (item === null || trackId !== trackIdOf(item)) return;
  if (seconds >= 0 && seconds <= item.seconds) controls.seek(seconds);
}

function answerProperties({ member, body }: Call, parts: MprisParts): Answer {
  const [of, name, value] = body;
  const properties = propertiesOf(of, parts);
  if (properties === null) return failed('UnknownInterface', `No properties of ${String(of)}`);
  switch (member) {
    case 'GetAll':
      return reply(['a{sv}', properties]);
    case 'Get': {
      const found = typeof name === 'string' ? properties[name] : undefined;
      return found === undefined ? noProperty(name) : reply(['v', found]);
    }
    case 'Set':
      return setProperty(of === playerInterface ? name : null, value, parts.controls);
    default:
      return null;
  }
}

function propertiesOf(of: unknown, { state, position }: MprisParts): Properties | null {
  if (of === rootInterface) return rootProperties;
  if (of !== playerInterface) return null;
  return { ...playerProperties(state()), Position: ['x', microseconds(position())] };
}

function setProperty(name: unknown, value: unknown, controls: Controls): Answer {
  switch (name) {
    case 'LoopStatus': {
      const repeat = repeatOf(value);
      if (repeat === null) return wrongType(name);
      controls.setRepeat(repeat);
      return done;
    }
    case 'Shuffle':
      if (typeof value !== 'boolean') return wrongType(name);
      controls.setShuffle(value);
      return done;
    case 'Volume':
      if (!isNumber(value)) return wrongType(name);
      controls.setVolume(value);
      return done;
    case 'Rate':
      if (!isNumber(value)) return wrongType(name);
      // The specification's own rule.
      if (value === 0) controls.pause();
      else controls.setSpeed(value);
      return done;
    default:
      return noProperty(name);
  }
}

/** @param value microseconds, as MPRIS has all its times */
function withSeconds(value: unknown, act: (seconds: number) => void): Answer {
  if (typeof value !== 'bigint' && !isNumber(value)) return wrongType('time');
  act(Number(value) / 1e6);
  return done;
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}

function reply(...values: readonly Typed[]): Answer {
  return { kind: 'reply', values };
}

function wrongType(what: string): Answer {
  return failed('InvalidArgs', `This is no value for ${what}`);
}

function noProperty(name: unknown): Answer {
  return failed('UnknownProperty', `There is no property ${String(name)} to be had or set`);
}

function failed(name: string, text: string): Answer {
  return { kind: 'error', name: `org.freedesktop.DBus.Error.${name}`, text };
}
