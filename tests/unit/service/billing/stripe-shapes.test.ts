import { describe, expect, it } from 'vitest';
import { subjectOf } from '../../../../service/billing/stripe-shapes.ts';

function subject(type: string, object: unknown) {
  return subjectOf({ type, created: 1_800_000_000, data: { object } });
}

describe("Stripe's events", () => {
  it('end a subscription by a refund of all that was paid, and not of a part', () => {
    const charge = { payment_intent: 'pi_1' };
    expect(subject('charge.refunded', { ...charge, refunded: false })).toBeNull();
    expect(subject('charge.refunded', { ...charge, refunded: true })).toEqual({
      kind: 'payment',
      paymentIntent: 'pi_1',
      reversal: { kind: 'refunded', at: 1_800_000_000_000 },
    });
  });

  it("end one by a dispute that moves money, and not by a bank's question", () => {
    const dispute = { payment_intent: 'pi_1' };
    const asked = { ...dispute, status: 'warning_needs_response' };
    expect(subject('charge.dispute.created', asked)).toBeNull();
    const moved = { ...dispute, status: 'needs_response' };
    expect(subject('charge.dispute.created', moved)).toMatchObject({
      reversal: { kind: 'disputed' },
    });
  });

  it('are about nothing where they have another shape', () => {
    for (const type of ['customer.subscription.updated', 'invoice.paid', 'charge.refunded']) {
      for (const object of [null, 7, {}, { id: '' }, { parent: null }, { payment_intent: null }]) {
        expect(subject(type, object)).toBeNull();
      }
    }
  });
});
