import {
  type Input,
  type Output,
  type QaRequestName,
  type Reply,
  type RequestName,
  requests,
} from '../../shared/contract.ts';
import { RefrainError } from '../../shared/errors.ts';
import type { Log } from '../log.ts';

/** One function per request of the contract: a missing one does not compile. */
export type Handlers = {
  readonly [Name in RequestName]: (input: Input<Name>) => Output<Name> | Promise<Output<Name>>;
};

type StartRequest = Extract<RequestName, `start.${string}`>;

/** Answered at once, also while the app can't start as usual. */
export type StartHandlers = Pick<Handlers, StartRequest>;

/** Answered in QA builds alone. */
export type QaHandlers = Pick<Handlers, QaRequestName>;

/** Answered when the app has started; requests that come earlier wait. */
export type PartHandlers = Omit<Handlers, StartRequest | QaRequestName> & Partial<QaHandlers>;

const mostIssuesTold = 3;
const longestIssue = 200;

/** Checks name and input against the contract and runs the handler; never rejects. */
export async function answer(
  start: StartHandlers,
  parts: Promise<PartHandlers>,
  name: unknown,
  input: unknown,
  log: Log,
): Promise<Reply<unknown>> {
  // SECURITY: an own property, so that `__proto__` and its kind are no requests.
  if (typeof name !== 'string' || !Object.hasOwn(requests, name)) {
    return refusal('invalid', 'There is no such request');
  }
  const known = name as RequestName;
  const checked = requests[known].input.safeParse(input);
  if (!checked.success) {
    const told = checked.error.issues.slice(0, mostIssuesTold).map(({ path, message }) => {
      return `${path.map(String).join('.')}: ${message}`.slice(0, longestIssue);
    });
    return refusal('invalid', `${known}: ${told.join('; ')}`);
  }
  try {
    const handlers = isStartRequest(known) ? start : await parts;
    const handle = (handlers as Handlers)[known] as (input: unknown) => unknown;
    return { ok: true, value: await handle(checked.data) };
  } catch (error) {
    if (error instanceof RefrainError) {
      return error.detail === undefined
        ? { ok: false, code: error.code, message: error.message }
        : { ok: false, code: error.code, message: error.message, detail: error.detail };
    }
    log.fault(`The request ${known} failed`, error);
    return refusal('internal', 'A fault of Refrain; the log has its cause');
  }
}

function isStartRequest(name: RequestName): name is StartRequest {
  return name.startsWith('start.');
}

function refusal(code: 'invalid' | 'internal', message: string): Reply<never> {
  return { ok: false, code, message };
}
