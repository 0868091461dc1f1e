import { randomBytes, randomUUID } from 'node:crypto';
import { accounts } from '../../../service/accounts/tables.ts';
import type { ServiceParts } from '../../../service/parts.ts';
import { openRecords } from '../../../service/sign-in/records.ts';
import { makeTestDevice } from '../../support/test-device.ts';
import type { Post } from './load.ts';

const listeners = 64;
const hourSeconds = 3600;

/** @returns access tokens, each of an account of its own, as the sign-in gives them out */
export async function prepareEntitlements(parts: ServiceParts): Promise<string[]> {
  const { adapterFor } = openRecords(parts, parts.now);
  return Promise.all(
    Array.from({ length: listeners }, async (_, number) => {
      const id = randomUUID();
      await parts.store.db.insert(accounts).values({
        id,
        email: `listener-${number}@bench.invalid`,
        passwordHash: 'none: nobody signs in here',
        createdAt: new Date(parts.now()),
      });
      const token = randomBytes(32).toString('base64url');
      const signIn = { accountId: id, grantId: randomUUID() };
      await adapterFor('Grant').upsert(signIn.grantId, signIn, hourSeconds);
      await adapterFor('AccessToken').upsert(token, signIn, hourSeconds);
      return token;
    }),
  );
}

/** Each listener asks on a device of their own; what it proves is signed beforehand. */
export async function entitlementPosts(
  origin: string,
  tokens: readonly string[],
): Promise<(client: number) => Post> {
  const posts = await Promise.all(
    tokens.map(async (token) => {
      const proof = await (await makeTestDevice()).prove(Date.now());
      return {
        url: `${origin}/v1/entitlement`,
        body: JSON.stringify({ proof }),
        headers: { authorization: `Bearer ${token}` },
      };
    }),
  );
  let sent = 0;
  return () => {
    const post = posts[sent++ % posts.length];
    if (post === undefined) throw new Error('There are no listeners');
    return post;
  };
}
