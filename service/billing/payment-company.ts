import type { OpenAPIHono } from '@hono/zod-openapi';
import type { Authenticate } from '../parts.ts';
import type { BillingProvider } from './provider.ts';

/** Who takes the money, as the service has it. */
export interface PaymentCompany {
  readonly provider: BillingProvider;
  /** Does what time has brought; called before anything is read. Stripe tells of it by itself. */
  readonly keepUp: () => Promise<void>;
  /** Pages of its own, where it has them here. */
  readonly pages: OpenAPIHono | null;
}

/** What one needs of the service: who asks, and a way to bring it webhooks without a network. */
export interface AroundPayments {
  readonly authenticate: Authenticate;
  readonly deliver: (request: Request) => Promise<Response>;
}
