import type { EventName, Events, Input, Output, Reply, RequestName } from '../shared/contract.ts';
import { RefrainError } from '../shared/errors.ts';

/** What preload puts on the page: two generic functions and one for dropped files. */
interface Bridge {
  readonly ask: (name: string, input: unknown) => Promise<Reply<unknown>>;
  readonly on: (name: string, listener: (payload: unknown) => void) => () => void;
  readonly pathsOf: (files: readonly File[]) => readonly string[];
}

declare global {
  interface Window {
    readonly refrain: Bridge;
  }
}

type Arguments<Name extends RequestName> = undefined extends Input<Name> ? [] : [Input<Name>];

/** The main process as the window sees it. Stores take it as an argument, so tests hand in theirs. */
export interface MainProcess {
  /** @throws RefrainError with the reply's code */
  readonly ask: <Name extends RequestName>(
    name: Name,
    ...input: Arguments<Name>
  ) => Promise<Output<Name>>;
  /** @returns a function that stops listening */
  readonly on: <Name extends EventName>(
    name: Name,
    listener: (payload: Events[Name]) => void,
  ) => () => void;
  /** Paths of files dropped on the window; main checks each. */
  readonly pathsOf: (files: readonly File[]) => readonly string[];
}

/** Types the bridge by the contract. Main's replies are trusted: it is our own code. */
export function connectMainProcess(bridge: Bridge): MainProcess {
  return {
    async ask(name, ...input) {
      const reply = await bridge.ask(name, input[0]);
      if (reply.ok) return reply.value as never;
      throw new RefrainError(
        reply.code,
        reply.message,
        reply.detail === undefined ? {} : { detail: reply.detail },
      );
    },
    on: (name, listener) => bridge.on(name, listener as (payload: unknown) => void),
    pathsOf: (files) => bridge.pathsOf(files),
  };
}
