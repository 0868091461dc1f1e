import { expect, it } from 'vitest';
import { createQaIssuer } from '../../../../electron/account/qa-tiers.ts';
import { createTrust } from '../../../../electron/account/trust.ts';
import { createKeyring } from '../../../support/listener-machine.ts';

const service = { url: 'https://accounts.test', issuer: 'https://accounts.test', keys: {} };
const noKeys = () => Promise.resolve([]);

it.each([
  ['prod', 'a release build', undefined, false],
  ['prod', 'a release build', 'qa', false],
  ['prod', 'a QA build', undefined, true],
  ['qa', 'a QA build', 'qa', true],
] as const)('takes the word of %s in %s, of a service named %s', async (...row) => {
  const [environment, , named, isQa] = row;
  const secrets = createKeyring();
  const configured = named === undefined ? service : { ...service, environment: named };
  const qa = isQa ? createQaIssuer(secrets) : null;
  const trust = createTrust(configured, qa, secrets, noKeys);
  expect(trust.environment).toBe(environment);
  expect(await trust.issuers()).toMatchObject([{ name: service.issuer, environment }]);
});
