import type { SessionBus, Typed } from '../session-bus.ts';
import {
  type MprisParts,
  answerCall,
  playerInterface,
  propertiesInterface,
} from './answer-call.ts';
import type { Properties } from './properties.ts';
import { microseconds, playerProperties } from './properties.ts';

/** The player as the media controls of a Linux desktop see it. */
export interface Mpris {
  /** Something of it may be new: what is gets told. */
  readonly changed: () => void;
  /** The position is not where what was told before lets one expect it. */
  readonly jumped: () => void;
}

const objectPath = '/org/mpris/MediaPlayer2';
const ownName = 'org.mpris.MediaPlayer2.refrain';

/** @param instance told from other running players of ours by this number */
export async function openMpris(
  bus: SessionBus,
  parts: MprisParts,
  instance: number,
): Promise<Mpris> {
  let told = playerProperties(parts.state());
  bus.serve(objectPath, (call) => answerCall(call, parts));
  // Only now, for whoever sees the name asks at once.
  if (!(await bus.takeName(ownName))) await bus.takeName(`${ownName}.instance${instance}`);

  return {
    changed() {
      const current = playerProperties(parts.state());
      const news = difference(told, current);
      told = current;
      if (Object.keys(news).length === 0) return;
      bus.signal(objectPath, propertiesInterface, 'PropertiesChanged', [
        ['s', playerInterface],
        ['a{sv}', news],
        ['as', []],
      ]);
    },
    jumped() {
      const position: Typed = ['x', microseconds(parts.position())];
      bus.signal(objectPath, playerInterface, 'Seeked', [position]);
    },
  };
}

function difference(before: Properties, after: Properties): Properties {
  return Object.fromEntries(
    Object.entries(after).filter(
      ([name, value]) => JSON.stringify(value) !== JSON.stringify(before[name]),
    ),
  );
}
