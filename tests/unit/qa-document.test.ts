import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { parseSwitches } from '../../electron/switches.ts';
import { QaPaymentAct, qaTiers } from '../../shared/account.ts';
import { QaAdOutcome } from '../../shared/qa.ts';
import { qaWords } from '../../shared/words/qa.ts';

const document = await readFile(new URL('../../docs/qa.md', import.meta.url), 'utf8');

/** What stands as code in the first column of the table below a heading. */
function namesUnder(heading: string): readonly string[] {
  const [, after = ''] = document.split(`# ${heading}\n`);
  const [section = ''] = after.split('\n#');
  return [...section.matchAll(/^\| `([^`]+)`/gm)].map(([, name = '']) => name);
}

describe('docs/qa.md', () => {
  it('names every tier state of the panel, and no other', () => {
    expect(namesUnder('Tier')).toEqual(qaTiers);
    expect(Object.keys(qaWords.tiers)).toEqual(qaTiers);
  });

  it('names every ad outcome as the panel does', () => {
    expect(namesUnder('Next ads')).toEqual(Object.values(qaWords.outcomes));
    expect(Object.keys(qaWords.outcomes)).toEqual(QaAdOutcome.options);
  });

  it('names every step of the clock as the panel does', () => {
    const minutes = [-1440, -60, 1, 16, 60, 1440, 8 * 1440, 31 * 1440];
    expect(namesUnder('Clock')).toEqual(minutes.map((step) => qaWords.moved(step)));
  });

  it('names every act on payments as the panel does', () => {
    expect(namesUnder('Payments')).toEqual(Object.values(qaWords.acts));
    expect(Object.keys(qaWords.acts)).toEqual(QaPaymentAct.options);
  });

  it('names the other buttons', () => {
    const { dueNow, earn, reachable, unreachable } = qaWords;
    expect(namesUnder('Account service')).toEqual([reachable, unreachable]);
    for (const button of [dueNow, earn]) expect(document).toContain(`\`${button}\``);
  });

  it('names switches that are taken', () => {
    const given = namesUnder('Switches').map((name) =>
      name.replace('TIER', 'trial').replace(/FILE_OR_URL|FILE|DIR/, 'x'),
    );
    const { qaTier, qaClock, qaAds, qaService, sample } = parseSwitches(given, '/', true);
    expect({ qaTier, qaAds, qaService, sample }).toEqual({
      qaTier: 'trial',
      qaAds: 'x',
      qaService: 'x',
      sample: true,
    });
    expect(qaClock).not.toBeNull();
  });

  it('names the helpers of tests/support/qa.ts', async () => {
    const path = new URL('../support/qa.ts', import.meta.url);
    const exported = (await readFile(path, 'utf8')).matchAll(/^export (?:async )?function (\w+)/gm);
    for (const [, name = ''] of exported) expect(document).toContain(`\`${name}\``);
  });
});
