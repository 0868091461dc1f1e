import type { Authenticate, Caller } from './parts.ts';
import { Refusal } from './refusal.ts';

/** @throws {Refusal} signed_out, for a request without a valid access token */
export async function callerOf(authenticate: Authenticate, request: Request): Promise<Caller> {
  const caller = await authenticate(request);
  if (caller === null) throw new Refusal('signed_out', 'The access token is missing or not valid');
  return caller;
}

/** What the OpenAPI description says of such routes. */
export const bearer = [{ bearer: [] }];
