import { z } from 'zod';
import type { PaymentSettings, ServiceParts } from './parts.ts';

/** What the one who runs the service says about it, by the environment: see docs/service.md. */
export interface Settings {
  readonly databaseUrl: string;
  readonly databaseConnections: number;
  readonly host: string;
  readonly port: number;
  /** Without a slash at the end. */
  readonly origin: string;
  readonly issuer: string;
  readonly sealingKey: Uint8Array;
  /** How many reverse proxies of ours stand before the service, each adding to X-Forwarded-For. */
  readonly proxies: number;
  readonly environment: Exclude<ServiceParts['environment'], 'embedded'>;
  readonly payments: PaymentSettings;
}

/** Says which variables are missing or wrong, one a line, and never what they hold. */
export class SettingsError extends Error {
  override name = 'SettingsError';
}

const sealingKeyBytes = 32;
const Name = z.string().min(1).max(300);

const Common = z.object({
  DATABASE_URL: z.string().regex(/^postgres(ql)?:\/\//, 'must begin with postgres://'),
  DATABASE_CONNECTIONS: z.coerce.number().int().min(1).max(200).default(10),
  HOST: z.string().min(1).default('127.0.0.1'),
  PORT: z.coerce.number().int().min(0).max(65_535).default(8080),
  ORIGIN: z
    .url()
    .refine(isOrigin, 'must be https://HOST, or http://localhost:PORT to try it out')
    .transform((url) => new URL(url).origin),
  ISSUER: Name.optional(),
  SEALING_KEY: z
    .base64()
    .transform((text) => new Uint8Array(Buffer.from(text, 'base64')))
    .refine((key) => key.length === sealingKeyBytes, `must be ${sealingKeyBytes} bytes in base64`),
  PROXIES: z.coerce.number().int().min(0).max(10).default(0),
  ENVIRONMENT: z.enum(['prod', 'qa']).default('prod'),
});

const Payments = z.discriminatedUnion('PAYMENTS', [
  z.object({ PAYMENTS: z.literal('fake') }),
  z.object({
    PAYMENTS: z.literal('stripe'),
    STRIPE_SECRET_KEY: Name,
    STRIPE_WEBHOOK_SECRET: Name.startsWith('whsec_'),
    STRIPE_PRICE_MONTHLY: Name,
    STRIPE_PRICE_YEARLY: Name,
    STRIPE_COUPON_MONTHLY: Name.optional(),
    STRIPE_COUPON_YEARLY: Name.optional(),
    STRIPE_API_ORIGIN: z.url().optional(),
  }),
]);

/** @throws {SettingsError} */
export function readSettings(environment: Readonly<Record<string, string | undefined>>): Settings {
  // An empty variable is how many tools leave one out.
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const common = Common.safeParse(given);
  const payments = Payments.safeParse(given);
  if (!common.success || !payments.success) {
    const issues = [common.error, payments.error].flatMap((error) => error?.issues ?? []);
    throw new SettingsError(
      issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('\n'),
    );
  }
  const { data } = common;
  const unsold = data.ENVIRONMENT === 'prod' ? notSold(payments.data) : null;
  if (unsold !== null) throw new SettingsError(`${unsold}: it needs ENVIRONMENT=qa`);
  return {
    databaseUrl: data.DATABASE_URL,
    databaseConnections: data.DATABASE_CONNECTIONS,
    host: data.HOST,
    port: data.PORT,
    origin: data.ORIGIN,
    issuer: data.ISSUER ?? data.ORIGIN,
    sealingKey: data.SEALING_KEY,
    proxies: data.PROXIES,
    environment: data.ENVIRONMENT,
    payments: paymentsOf(payments.data),
  };
}

function paymentsOf(given: z.infer<typeof Payments>): PaymentSettings {
  if (given.PAYMENTS === 'fake') return { kind: 'fake' };
  return {
    kind: 'stripe',
    secretKey: given.STRIPE_SECRET_KEY,
    webhookSecret: given.STRIPE_WEBHOOK_SECRET,
    prices: { monthly: given.STRIPE_PRICE_MONTHLY, yearly: given.STRIPE_PRICE_YEARLY },
    introCoupons: {
      monthly: given.STRIPE_COUPON_MONTHLY ?? null,
      yearly: given.STRIPE_COUPON_YEARLY ?? null,
    },
    apiOrigin: given.STRIPE_API_ORIGIN ?? null,
  };
}

/**
 * SECURITY: what gives Premium for no money must not speak for the service that sells it.
 * @returns why nothing is sold by these settings; null: it is
 */
function notSold(given: z.infer<typeof Payments>): string | null {
  if (given.PAYMENTS === 'fake') return 'PAYMENTS: fake gives Premium to anybody';
  // Restricted keys begin with rk_, and name their mode in the same place.
  if (!/^[a-z]+_live_/.test(given.STRIPE_SECRET_KEY)) {
    return 'STRIPE_SECRET_KEY: only a live key takes money, others take test cards';
  }
  return given.STRIPE_API_ORIGIN === undefined
    ? null
    : 'STRIPE_API_ORIGIN: who stands in for Stripe says what was paid';
}

/** SECURITY: passwords and tokens cross in the open otherwise. */
function isOrigin(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, pathname, search } = new URL(text);
  const isHere = ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
  return pathname === '/' && search === '' && (protocol === 'https:' || isHere);
}
