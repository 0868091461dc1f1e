import { createRoute, z, type OpenAPIHono } from '@hono/zod-openapi';
import { AccountAnswer, SignUpRequest } from '../api/account.ts';
import type { SubscriptionAnswer } from '../api/billing.ts';
import { bearer, callerOf } from '../caller.ts';
import { clientAddress } from '../client-address.ts';
import type { Authenticate } from '../parts.ts';
import { Refusal } from '../refusal.ts';
import { answer, body, createRouter } from '../router.ts';
import type { Account, Accounts } from './accounts.ts';

/** What the rest of the service does for an account, by the composition. */
export interface AccountNeeds {
  readonly authenticate: Authenticate;
  readonly subscriptionOf: (accountId: string) => Promise<SubscriptionAnswer>;
  /** All that is kept of the account besides itself, by feature. */
  readonly exportOf: (accountId: string) => Promise<Readonly<Record<string, unknown>>>;
  /** Ends what lies outside the database, such as a subscription that would go on being paid. */
  readonly beforeErase: (accountId: string) => Promise<void>;
}

const signUp = createRoute({
  method: 'post',
  path: '/v1/accounts',
  request: { body: body(SignUpRequest) },
  responses: {
    201: answer(AccountAnswer, 'The account was made'),
  },
});

const read = createRoute({
  method: 'get',
  path: '/v1/account',
  security: bearer,
  responses: {
    200: answer(AccountAnswer, 'The account'),
  },
});

const erase = createRoute({
  method: 'delete',
  path: '/v1/account',
  security: bearer,
  responses: { 204: { description: 'Nothing of the account is left' } },
});

const exportAll = createRoute({
  method: 'get',
  path: '/v1/account/export',
  security: bearer,
  responses: {
    200: answer(z.record(z.string(), z.unknown()), 'All that is kept of the account, by feature'),
  },
});

export function accountRoutes(accounts: Accounts, needs: AccountNeeds): OpenAPIHono {
  const router = createRouter();

  async function accountOf(request: Request): Promise<Account> {
    const { accountId } = await callerOf(needs.authenticate, request);
    const account = await accounts.find(accountId);
    if (account === null) throw new Refusal('signed_out', 'The account was erased');
    return account;
  }

  async function shown({ id, email, createdAt }: Account): Promise<AccountAnswer> {
    const subscription = await needs.subscriptionOf(id);
    return { id, email, createdAt: createdAt.toISOString(), subscription };
  }

  router.openapi(signUp, async (context) => {
    const credentials = context.req.valid('json');
    const address = clientAddress(context.req.raw);
    return context.json(await shown(await accounts.signUp({ ...credentials, address })), 201);
  });
  router.openapi(read, async (context) =>
    context.json(await shown(await accountOf(context.req.raw)), 200),
  );
  router.openapi(erase, async (context) => {
    const { id } = await accountOf(context.req.raw);
    await needs.beforeErase(id);
    await accounts.erase(id);
    return context.body(null, 204);
  });
  router.openapi(exportAll, async (context) => {
    const account = await accountOf(context.req.raw);
    const rest = await needs.exportOf(account.id);
    return context.json({ account: await shown(account), ...rest }, 200, {
      'content-disposition': 'attachment; filename="refrain-account.json"',
    });
  });
  return router;
}
