import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createPageVisitor } from '../support/page-visitor.ts';
import {
  never,
  openSignInRig,
  rigVerifier,
  typeIn,
  type Changes,
  type SignInRig,
  type TokenAnswer,
} from '../support/sign-in-rig.ts';

const anna = 'anna@example.test';
const redirectUri = 'http://127.0.0.1:49152/callback';

let rig: SignInRig;
beforeAll(async () => {
  rig = await openSignInRig();
  await rig.signedIn(anna);
}, 60_000);
afterAll(async () => {
  expect(rig.faults).toEqual([]);
  await rig.close();
});

async function newCode(): Promise<string> {
  const { url } = await rig.authorize(anna);
  const code = new URL(url).searchParams.get('code');
  if (code === null) throw new Error(`No code at ${url}`);
  return code;
}

/** @param changed empty: left out, as for any parameter (RFC 6749, 3.2) */
function redeem(code: string, changed: Readonly<Record<string, string>> = {}) {
  return rig.askToken({
    grant_type: 'authorization_code',
    code,
    redirect_uri: redirectUri,
    code_verifier: rigVerifier,
    ...changed,
  });
}

function renew(refreshToken: unknown): Promise<TokenAnswer> {
  return rig.askToken({ grant_type: 'refresh_token', refresh_token: String(refreshToken) });
}

describe('a request that Refrain would not make', () => {
  it.each([
    ['another program of this machine by name', 'http://localhost:49152/callback'],
    ['a site', 'https://thief.example/callback'],
    ['another path', 'http://127.0.0.1:49152/elsewhere'],
    ['the own scheme, which any program may claim', 'refrain://callback'],
    ['a site that looks like this machine', 'http://127.0.0.1.thief.example/callback'],
  ])('sends no code to %s', async (_who, target) => {
    const page = await rig.authorize(anna, { redirect_uri: target });
    expect(page.status).toBe(400);
    expect(page.url).not.toContain('code=');
    expect(page.html).toContain('That did not work');
  });

  it.each<readonly [string, Changes]>([
    ['no challenge', { code_challenge: null, code_challenge_method: null }],
    ['a challenge that is the secret itself', { code_challenge_method: 'plain' }],
    ['no method', { code_challenge_method: null }],
    ['a token in the address', { response_type: 'token' }],
  ])('gets no code with %s', async (_what, changed) => {
    const { url } = await rig.authorize(anna, changed);
    expect(url).toContain('error=');
    expect(url).not.toContain('code=');
  });

  it('is not asked about for another client', async () => {
    const page = await rig.authorize(anna, { client_id: 'thief' });
    expect(page.status).toBe(400);
  });
});

