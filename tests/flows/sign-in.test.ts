import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { RefrainError } from '../../shared/errors.ts';
import { createPageVisitor, type VisitedPage } from '../support/page-visitor.ts';
import { never, openSignInRig, typeIn, type SignInRig } from '../support/sign-in-rig.ts';

const anna = 'anna@example.test';

let rig: SignInRig;
beforeAll(async () => {
  rig = await openSignInRig();
  await rig.signedIn(anna);
}, 60_000);
afterAll(async () => {
  expect(rig.faults).toEqual([]);
  await rig.close();
});

describe('signing in by the browser', () => {
  it('makes an account and signs the app in, on one page', async () => {
    const ends: VisitedPage[] = [];
    const { signIn } = rig.app(async (url, browser) => {
      ends.push(await typeIn(browser, url, { email: 'new@example.test', intent: 'sign_up' }));
    });
    expect(await signIn.isSignedIn()).toBe(false);
    expect(await signIn.accessToken()).toBeNull();
    expect(await signIn.inBrowser(never())).toBe('signed_in');
    expect(await rig.statusWith((await signIn.accessToken()) ?? '')).toBe(200);
    await expect.poll(() => ends[0]?.html).toContain('You can close this page');
  });

  it('takes who has an account by their password, and says so when it is wrong', async () => {
    const wrong: VisitedPage[] = [];
    const { signIn } = rig.app(async (url, browser) => {
      wrong.push(await typeIn(browser, url, { email: anna, password: 'not this one' }));
      await browser.send(wrong[0] as VisitedPage, {
        email: anna.toUpperCase(),
        password: 'correct horse battery',
        intent: 'sign_in',
      });
    });
    expect(await signIn.inBrowser(never())).toBe('signed_in');
    expect(wrong[0]?.status).toBe(401);
    expect(wrong[0]?.html).toContain('do not belong together');
    expect(wrong[0]?.html).toContain(`value="${anna}"`);
  });

  it.each([
    [{ email: 'nobody', intent: 'sign_up' }, 400, 'Enter an e-mail address'],
    [{ email: 'b@example.test', password: 'short', intent: 'sign_up' }, 400, '10 to 200'],
    [{ email: anna, intent: 'sign_up' }, 409, 'already'],
    [{ email: '"><script>alert(1)</script>', intent: 'sign_in' }, 400, '&lt;script&gt;'],
  ])('stays on the page for %o', async (typed, status, words) => {
    const pages: VisitedPage[] = [];
    const stop = new AbortController();
    const { signIn } = rig.app(async (url, browser) => {
      pages.push(await typeIn(browser, url, typed));
      stop.abort();
    });
    expect(await signIn.inBrowser(stop.signal)).toBe('cancelled');
    expect(pages[0]?.status).toBe(status);
    expect(pages[0]?.html).toContain(words);
    expect(pages[0]?.html).not.toContain('<script');
  });

  it('ends when the listener cancels on the page', async () => {
    const { signIn } = rig.app((url, browser) =>
      typeIn(browser, url, { email: '', password: '', intent: 'cancel' }),
    );
    expect(await signIn.inBrowser(never())).toBe('cancelled');
    expect(await signIn.isSignedIn()).toBe(false);
  });

  it('ends after five minutes without the listener, and listens no more', async () => {
    const callbacks: string[] = [];
    const { signIn, waits, endVisit } = rig.app((url) => {
      callbacks.push(new URL(url).searchParams.get('redirect_uri') ?? '');
      endVisit();
      return Promise.resolve();
    });
    expect(await signIn.inBrowser(never())).toBe('timed_out');
    expect(waits).toEqual([300_000]);
    await expect(fetch(callbacks[0] ?? '')).rejects.toThrow();
  });

  it('says that no browser can be opened, and leaves nothing behind that fails unheard', async () => {
    const unheard = vi.fn();
    process.on('unhandledRejection', unheard);
    onTestFinished(() => void process.off('unhandledRejection', unheard));
    const { signIn } = rig.app(() => {
      throw new Error('No browser');
    });
    await expect(signIn.inBrowser(never())).rejects.toThrow('No browser');
    // Node tells of them when all that was waiting has run.
    await new Promise((resolve) => setImmediate(resolve));
    expect(unheard).not.toHaveBeenCalled();
  });

  it('ends when another attempt begins, which is not disturbed', async () => {
    const urls: string[] = [];
    const { signIn } = rig.app((url, browser) => {
      urls.push(url);
      return urls.length === 1 ? Promise.resolve() : typeIn(browser, url, { email: anna });
    });
    const first = signIn.inBrowser(never());
    await expect.poll(() => urls.length).toBe(1);
    expect(await signIn.inBrowser(never())).toBe('signed_in');
    expect(await first).toBe('cancelled');
  });

  it('shows a page without scripts that nobody may frame, by a cookie that only servers read', async () => {
    const pages: VisitedPage[] = [];
    const stop = new AbortController();
    const { signIn } = rig.app(async (url) => {
      pages.push(await createPageVisitor().open(url));
      const answer = await fetch(url, { redirect: 'manual' });
      expect(answer.headers.getSetCookie().join('\n')).toMatch(/_interaction=.*; httponly/i);
      expect(answer.headers.getSetCookie().join('\n')).not.toMatch(/secure/i);
      stop.abort();
    });
    await signIn.inBrowser(stop.signal);
    const policy = pages[0]?.headers.get('content-security-policy');
    expect(policy).toMatch(/^default-src 'none'; style-src 'sha256-/);
    expect(policy).toContain("form-action 'self' http://127.0.0.1:*");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(pages[0]?.html).not.toMatch(/<script|<img|<link|style="/);
  });
});

describe('signing in by a code', () => {
  async function enterCode(
    address: string,
    userCode: string,
    decide: 'confirm' | 'abort',
  ): Promise<VisitedPage> {
    const browser = createPageVisitor();
    const entry = await browser.open(address);
    expect(entry.html).not.toContain('<script');
    const confirm = await browser.send(entry, { user_code: userCode.toLowerCase() });
    expect(confirm.html).toContain(`<p class="code">${userCode}</p>`);
    const page = await browser.send(confirm, { [decide]: 'yes' });
    if (decide === 'abort') return page;
    return browser.send(page, {
      email: anna,
      password: 'correct horse battery',
      intent: 'sign_in',
    });
  }

  async function typeCode(address: string, userCode: string): Promise<VisitedPage> {
    const browser = createPageVisitor();
    return browser.send(await browser.open(address), { user_code: userCode });
  }

  it('signs the app in while it asks at the pace that it was told', async () => {
    const { signIn, waits, hold } = rig.app();
    const ends: VisitedPage[] = [];
    const outcome = await signIn.byDeviceCode(({ address, userCode, expiresAt }) => {
      expect(userCode).toMatch(/^[B-Z]{4}-[B-Z]{4}$/);
      expect(expiresAt).toBe(rig.clock.now + 600_000);
      hold(enterCode(address, userCode, 'confirm').then((page) => ends.push(page)));
    }, never());
    expect(outcome).toBe('signed_in');
    expect(await rig.statusWith((await signIn.accessToken()) ?? '')).toBe(200);
    expect(new Set(waits)).toEqual(new Set([5000]));
    await expect.poll(() => ends[0]?.html).toContain('You are signed in');
  });

  it('ends when the listener says that the code is not theirs', async () => {
    const { signIn, hold } = rig.app();
    const outcome = await signIn.byDeviceCode(({ address, userCode }) => {
      hold(enterCode(address, userCode, 'abort'));
    }, never());
    expect(outcome).toBe('cancelled');
    expect(await signIn.isSignedIn()).toBe(false);
  });

  it('tells the listener what is wrong with a code, on the page where it is entered', async () => {
    const { signIn, hold } = rig.app();
    const said: string[] = [];
    const outcome = await signIn.byDeviceCode(({ address, userCode }) => {
      const entering = enterCode(address, userCode, 'abort').then(async (page) => {
        said.push(page.html);
        said.push((await typeCode(address, userCode)).html);
        rig.clock.now += 11 * 60_000;
        said.push((await typeCode(address, userCode)).html);
      });
      hold(entering);
    }, never());
    expect(outcome).toBe('timed_out');
    expect(said[0]).toContain('was cancelled');
    expect(said[1]).toContain('used already');
    expect(said[2]).toContain('has expired');
  });

  it('waits longer when it is told to, and when no answer comes', async () => {
    let polls = 0;
    const { signIn, waits, hold } = rig.app(undefined, async (request) => {
      const isPoll = new URL(request.url).pathname === '/oidc/token';
      if (isPoll) polls += 1;
      if (isPoll && polls === 1) {
        return Response.json({ error: 'slow_down' }, { status: 400 });
      }
      if (isPoll && polls === 2) throw new RefrainError('service_unreachable', 'No answer');
      return rig.door.fetch(request);
    });
    const outcome = await signIn.byDeviceCode(({ address, userCode }) => {
      hold(enterCode(address, userCode, 'confirm'));
    }, never());
    expect(outcome).toBe('signed_in');
    expect(waits.slice(0, 3)).toEqual([5000, 10_000, 15_000]);
  });

  it('ends when the app gives it up', async () => {
    const stop = new AbortController();
    const { signIn } = rig.app();
    expect(await signIn.byDeviceCode(() => stop.abort(), stop.signal)).toBe('cancelled');
  });

  it('says that a code is unknown, and fills in one that the address brings', async () => {
    const browser = createPageVisitor();
    const origin = await rig.door.openPages();
    const entry = await browser.open(`${origin}/oidc/device?user_code=%22%3EBCDF-GHJK`);
    expect(entry.html).toContain('value="&quot;&gt;BCDF-GHJK"');
    const unknown = await browser.send(entry, { user_code: 'BCDF-GHJK' });
    expect(unknown.html).toContain('There is no such code');
    await rig.door.closePages();
  });
});

describe('staying signed in', () => {
  it('goes on over a start of the app, and renews the token in time by one request', async () => {
    const app = await rig.signedIn('stay@example.test');
    const first = await app.signIn.accessToken();
    expect(await app.signIn.accessToken()).toBe(first);
    const kept = [...app.secrets.values()];
    rig.clock.now += 59.5 * 60_000;
    const renewed = await Promise.all([1, 2, 3].map(() => app.signIn.accessToken()));
    expect(new Set(renewed).size).toBe(1);
    expect(renewed[0]).not.toBe(first);
    expect([...app.secrets.values()]).not.toEqual(kept);
    const again = rig.restarted(app);
    expect(await again.signIn.isSignedIn()).toBe(true);
    expect(await rig.statusWith((await again.signIn.accessToken()) ?? '')).toBe(200);
  });

  it('outlasts a clock that a tester moves by weeks, either way, but not two years unused', async () => {
    const { signIn } = await rig.signedIn('clock@example.test');
    const day = 86_400_000;
    for (const days of [40, 300, -300, 200]) {
      rig.clock.now += days * day;
      expect(await rig.statusWith((await signIn.accessToken()) ?? '')).toBe(200);
    }
    rig.clock.now += 730 * day;
    expect(await signIn.accessToken()).toBeNull();
    expect(await signIn.isSignedIn()).toBe(false);
  });

  it('keeps the sign-in while the service can’t be reached', async () => {
    let isAway = false;
    const { signIn } = rig.app(
      (url, browser) => typeIn(browser, url, { email: anna }),
      async (request) => {
        if (isAway) throw new RefrainError('service_unreachable', 'No answer');
        return rig.door.fetch(request);
      },
    );
    await signIn.inBrowser(never());
    isAway = true;
    rig.clock.now += 3_600_000;
    await expect(signIn.accessToken()).rejects.toMatchObject({ code: 'service_unreachable' });
    await expect(signIn.signOutEverywhere()).rejects.toMatchObject({ code: 'service_unreachable' });
    isAway = false;
    expect(await rig.statusWith((await signIn.accessToken()) ?? '')).toBe(200);
    isAway = true;
    await signIn.signOut();
    expect(await signIn.isSignedIn()).toBe(false);
  });

  it('asks for another token when the service refused the one it has', async () => {
    const { signIn } = await rig.signedIn('refused@example.test');
    const token = (await signIn.accessToken()) ?? '';
    signIn.accessTokenRefused('another');
    expect(await signIn.accessToken()).toBe(token);
    signIn.accessTokenRefused(token);
    expect(await signIn.accessToken()).not.toBe(token);
  });
});

describe('signing out', () => {
  it('ends this sign-in at the service, and no other of the account', async () => {
    const email = 'out@example.test';
    const one = await rig.signedIn(email);
    const other = rig.app((url, browser) => typeIn(browser, url, { email }));
    await other.signIn.inBrowser(never());
    const token = (await one.signIn.accessToken()) ?? '';
    await one.signIn.signOut();
    expect(await one.signIn.isSignedIn()).toBe(false);
    expect(await rig.statusWith(token)).toBe(401);
    expect(await rig.statusWith((await other.signIn.accessToken()) ?? '')).toBe(200);
  });

  it('ends a sign-in that another takes the place of', async () => {
    const { signIn } = rig.app((url, browser) => typeIn(browser, url, { email: anna }));
    await signIn.inBrowser(never());
    const before = (await signIn.accessToken()) ?? '';
    expect(await rig.statusWith(before)).toBe(200);
    await signIn.inBrowser(never());
    expect(await rig.statusWith(before)).toBe(401);
    expect(await rig.statusWith((await signIn.accessToken()) ?? '')).toBe(200);
  });

  it('ends every sign-in when it is to be everywhere', async () => {
    const email = 'everywhere@example.test';
    const one = await rig.signedIn(email);
    const other = rig.app((url, browser) => typeIn(browser, url, { email }));
    await other.signIn.inBrowser(never());
    const token = (await other.signIn.accessToken()) ?? '';
    expect(await rig.exported(token)).toHaveProperty('signedIn.length', 2);
    await one.signIn.signOutEverywhere();
    expect(await rig.statusWith(token)).toBe(401);
    other.signIn.accessTokenRefused(token);
    expect(await other.signIn.accessToken()).toBeNull();
  });

  it('leaves nothing of an account that is erased', async () => {
    const { signIn } = await rig.signedIn('gone@example.test');
    const token = (await signIn.accessToken()) ?? '';
    await rig.erase(token);
    expect(await rig.statusWith(token)).toBe(401);
    signIn.accessTokenRefused(token);
    expect(await signIn.accessToken()).toBeNull();
  });
});
