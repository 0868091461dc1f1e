import type { EventEmitter } from 'node:events';
import type { Message, Variant } from '@jellybrick/dbus-next';

/**
 * A value with its D-Bus signature. In a dictionary of variants each value has its own again, and
 * 64-bit numbers are plain ones.
 */
export type Typed = readonly [signature: string, value: unknown];

/** A call as it came, of whatever types its caller chose. */
export interface Call {
  /** Callers may leave it out. */
  readonly interface: string | undefined;
  readonly member: string;
  /** 64-bit numbers are bigints; a variant is what it holds. */
  readonly body: readonly unknown[];
}

/** `null`: there is no such method. */
export type Answer =
  | { readonly kind: 'reply'; readonly values: readonly Typed[] }
  | { readonly kind: 'error'; readonly name: string; readonly text: string }
  | null;

/** The bus on which the programs of one desktop session talk. Only this file knows its library. */
export interface SessionBus {
  /** Answers the calls to one object of ours. */
  readonly serve: (path: string, answer: (call: Call) => Answer) => void;
  readonly signal: (path: string, from: string, member: string, values: readonly Typed[]) => void;
  /** @returns false when somebody else has the name */
  readonly takeName: (name: string) => Promise<boolean>;
  readonly hasOwner: (name: string) => Promise<boolean>;
  readonly close: () => void;
}

/**
 * Loads the library with the first use, for only a desktop's session has such a bus.
 * Rejects when there is none.
 * @param trouble hears of a bus that fails later
 * @param address of another bus than that of this session
 */
export async function openSessionBus(
  trouble: (cause: unknown) => void,
  address?: string,
): Promise<SessionBus> {
  const library = await import('@jellybrick/dbus-next');
  const bus = library.sessionBus(address === undefined ? {} : { busAddress: address });
  // Its types leave this event out.
  const events: EventEmitter = bus;
  await new Promise<void>((resolve, reject) => {
    let isOpen = false;
    events.on('connect', () => {
      isOpen = true;
      resolve();
    });
    events.on('error', (error: unknown) => {
      if (isOpen) trouble(error);
      else reject(error instanceof Error ? error : new Error(String(error)));
    });
  });

  function send(message: Message): void {
    try {
      bus.send(message);
    } catch (error) {
      trouble(error);
    }
  }

  function variant([signature, value]: Typed): Variant {
    return new library.Variant(signature, wire([signature, value]));
  }

  /** A value as the library wants it. */
  function wire([signature, value]: Typed): unknown {
    if (signature === 'x') return BigInt(Math.round(value as number));
    if (signature === 'v') return variant(value as Typed);
    if (signature !== 'a{sv}') return value;
    const entries = Object.entries(value as Readonly<Record<string, Typed>>);
    return Object.fromEntries(entries.map(([name, inner]) => [name, variant(inner)]));
  }

  function reply(message: Message, answer: NonNullable<Answer>): void {
    if (answer.kind === 'error') {
      send(library.Message.newError(message, answer.name, answer.text));
      return;
    }
    const signature = answer.values.map(([one]) => one).join('');
    send(library.Message.newMethodReturn(message, signature, answer.values.map(wire)));
  }

  return {
    serve(path, answer) {
      bus.addMethodHandler((message) => {
        if (message.path !== path) return false;
        const body = message.body.map((value): unknown =>
          value instanceof library.Variant ? value.value : value,
        );
        const { member } = message;
        // Callers of the bus may leave it out, whatever the library's types say.
        const of = message.interface as string | undefined;
        const answered = answer({ interface: of, member, body });
        if (answered === null) return false;
        if ((message.flags & library.MessageFlag.NO_REPLY_EXPECTED) === 0) reply(message, answered);
        return true;
      });
    },
    signal(path, from, member, values) {
      const signature = values.map(([one]) => one).join('');
      send(library.Message.newSignal(path, from, member, signature, values.map(wire)));
    },
    async takeName(name) {
      const taken = await bus.requestName(name, library.NameFlag.DO_NOT_QUEUE);
      return taken === library.RequestNameReply.PRIMARY_OWNER;
    },
    async hasOwner(name) {
      const asked = new library.Message({
        destination: 'org.freedesktop.DBus',
        path: '/org/freedesktop/DBus',
        interface: 'org.freedesktop.DBus',
        member: 'NameHasOwner',
        signature: 's',
        body: [name],
      });
      return (await bus.call(asked))?.body[0] === true;
    },
    close: () => bus.disconnect(),
  };
}
