import { z } from 'zod';
import type { QaPaymentAct } from '../../shared/account.ts';
import { RefrainError, type ErrorCode } from '../../shared/errors.ts';
import { AccountAnswer, type Device, DevicesAnswer } from '../../service/api/account.ts';
import {
  PageAnswer,
  PlansAnswer,
  SubscriptionAnswer,
  type CheckoutRequest,
  type Plan,
} from '../../service/api/billing.ts';
import { EntitlementAnswer, KeysAnswer } from '../../service/api/entitlement.ts';
import { Problem, type ProblemCode } from '../../service/api/problem.ts';
import type { ServiceDoor } from './service-door.ts';
import type { SignIn } from './sign-in.ts';

/**
 * The account service as the app asks it. Everything throws RefrainError: `service_unreachable` when
 * no answer comes or none that holds, `signed_out`, and what else the service refuses.
 */
export interface ServiceClient {
  readonly account: () => Promise<AccountAnswer>;
  readonly entitlement: (proof: string) => Promise<EntitlementAnswer>;
  readonly keys: () => Promise<KeysAnswer['keys']>;
  readonly plans: () => Promise<readonly Plan[]>;
  /** @returns the address of a page for the browser */
  readonly checkout: (order: CheckoutRequest) => Promise<string>;
  /** @returns as above */
  readonly portal: () => Promise<string>;
  readonly subscription: () => Promise<SubscriptionAnswer>;
  readonly cancel: () => Promise<SubscriptionAnswer>;
  readonly resume: () => Promise<SubscriptionAnswer>;
  readonly devices: () => Promise<readonly Device[]>;
  readonly removeDevice: (id: string) => Promise<void>;
  /** @returns all that the service keeps of the account, as JSON */
  readonly exported: () => Promise<string>;
  readonly erase: () => Promise<void>;
  /** Has a provider that sells nothing do what a tester asks. */
  readonly actOnPayments: (act: QaPaymentAct) => Promise<void>;
}

interface Call {
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly path: string;
  readonly body?: unknown;
}

export function createServiceClient(
  door: ServiceDoor,
  signIn: Pick<SignIn, 'accessToken' | 'accessTokenRefused'>,
): ServiceClient {
  async function send({ method, path, body }: Call, token: string | null): Promise<Response> {
    return door.fetch(
      new Request(`${door.origin}${path}`, {
        method,
        headers: {
          accept: 'application/json',
          ...(token !== null && { authorization: `Bearer ${token}` }),
          ...(body !== undefined && { 'content-type': 'application/json' }),
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      }),
    );
  }

  async function sendAsListener(call: Call): Promise<Response> {
    const token = await accessToken();
    const response = await send(call, token);
    if (response.status !== 401) return response;
    // The token may have been taken back before its time; a second one is all that is tried.
    signIn.accessTokenRefused(token);
    return send(call, await accessToken());
  }

  async function accessToken(): Promise<string> {
    const token = await signIn.accessToken();
    if (token === null) throw new RefrainError('signed_out', 'Nobody is signed in');
    return token;
  }

  async function ask<Answer>(schema: z.ZodType<Answer>, call: Call): Promise<Answer> {
    return read(schema, await sendAsListener(call));
  }

  async function tell(call: Call): Promise<void> {
    const response = await sendAsListener(call);
    if (!response.ok) throw await refusalOf(response);
  }

  return {
    account: () => ask(AccountAnswer, get('/v1/account')),
    entitlement: (proof) => ask(EntitlementAnswer, post('/v1/entitlement', { proof })),
    async keys() {
      return (await read(KeysAnswer, await send(get('/v1/keys'), null))).keys;
    },
    async plans() {
      return (await read(PlansAnswer, await send(get('/v1/plans'), null))).plans;
    },
    checkout: async (order) => (await ask(PageAnswer, post('/v1/checkout', order))).url,
    portal: async () => (await ask(PageAnswer, post('/v1/portal'))).url,
    subscription: () => ask(SubscriptionAnswer, get('/v1/subscription')),
    cancel: () => ask(SubscriptionAnswer, post('/v1/subscription/cancel')),
    resume: () => ask(SubscriptionAnswer, post('/v1/subscription/resume')),
    devices: async () => (await ask(DevicesAnswer, get('/v1/devices'))).devices,
    removeDevice: (id) => tell(remove(`/v1/devices/${encodeURIComponent(id)}`)),
    async exported() {
      const all = await ask(z.record(z.string(), z.unknown()), get('/v1/account/export'));
      return `${JSON.stringify(all, null, 2)}\n`;
    },
    erase: () => tell(remove('/v1/account')),
    actOnPayments: (act) => tell(post('/fake/test/act', fakeActs[act])),
  };
}

/** As the fake provider's test routes take them. */
const fakeActs: Readonly<Record<QaPaymentAct, object>> = {
  cancel: { kind: 'cancel' },
  resume: { kind: 'resume' },
  pause: { kind: 'pause' },
  end: { kind: 'end' },
  end_period: { kind: 'end_period' },
  refund: { kind: 'reverse', how: 'refunded' },
  dispute: { kind: 'reverse', how: 'disputed' },
  refuse_card: { kind: 'change_card', card: 'refused' },
  accept_card: { kind: 'change_card', card: 'good' },
};

function get(path: string): Call {
  return { method: 'GET', path };
}

function post(path: string, body?: unknown): Call {
  return { method: 'POST', path, body };
}

function remove(path: string): Call {
  return { method: 'DELETE', path };
}

async function read<Answer>(schema: z.ZodType<Answer>, response: Response): Promise<Answer> {
  if (!response.ok) throw await refusalOf(response);
  try {
    return schema.parse(await response.json());
  } catch (cause) {
    throw new RefrainError('service_unreachable', 'The account service gave a strange answer', {
      cause,
    });
  }
}

const codes: Readonly<Record<ProblemCode, ErrorCode>> = {
  invalid: 'invalid',
  signed_out: 'signed_out',
  not_found: 'not_found',
  taken: 'taken',
  not_now: 'not_now',
  too_large: 'invalid',
  too_many: 'too_many',
  internal: 'service_unreachable',
  unavailable: 'service_unreachable',
};

async function refusalOf(response: Response): Promise<RefrainError> {
  const problem = Problem.safeParse(await response.json().catch(() => null));
  return problem.success
    ? new RefrainError(codes[problem.data.code], problem.data.message)
    : new RefrainError('service_unreachable', `The account service answered ${response.status}`);
}
