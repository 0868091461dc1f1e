import { readdir } from 'node:fs/promises';
import type { ElectronApplication, Page } from '@playwright/test';
import type { AccountView } from '../../shared/account.ts';
import type { SessionView } from '../../shared/session.ts';
import { qaWords as words } from '../../shared/words/qa.ts';
import { askMain, expect, playSongs, playerOf, test } from '../support/app.ts';
import { createPageVisitor } from '../support/page-visitor.ts';
import { moveClock, pressInPanel, setTier } from '../support/qa.ts';

const day = 24 * 60;

test('the panel walks through every state while the music plays, each with its ads and its repeat', async ({
  launch,
  ear,
}) => {
  const { window } = await launch('--sample', '--qa-tier=free');
  await playSongs(window);
  await expect.poll(() => ear.peak(0.5)).toBeGreaterThan(0.005);
  for (const [tier, isPremium] of [
    ['trial', true],
    ['premium', true],
    ['past_due', true],
    ['offline_grace', true],
    ['cancel_at_period_end', true],
    ['expired', false],
    ['premium', true],
    ['refunded', false],
    ['disputed', false],
    ['paused', false],
    ['free', false],
  ] as const) {
    await setTier(window, tier);
    await expectTier(window, isPremium, tier);
  }
  expect(ear.peak(1)).toBeGreaterThan(0.005);
});

test('a listener signs up, tries, pays, falls due, ends and is refunded, by the service inside the app', async ({
  launch,
  ear,
}) => {
  test.setTimeout(180_000);
  const { app, window } = await launch('--sample');
  await playSongs(window);
  await expect.poll(() => ear.peak(0.5)).toBeGreaterThan(0.005);
  await expectTier(window, false, 'none');
  const browser = await catchBrowser(app);

  // From the offer, by signing up, to a trial: without losing what was wished for.
  await playerOf(window).repeat.click();
  const offer = window.getByRole('dialog', { name: 'Refrain Premium' });
  await offer.getByRole('button', { name: 'Try Premium' }).click();
  await expect(offer.getByText('Go on in your browser')).toBeVisible({ timeout: 60_000 });
  const visitor = createPageVisitor();
  const signUp = await visitor.open(await browser.next());
  await visitor.send(signUp, {
    email: 'ada@example.test',
    password: 'correct horse battery',
    intent: 'sign_up',
  });
  const checkout = await browser.next();
  await expect(offer.getByText('The payment page is open')).toBeVisible();
  await visitor.post(checkout, { card: 'good' });
  await expect(offer).toBeHidden({ timeout: 20_000 });
  await expectTier(window, true, 'trialing');

  await window.getByRole('button', { name: 'Account', exact: true }).click();
  await expect(window.getByText('Signed in as ada@example.test')).toBeVisible();
  await expect(window.getByText('· This device')).toBeVisible();

  // Time pays for the plan; a refused card lets it fall due, and its grace run out.
  await moveClock(window, 15 * day);
  await expectTier(window, true, 'active');
  await pressInPanel(window, words.payments, words.acts.refuse_card);
  await pressInPanel(window, words.payments, words.acts.end_period);
  await expectTier(window, true, 'past_due');
  await pressInPanel(window, words.clock, words.moved(8 * day));
  await expectTier(window, false, 'expired');

  // Bought anew on the screen, and given back.
  await window.getByRole('button', { name: 'Buy' }).first().click();
  await visitor.post(await browser.next(), { card: 'good' });
  await expectTier(window, true, 'active');
  await pressInPanel(window, words.payments, words.acts.refund);
  await expectTier(window, false, 'refunded');
  expect(ear.peak(1)).toBeGreaterThan(0.005);
});

test('a free listener’s start runs no account service, makes no folder and no key', async ({
  launch,
  profile,
}) => {
  const { app, window } = await launch('--sample');
  await window.getByRole('button', { name: 'Account', exact: true }).click();
  await expect(window.getByText('You use the free tier.')).toBeVisible();
  expect(await processNames(app)).not.toContain('Refrain account service');
  const files = await readdir(profile);
  expect(files).not.toContain('account-service');
  expect(files).not.toContain('secrets.json');
});

/** The tier as the listener meets it: the banner's slot, and the button that repeats. */
async function expectTier(window: Page, isPremium: boolean, state: string): Promise<void> {
  const tier = isPremium ? 'premium' : 'free';
  await expect(window.locator('html'), state).toHaveAttribute('data-tier', tier, {
    timeout: 20_000,
  });
  const slot = window.getByRole('complementary', { name: 'Advertisement' });
  await (isPremium ? expect(slot, state).toBeHidden() : expect(slot, state).toBeVisible());
  if (!/^(trial|premium|offline_grace|free)$/.test(state)) {
    const subscription = async () =>
      ((await askMain(window, 'account.get')) as AccountView).subscription;
    await expect.poll(subscription, { timeout: 20_000 }).toBe(state);
  }
  const refusal = await askMain(window, 'session.setRepeat', { repeat: 'track' }).catch(String);
  if (isPremium) expect(refusal).toBeUndefined();
  else expect(refusal).toContain('not_allowed');
  await askMain(window, 'session.setRepeat', { repeat: 'all' });
  expect(((await askMain(window, 'session.get')) as SessionView).adBreak).toBeNull();
}

/** What the app would have shown in the system's browser, in order. */
async function catchBrowser(app: ElectronApplication) {
  await app.evaluate(({ shell }) => {
    const opened: string[] = [];
    Object.assign(globalThis, { opened });
    shell.openExternal = (url) => {
      opened.push(url);
      return Promise.resolve();
    };
  });
  let seen = 0;
  return {
    async next(): Promise<string> {
      let url: string | undefined;
      await expect
        .poll(
          async () => {
            // Main's promises are lost to Playwright now and then; the next look finds it.
            url = await app
              .evaluate(
                (_electron, at) =>
                  (globalThis as unknown as { readonly opened: readonly string[] }).opened[at],
                seen,
              )
              .catch(() => undefined);
            return url;
          },
          { timeout: 60_000 },
        )
        .toBeDefined();
      seen += 1;
      return url ?? '';
    },
  };
}

function processNames(app: ElectronApplication): Promise<(string | undefined)[]> {
  return app.evaluate(({ app: running }) =>
    running.getAppMetrics().map(({ name, serviceName }) => name ?? serviceName),
  );
}
