import type { EventName, Events, Input, Output, RequestName } from '../../shared/contract.ts';
import { RefrainError } from '../../shared/errors.ts';
import type { MainProcess } from '../../renderer/main-process.ts';

/** Answers by the contract; what is left out answers `not_found`. */
export type Answers = {
  readonly [Name in RequestName]?: (input: Input<Name>) => Output<Name> | Promise<Output<Name>>;
};

export interface MemoryMain extends MainProcess {
  /** Every request that was made, in order. */
  readonly asked: readonly (readonly [RequestName, unknown])[];
  /** Sends an event as main would. */
  readonly send: <Name extends EventName>(name: Name, payload: Events[Name]) => void;
}

/** A main process in memory, for the stores of the window: the same door, no Electron behind it. */
export function createMemoryMain(answers: Answers): MemoryMain {
  const asked: [RequestName, unknown][] = [];
  const listeners = new Map<EventName, Set<(payload: never) => void>>();
  return {
    asked,
    async ask(name, ...input) {
      asked.push([name, input[0]]);
      const answer = answers[name] as ((input: unknown) => unknown) | undefined;
      if (answer === undefined) throw new RefrainError('not_found', name);
      return (await answer(structuredClone(input[0]))) as never;
    },
    on(name, listener) {
      const known = listeners.get(name) ?? new Set();
      listeners.set(name, known.add(listener));
      return () => known.delete(listener);
    },
    pathsOf: (files) => files.map(({ name }) => `/music/${name}`),
    send(name, payload) {
      for (const listener of listeners.get(name) ?? []) {
        (listener as (payload: unknown) => void)(structuredClone(payload));
      }
    },
  };
}
