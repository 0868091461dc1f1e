import { expect, goTo, test } from '../support/app.ts';

test('albums show their covers, which a thread of the library makes', async ({ launch }) => {
  const { window } = await launch('--sample');
  await goTo(window, 'Albums');
  const covers = window.getByRole('main').locator('img');
  await expect(covers).toHaveCount(3);
  // Drawn: a picture that could not be made has no width.
  await expect
    .poll(() =>
      covers.evaluateAll((all) => all.filter((one) => (one as HTMLImageElement).naturalWidth > 0)),
    )
    .toHaveLength(3);
});
