import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ServiceRig, databases, openServiceRig, rigPassword } from '../support/service-rig.ts';

describe.each(databases)('accounts on %s', (store) => {
  let rig: ServiceRig;
  beforeAll(async () => {
    rig = await openServiceRig({ store });
  });
  afterAll(() => rig.close());

  function signUpFrom(address: string, body: unknown) {
    return rig.ask('POST', '/v1/accounts', {
      body,
      headers: { 'x-refrain-client-address': address },
    });
  }

  it('makes an account that its token shows', async () => {
    const { accountId, email, token } = await rig.signUp();
    const { status, body } = await rig.ask('GET', '/v1/account', { token });
    expect(status).toBe(200);
    expect(body).toMatchObject({ id: accountId, email, subscription: { state: 'none' } });
  });

  it('takes an e-mail once, however it is written', async () => {
    await rig.signUp('once@example.test');
    const again = { email: 'Once@Example.TEST', password: rigPassword };
    expect((await signUpFrom('again', again)).body).toMatchObject({ code: 'taken' });
  });

  it('makes one account where two sign-ups of one e-mail come at once', async () => {
    const body = { email: 'twins@example.test', password: rigPassword };
    const both = await Promise.all([signUpFrom('twin 1', body), signUpFrom('twin 2', body)]);
    expect(both.map(({ status }) => status).sort()).toEqual([201, 409]);
  });

  it.each([
    { email: 'nobody', password: rigPassword },
    { email: 'short@example.test', password: 'short' },
    { email: 'long@example.test', password: 'x'.repeat(201) },
    { email: 'none@example.test' },
    [],
  ])('refuses a sign-up that does not fit: %j', async (body) => {
    expect((await signUpFrom('odd', body)).body).toMatchObject({ code: 'invalid' });
  });

  it('bounds the sign-ups of one address, and lets it again after a quarter of an hour', async () => {
    const statuses: number[] = [];
    for (let count = 0; count <= 20; count++) {
      const body = { email: `many${count}@example.test`, password: rigPassword };
      statuses.push((await signUpFrom('one house', body)).status);
    }
    expect(statuses).toEqual([...Array<number>(20).fill(201), 429]);
    rig.clock.now += 16 * 60_000;
    const later = { email: 'later@example.test', password: rigPassword };
    expect((await signUpFrom('one house', later)).status).toBe(201);
  });

  it('tells a browser at a wrong address where to go, and a program what is wrong', async () => {
    const page = await rig.ask('GET', '/', { headers: { accept: 'text/html,*/*;q=0.8' } });
    expect(page.status).toBe(404);
    expect(await page.response.text()).toContain('Go back to Refrain');
    expect((await rig.ask('GET', '/')).body).toMatchObject({ code: 'not_found' });
  });

  it('answers no account without a token, nor with one of an erased account', async () => {
    expect((await rig.ask('GET', '/v1/account')).body).toMatchObject({ code: 'signed_out' });
    const { token } = await rig.signUp();
    expect((await rig.ask('DELETE', '/v1/account', { token })).status).toBe(204);
    expect((await rig.ask('GET', '/v1/account', { token })).body).toMatchObject({
      code: 'signed_out',
    });
  });
});
