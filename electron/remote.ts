import type { MessagePort } from 'node:worker_threads';
import { RefrainError } from '../shared/errors.ts';
import type { ErrorCode } from '../shared/errors.ts';

/** One end of a pair between two processes or threads. Values are cloned on the way. */
export interface Port {
  /** @throws RefrainError `unavailable` while there is no other side */
  readonly postMessage: (message: unknown) => void;
  readonly onMessage: (listener: (message: unknown) => void) => void;
  /** The other side is gone. A port may come back with a new one, as after a restart. */
  readonly onClose: (listener: () => void) => void;
}

/** What can be called from the other side: functions by part and name. */
export type Parts = Readonly<Record<string, object>>;

/** The same parts as seen from afar: every answer is a promise. */
export type Remote<Served extends Parts> = {
  readonly [Part in keyof Served]: {
    readonly [Name in keyof Served[Part]]: Served[Part][Name] extends (
      ...values: infer Values
    ) => infer Result
      ? (...values: Values) => Promise<Awaited<Result>>
      : never;
  };
};

interface Call {
  readonly call: number;
  readonly part: string;
  readonly name: string;
  readonly values: readonly unknown[];
}

type Answer =
  | { readonly answer: number; readonly value: unknown }
  | {
      readonly answer: number;
      readonly error: {
        readonly code: ErrorCode;
        readonly message: string;
        readonly detail?: string;
      };
    };

interface Event<Events> {
  readonly event: keyof Events;
  readonly payload: Events[keyof Events];
}

/**
 * Answers the calls of the other side. Both sides are built from the same source, so calls are not
 * checked here; what the listener or the window sent was checked at its own door.
 * @param fault told of every error that is no RefrainError
 */
export function serve<Events>(
  port: Port,
  parts: Parts,
  fault: (message: string, cause: unknown) => void,
) {
  port.onMessage((message) => {
    const call = message as Call;
    answer(call).catch((error: unknown) => {
      // The other side went away meanwhile.
      fault(`${call.part}.${call.name} has nobody to answer`, error);
    });
  });

  async function answer({ call, part, name, values }: Call): Promise<void> {
    try {
      const method: unknown = Reflect.get(
        Object.hasOwn(parts, part) ? (parts[part] ?? {}) : {},
        name,
      );
      if (typeof method !== 'function') {
        throw new RefrainError('not_found', `There is no ${part}.${name}`);
      }
      const value: unknown = await Reflect.apply(method, undefined, values);
      port.postMessage({ answer: call, value } satisfies Answer);
    } catch (error) {
      if (!(error instanceof RefrainError)) fault(`${part}.${name}`, error);
      port.postMessage({ answer: call, error: describe(error) } satisfies Answer);
    }
  }

  return {
    emit: <Name extends keyof Events>(event: Name, payload: Events[Name]): void => {
      port.postMessage({ event, payload } satisfies Event<Events>);
    },
  };
}

/** The calling side. When the port closes, calls without an answer end with `unavailable`. */
export function connect<Served extends Parts, Events>(port: Port) {
  const waiting = new Map<number, PromiseWithResolvers>();
  const listeners = new Map<keyof Events, ((payload: never) => void)[]>();
  let calls = 0;

  port.onMessage((message) => {
    const incoming = message as Answer | Event<Events>;
    if ('event' in incoming) {
      for (const listener of listeners.get(incoming.event) ?? []) {
        listener(incoming.payload as never);
      }
      return;
    }
    const call = waiting.get(incoming.answer);
    waiting.delete(incoming.answer);
    if ('value' in incoming) call?.resolve(incoming.value);
    else call?.reject(revive(incoming.error));
  });
  port.onClose(() => {
    const error = new RefrainError('unavailable', 'The other side is gone');
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
  });

  function call(part: string, name: string, values: readonly unknown[]): Promise<unknown> {
    return new Promise((resolve, reject) => {
      calls += 1;
      port.postMessage({ call: calls, part, name, values } satisfies Call);
      waiting.set(calls, { resolve, reject });
    });
  }

  return {
    parts: byName((part) =>
      byName(
        (name) =>
          (...values: unknown[]) =>
            call(part, name, values),
      ),
    ) as Remote<Served>,
    on: <Name extends keyof Events>(
      event: Name,
      listener: (payload: Events[Name]) => void,
    ): void => {
      listeners.set(event, [...(listeners.get(event) ?? []), listener]);
    },
  };
}

interface PromiseWithResolvers {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** One end of a channel between two threads, or within one. */
export function overMessagePort(end: MessagePort): Port {
  let isOpen = true;
  end.on('close', () => {
    isOpen = false;
  });
  return {
    postMessage(message) {
      // A closed one would swallow it, and the call would never be answered.
      if (!isOpen) throw new RefrainError('unavailable', 'The other side is gone');
      end.postMessage(message);
    },
    onMessage: (listener) => void end.on('message', listener),
    onClose: (listener) => void end.on('close', listener),
  };
}

/** An object that makes each property when it is first asked for; never a promise-like one. */
function byName(make: (name: string) => unknown): object {
  const made = new Map<string, unknown>();
  return new Proxy(Object.create(null) as object, {
    get(_, name) {
      if (typeof name !== 'string' || name === 'then') return undefined;
      if (!made.has(name)) made.set(name, make(name));
      return made.get(name);
    },
  });
}

function describe(error: unknown): Extract<Answer, { readonly error: unknown }>['error'] {
  if (!(error instanceof RefrainError)) return { code: 'internal', message: String(error) };
  const { code, message, detail } = error;
  return { code, message, ...(detail !== undefined && { detail }) };
}

function revive({ code, message, detail }: ReturnType<typeof describe>): RefrainError {
  return new RefrainError(code, message, detail === undefined ? {} : { detail });
}
