import { z } from 'zod';
import { PageAnswer, SubscriptionAnswer, type CheckoutRequest } from '../../service/api/billing.ts';
import type { FakeAct, FakeCard } from '../../service/billing/fake/fake-subscription.ts';
import type { Listener, ServiceRig } from './service-rig.ts';

/** Acts on the fake provider's pages as a browser does, without one. */

/** @returns where the page leads to, or null where it stays */
export async function press(
  rig: ServiceRig,
  page: string,
  button: Readonly<Record<string, string>>,
): Promise<string | null> {
  const body = new URLSearchParams(button);
  const response = await rig.service.fetch(new Request(page, { method: 'POST', body }));
  return response.headers.get('location');
}

export async function openCheckout(
  rig: ServiceRig,
  { token }: Listener,
  wanted: CheckoutRequest,
): Promise<string> {
  const { body } = await rig.ask('POST', '/v1/checkout', { token, body: wanted });
  return PageAnswer.parse(body).url;
}

export async function subscribe(
  rig: ServiceRig,
  listener: Listener,
  { card = 'good', ...wanted }: CheckoutRequest & { readonly card?: FakeCard },
): Promise<void> {
  const page = await openCheckout(rig, listener, wanted);
  const shown = await press(rig, page, { card });
  if (shown !== '/pages/payment/done') throw new Error(`The checkout led to ${String(shown)}`);
}

export async function openPortal(rig: ServiceRig, { token }: Listener): Promise<string> {
  return PageAnswer.parse((await rig.ask('POST', '/v1/portal', { token })).body).url;
}

/** Presses a button of the portal page. */
export async function actOnPortal(
  rig: ServiceRig,
  listener: Listener,
  act: FakeAct,
): Promise<SubscriptionAnswer> {
  await press(rig, await openPortal(rig, listener), { act: JSON.stringify(act) });
  return subscriptionOf(rig, listener);
}

export async function subscriptionOf(
  rig: ServiceRig,
  { token }: Listener,
): Promise<SubscriptionAnswer> {
  return SubscriptionAnswer.parse((await rig.ask('GET', '/v1/subscription', { token })).body);
}

export const RefusalAnswer = z.object({ code: z.string() });
