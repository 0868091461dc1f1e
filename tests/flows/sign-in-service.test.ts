import { createRemoteJWKSet, customFetch, jwtVerify } from 'jose';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createPageVisitor, type VisitedPage } from '../support/page-visitor.ts';
import { databases, openServiceRig, rigOrigin, type ServiceRig } from '../support/service-rig.ts';
import { rigVerifier, typeIn } from '../support/sign-in-rig.ts';

const request = new URLSearchParams({
  client_id: 'refrain-desktop',
  response_type: 'code',
  redirect_uri: 'http://127.0.0.1:49152/callback',
  scope: 'openid account',
  state: 'a state of its own',
  code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
  code_challenge_method: 'S256',
});

describe.each(databases)('the sign-in of a service behind a proxy, on %s', (store) => {
  let rig: ServiceRig;
  beforeAll(async () => {
    rig = await openServiceRig({ store });
  }, 60_000);
  afterAll(() => rig.close());

  /** Behind a proxy requests come without TLS and by another name, and say what they like. */
  function ask(asked: Request): Promise<Response> {
    const { origin, pathname, search } = new URL(asked.url);
    if (origin !== rigOrigin) return Promise.resolve(new Response());
    const inside = new Request(`http://10.0.0.7:8080${pathname}${search}`, asked);
    inside.headers.set('x-forwarded-host', 'thief.example');
    inside.headers.set('x-forwarded-proto', 'http');
    return rig.service.fetch(inside);
  }

  async function signIn(
    email: string,
  ): Promise<{ readonly code: string; readonly end: VisitedPage }> {
    const url = `${rigOrigin}/oidc/auth?${request.toString()}`;
    const end = await typeIn(createPageVisitor(ask), url, { email, intent: 'sign_up' });
    return { code: new URL(end.url).searchParams.get('code') ?? '', end };
  }

  async function redeem(code: string): Promise<Readonly<Record<string, string>>> {
    const body = new URLSearchParams({
      client_id: 'refrain-desktop',
      grant_type: 'authorization_code',
      code,
      redirect_uri: 'http://127.0.0.1:49152/callback',
      code_verifier: rigVerifier,
    });
    const answer = await ask(new Request(`${rigOrigin}/oidc/token`, { method: 'POST', body }));
    return (await answer.json()) as Record<string, string>;
  }

  it('names the service and its keys by its own address, whatever the proxy says', async () => {
    const { code, end } = await signIn('id@example.test');
    expect(new URL(end.url).searchParams.get('iss')).toBe(`${rigOrigin}/oidc`);
    const { id_token: idToken = '' } = await redeem(code);
    const keys = createRemoteJWKSet(new URL(`${rigOrigin}/oidc/jwks`), {
      [customFetch]: (url: string) => ask(new Request(url)),
    });
    const { payload } = await jwtVerify(idToken, keys, {
      issuer: `${rigOrigin}/oidc`,
      audience: 'refrain-desktop',
      algorithms: ['EdDSA'],
    });
    expect(payload.sub).toMatch(/^[\da-f-]{36}$/);
  });

  it('sends cookies only back by TLS, and addresses that lead to itself', async () => {
    const answer = await ask(new Request(`${rigOrigin}/oidc/auth?${request.toString()}`));
    expect(answer.headers.getSetCookie().length).toBeGreaterThan(2);
    for (const cookie of answer.headers.getSetCookie()) expect(cookie).toMatch(/; secure/i);
    const discovery = await ask(new Request(`${rigOrigin}/oidc/.well-known/openid-configuration`));
    expect(await discovery.json()).toMatchObject({
      issuer: `${rigOrigin}/oidc`,
      token_endpoint: `${rigOrigin}/oidc/token`,
      code_challenge_methods_supported: ['S256'],
    });
  });

  it('keeps no session of the browser, and nothing that would sign in who reads the database', async () => {
    const { code } = await signIn('hidden@example.test');
    const { access_token: access = '', refresh_token: refresh = '' } = await redeem(code);
    const { rows } = (await rig.parts.store.db.execute(
      sql`SELECT *, payload::text AS text FROM oidc_records WHERE account_id IS NOT NULL`,
    )) as { readonly rows: readonly { readonly model: string }[] };
    expect(new Set(rows.map(({ model }) => model))).toEqual(
      new Set(['AccessToken', 'AuthorizationCode', 'Grant', 'RefreshToken']),
    );
    for (const secret of [access, refresh, code]) {
      expect(secret.length).toBeGreaterThan(20);
      expect(JSON.stringify(rows)).not.toContain(secret);
    }
    const { rows: keys } = (await rig.parts.store.db.execute(
      sql`SELECT sealed FROM oidc_keys`,
    )) as { readonly rows: readonly unknown[] };
    expect(JSON.stringify(keys)).not.toMatch(/Ed25519|cookies/);
  });

  it('sweeps what is long over, and keeps the sign-ins', async () => {
    await redeem((await signIn('swept@example.test')).code);
    rig.clock.now += 3 * 86_400_000;
    await signIn('later@example.test');
    const { rows } = (await rig.parts.store.db.execute(
      sql`SELECT r.model, count(*)::integer AS count FROM oidc_records r
          JOIN accounts a ON a.id = r.account_id WHERE a.email = 'swept@example.test'
          GROUP BY r.model ORDER BY r.model`,
    )) as { readonly rows: unknown };
    expect(rows).toEqual([
      { model: 'Grant', count: 1 },
      { model: 'RefreshToken', count: 1 },
    ]);
  });
});
