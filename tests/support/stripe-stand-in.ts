import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/**
 * The part of Stripe's API that the service uses, in the shapes of its published description: the
 * real one can't be reached from a test. Times in it are seconds since 1970.
 */
export interface StripeStandIn {
  readonly origin: string;
  /** Pays an open checkout. @returns the subscription; null where the checkout is over */
  readonly pay: (url: string) => string | null;
  readonly subscriptions: ReadonlyMap<string, StandInSubscription>;
  /** The payment of a subscription, as charges and disputes name it. */
  readonly paymentOf: (subscriptionId: string) => string;
  /** What was asked of the checkout, by its names. */
  readonly lastCheckout: () => Readonly<Record<string, string>>;
  readonly close: () => Promise<void>;
}

export interface StandInSubscription {
  readonly id: string;
  readonly object: 'subscription';
  readonly customer: string;
  readonly metadata: Readonly<Record<string, string>>;
  readonly start_date: number;
  status: 'active' | 'trialing' | 'past_due' | 'canceled';
  cancel_at: number | null;
  cancel_at_period_end: boolean;
  pause_collection: { readonly behavior: string } | null;
  latest_invoice: { readonly id: string; readonly object: 'invoice'; readonly status: string };
  readonly items: { readonly data: readonly [StandInItem] };
}

export interface StandInItem {
  readonly price: { readonly id: string; readonly recurring: { readonly interval: string } };
  current_period_start: number;
  current_period_end: number;
}

interface Session {
  readonly id: string;
  readonly url: string;
  readonly customer: string;
  readonly asked: Readonly<Record<string, string>>;
  status: 'open' | 'complete' | 'expired';
}

const daySeconds = 86_400;

/** @param yearlyPrice the id of the price that is paid by the year; others are by the month */
export async function openStripeStandIn({
  secretKey,
  yearlyPrice,
  now,
}: {
  readonly secretKey: string;
  readonly yearlyPrice: string;
  readonly now: () => number;
}): Promise<StripeStandIn> {
  const customers = new Set<string>();
  const sessions = new Map<string, Session>();
  const subscriptions = new Map<string, StandInSubscription>();

  function startSession(asked: Record<string, string>): Session {
    const id = `cs_${randomUUID()}`;
    const customer = asked['customer'] ?? '';
    const session = {
      id,
      url: `https://checkout.stripe.test/${id}`,
      customer,
      asked,
      status: 'open',
    } as const;
    sessions.set(id, session);
    return session;
  }

  function begin({ asked, customer }: Session): StandInSubscription {
    const trialDays = Number(asked['subscription_data[trial_period_days]'] ?? 0);
    const price = asked['line_items[0][price]'] ?? '';
    const interval = price === yearlyPrice ? 'year' : 'month';
    const start = Math.floor(now() / 1000);
    const days = trialDays > 0 ? trialDays : interval === 'year' ? 365 : 30;
    return {
      id: `sub_${randomUUID()}`,
      object: 'subscription',
      customer,
      metadata: { account: asked['subscription_data[metadata][account]'] ?? '' },
      start_date: start,
      status: trialDays > 0 ? 'trialing' : 'active',
      cancel_at: null,
      cancel_at_period_end: false,
      pause_collection: null,
      latest_invoice: { id: `in_${randomUUID()}`, object: 'invoice', status: 'paid' },
      items: {
        data: [
          {
            price: { id: price, recurring: { interval } },
            current_period_start: start,
            current_period_end: start + days * daySeconds,
          },
        ],
      },
    };
  }

  /** @returns null for what there is not */
  function answer(method: string, path: string, asked: Record<string, string>): unknown {
    const [, kind, id = '', act] =
      /^\/v1\/(checkout\/sessions|\w+(?:\/sessions)?)(?:\/([^/]+))?(?:\/(\w+))?$/.exec(path) ?? [];
    const subscription = subscriptions.get(id);
    switch (`${method} ${kind ?? ''}`) {
      case 'POST customers': {
        const customer = `cus_${randomUUID()}`;
        customers.add(customer);
        return { id: customer, object: 'customer' };
      }
      case 'DELETE customers':
        if (!customers.delete(id)) return null;
        for (const it of subscriptions.values()) if (it.customer === id) it.status = 'canceled';
        return { id, object: 'customer', deleted: true };
      case 'GET checkout/sessions':
        return list(
          [...sessions.values()].filter(
            ({ customer, status }) => customer === asked['customer'] && status === asked['status'],
          ),
        );
      case 'POST checkout/sessions': {
        if (act !== 'expire') return startSession(asked);
        const session = sessions.get(id);
        if (session !== undefined) session.status = 'expired';
        return session ?? null;
      }
      case 'POST billing_portal/sessions':
        return {
          object: 'billing_portal.session',
          url: `https://portal.stripe.test/${asked['customer'] ?? ''}`,
        };
      case 'GET subscriptions':
        return subscription ?? null;
      case 'POST subscriptions':
        if (subscription === undefined) return null;
        if (asked['cancel_at_period_end'] !== undefined) {
          subscription.cancel_at_period_end = asked['cancel_at_period_end'] === 'true';
        }
        if (asked['pause_collection'] === '') subscription.pause_collection = null;
        return subscription;
      case 'DELETE subscriptions':
        if (subscription === undefined || subscription.status === 'canceled') return null;
        subscription.status = 'canceled';
        return subscription;
      case 'GET invoice_payments': {
        const paid = subscriptions.get(
          (asked['payment[payment_intent]'] ?? '').replace(/^pi_/, ''),
        );
        if (paid === undefined) return list([]);
        const parent = { subscription_details: { subscription: paid.id } };
        return list([{ object: 'invoice_payment', invoice: { ...paid.latest_invoice, parent } }]);
      }
      default:
        return null;
    }
  }

  const server = createServer((request, response) => {
    void askedOf(request).then(({ path, asked }) => {
      const isKnown = request.headers.authorization === `Bearer ${secretKey}`;
      const found = isKnown ? answer(request.method ?? '', path, asked) : null;
      response.writeHead(found !== null ? 200 : isKnown ? 404 : 401, {
        'content-type': 'application/json',
      });
      response.end(
        JSON.stringify(found ?? { error: { type: 'invalid_request_error', message: 'No' } }),
      );
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    subscriptions,
    pay(url) {
      const session = [...sessions.values()].find((it) => it.url === url);
      if (session?.status !== 'open') return null;
      session.status = 'complete';
      const subscription = begin(session);
      subscriptions.set(subscription.id, subscription);
      return subscription.id;
    },
    paymentOf: (subscriptionId) => `pi_${subscriptionId}`,
    lastCheckout: () => [...sessions.values()].at(-1)?.asked ?? {},
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

async function askedOf(request: IncomingMessage) {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://stand-in');
  const body = new URLSearchParams(await text(request));
  return { path: pathname, asked: Object.fromEntries([...searchParams, ...body]) };
}

function list(data: readonly unknown[]) {
  return { object: 'list', data, has_more: false };
}