describe('a code that was overheard', () => {
  it.each<readonly [string, Record<string, string>]>([
    ['without the verifier', { code_verifier: '' }],
    ['with another verifier', { code_verifier: 'a'.repeat(43) }],
    ['for another address', { redirect_uri: 'http://127.0.0.1:5000/callback' }],
    ['for another client', { client_id: 'thief' }],
  ])('is worth nothing %s', async (_how, changed) => {
    const code = await newCode();
    expect((await redeem(code, changed)).status).toBeGreaterThanOrEqual(400);
    expect((await redeem(code)).status).toBe(200);
  });

  it('ends the whole sign-in when it is used a second time', async () => {
    const code = await newCode();
    const { body } = await redeem(code);
    expect(await rig.statusWith(String(body['access_token']))).toBe(200);
    expect(await redeem(code)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
    expect(await rig.statusWith(String(body['access_token']))).toBe(401);
    expect((await renew(body['refresh_token'])).status).toBe(400);
  });

  it('is over after a minute', async () => {
    const code = await newCode();
    rig.clock.now += 61_000;
    expect((await redeem(code)).status).toBe(400);
  });
});

describe('a stolen refresh token', () => {
  it('ends the whole sign-in, whoever uses it second', async () => {
    const { body: first } = await redeem(await newCode());
    const { body: second } = await renew(first['refresh_token']);
    expect(await renew(first['refresh_token'])).toMatchObject({
      status: 400,
      body: { error: 'invalid_grant' },
    });
    expect(await rig.statusWith(String(second['access_token']))).toBe(401);
    expect((await renew(second['refresh_token'])).status).toBe(400);
  });

  it('ends the whole sign-in when both use it at the same moment', async () => {
    const { body } = await redeem(await newCode());
    const answers = await Promise.all([1, 2, 3].map(() => renew(body['refresh_token'])));
    expect(answers.filter(({ status }) => status === 200).length).toBeLessThanOrEqual(1);
    for (const { body: given } of answers) {
      expect(await rig.statusWith(String(given['access_token']))).toBe(401);
      expect((await renew(given['refresh_token'])).status).toBe(400);
    }
  });

  it('signs out the app from which it was taken, and the listener’s other sign-ins go on', async () => {
    const email = 'robbed@example.test';
    const robbed = await rig.signedIn(email);
    const other = rig.app((url, browser) => typeIn(browser, url, { email }));
    await other.signIn.inBrowser(never());
    const kept = JSON.parse(robbed.secrets.get('sign-in') ?? '') as { refreshToken: string };
    expect((await renew(kept.refreshToken)).status).toBe(200);
    robbed.signIn.accessTokenRefused((await robbed.signIn.accessToken()) ?? '');
    expect(await robbed.signIn.accessToken()).toBeNull();
    expect(await rig.statusWith((await other.signIn.accessToken()) ?? '')).toBe(200);
  });

  it('is what the app itself has, if it dies between the answer and the writing', async () => {
    const app = await rig.signedIn('crash@example.test');
    const before = new Map(app.secrets);
    rig.clock.now += 3_600_000;
    expect(await app.signIn.accessToken()).not.toBeNull();
    const again = rig.restarted({ ...app, secrets: before });
    expect(await again.signIn.accessToken()).toBeNull();
  });
});

describe('an access token', () => {
  it('that is forged, cut short or of another kind lets nobody in', async () => {
    const { body } = await redeem(await newCode());
    const token = String(body['access_token']);
    expect(await rig.statusWith(token)).toBe(200);
    const turned = `${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`;
    for (const forged of ['', 'x', turned, token.slice(1), String(body['refresh_token'])]) {
      expect(await rig.statusWith(forged)).toBe(401);
    }
  });

  it('is over after an hour by the service’s clock', async () => {
    const { body } = await redeem(await newCode());
    rig.clock.now += 3_599_000;
    expect(await rig.statusWith(String(body['access_token']))).toBe(200);
    rig.clock.now += 2000;
    expect(await rig.statusWith(String(body['access_token']))).toBe(401);
  });
});

describe('another program of this machine', () => {
  it('that calls the app back without its state is ignored, and the listener’s call still counts', async () => {
    const strange: number[] = [];
    const { signIn } = rig.app(async (url, browser) => {
      const callback = new URL(url).searchParams.get('redirect_uri') ?? '';
      for (const call of ['', '?code=stolen', '?code=stolen&state=guess', '/../callback?error=x']) {
        strange.push((await fetch(callback + call)).status);
      }
      await typeIn(browser, url, { email: anna });
    });
    expect(await signIn.inBrowser(never())).toBe('signed_in');
    expect(strange).toEqual([404, 404, 404, 404]);
  });

  it('can’t bring a code of its own, since the verifier is not its own', async () => {
    const { signIn } = rig.app(async (url) => {
      const asked = new URL(url).searchParams;
      const callback = new URL(asked.get('redirect_uri') ?? '');
      const stolen = { code: await newCode(), state: asked.get('state') ?? '' };
      callback.search = new URLSearchParams({
        ...stolen,
        iss: 'https://embedded.refrain.invalid/oidc',
      }).toString();
      await fetch(callback);
    });
    expect(await signIn.inBrowser(never())).not.toBe('signed_in');
    expect(await signIn.isSignedIn()).toBe(false);
  });

  it('can’t answer in the name of another service', async () => {
    const { signIn } = rig.app(async (url) => {
      const asked = new URL(url).searchParams;
      const callback = new URL(asked.get('redirect_uri') ?? '');
      callback.search = new URLSearchParams({
        code: 'x',
        state: asked.get('state') ?? '',
        iss: 'https://thief.example',
      }).toString();
      await fetch(callback);
    });
    await expect(signIn.inBrowser(never())).rejects.toMatchObject({ code: 'service_unreachable' });
  });
});

describe('a page of somebody else', () => {
  it('can’t send the form: neither without its token nor from another browser', async () => {
    const stop = new AbortController();
    const statuses: number[] = [];
    const { signIn } = rig.app(async (url, browser) => {
      const page = await browser.open(url);
      const typed = { email: anna, password: 'correct horse battery', intent: 'sign_in' };
      statuses.push((await browser.post(page.url, typed)).status);
      statuses.push((await browser.post(page.url, { ...typed, token: 'guess' })).status);
      statuses.push((await createPageVisitor().send(page, typed)).status);
      stop.abort();
    });
    expect(await signIn.inBrowser(stop.signal)).toBe('cancelled');
    expect(statuses).toEqual([400, 400, 400]);
  });
});

describe('guessing a password', () => {
  it('is stopped on the page after some attempts, with the words for it', async () => {
    const email = 'guessed@example.test';
    await rig.signedIn(email);
    const statuses: number[] = [];
    const stop = new AbortController();
    const { signIn } = rig.app(async (url, browser) => {
      let page = await typeIn(browser, url, { email, password: 'wrong password' });
      while (page.status === 401 && statuses.length < 50) {
        statuses.push(page.status);
        page = await browser.send(page, { email, password: 'wrong password', intent: 'sign_in' });
      }
      statuses.push(page.status);
      expect(page.html).toContain('too many attempts');
      stop.abort();
    });
    expect(await signIn.inBrowser(stop.signal)).toBe('cancelled');
    expect(statuses.at(-1)).toBe(429);
    rig.clock.now += 16 * 60_000;
  });
});
