import { z } from 'zod';
import { SubscriptionAnswer } from './billing.ts';

export const Email = z.email().max(254);
/** Length is what makes a password hold; no rules about signs. */
export const Password = z.string().min(10).max(200);

export const SignUpRequest = z.object({ email: Email, password: Password });
export type SignUpRequest = z.infer<typeof SignUpRequest>;

export const AccountAnswer = z.object({
  id: z.uuid(),
  email: Email,
  createdAt: z.iso.datetime(),
  subscription: SubscriptionAnswer,
});
export type AccountAnswer = z.infer<typeof AccountAnswer>;

/** Without the zero, which no database keeps. */
export const DeviceName = z
  .string()
  .min(1)
  .max(100)
  .regex(/^[^\0]*$/);
export const Platform = z.enum(['linux', 'macos', 'windows']);

export const Device = z.object({
  /** Thumbprint (RFC 7638) of the device's key. */
  id: z.string().max(100),
  name: DeviceName,
  platform: Platform,
  addedAt: z.iso.datetime(),
  seenAt: z.iso.datetime(),
});
export type Device = z.infer<typeof Device>;
export const DevicesAnswer = z.object({ devices: z.array(Device).max(100) });
