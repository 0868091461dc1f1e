import { describe, expect, it } from 'vitest';
import { wordsOf } from '../../../service/fault-words.ts';
import { readSettings } from '../../../service/settings.ts';

const plain = {
  DATABASE_URL: 'postgres://refrain@localhost/refrain',
  ORIGIN: 'https://accounts.example.test/',
  SEALING_KEY: Buffer.alloc(32).toString('base64'),
  PAYMENTS: 'fake',
  ENVIRONMENT: 'qa',
};
const selling = {
  DATABASE_URL: plain.DATABASE_URL,
  ORIGIN: plain.ORIGIN,
  SEALING_KEY: plain.SEALING_KEY,
  PAYMENTS: 'stripe',
  STRIPE_SECRET_KEY: 'sk_live_refrain',
  STRIPE_WEBHOOK_SECRET: 'whsec_refrain',
  STRIPE_PRICE_MONTHLY: 'price_month',
  STRIPE_PRICE_YEARLY: 'price_year',
};

describe('the settings of the service', () => {
  it('need an address of the database, an origin, a key and who takes the money', () => {
    expect(readSettings(plain)).toMatchObject({
      origin: 'https://accounts.example.test',
      issuer: 'https://accounts.example.test',
      port: 8080,
      proxies: 0,
      payments: { kind: 'fake' },
    });
    for (const name of Object.keys(selling)) {
      expect(() => readSettings({ ...selling, [name]: '' })).toThrow(name);
    }
  });

  it.each([
    ['PORT', '70000'],
    ['PORT', 'http'],
    ['ORIGIN', 'http://accounts.example.test'],
    ['ORIGIN', 'https://accounts.example.test/path'],
    ['ORIGIN', 'accounts'],
    ['DATABASE_URL', 'mysql://localhost'],
    ['SEALING_KEY', Buffer.alloc(31).toString('base64')],
    ['SEALING_KEY', 'a secret'],
    ['PAYMENTS', 'cash'],
    ['ENVIRONMENT', 'embedded'],
  ])('refuse %s=%s, and do not repeat it', (name, value) => {
    const read = () => readSettings({ ...plain, [name]: value });
    expect(read).toThrow(name);
    expect(read).not.toThrow(value);
  });

  it('name all that Stripe needs at once', () => {
    const read = () => readSettings({ ...plain, PAYMENTS: 'stripe' });
    expect(read).toThrow(/STRIPE_SECRET_KEY[^]*STRIPE_WEBHOOK_SECRET[^]*STRIPE_PRICE_YEARLY/);
  });

  it('are for selling where nothing else is said', () => {
    expect(readSettings(selling)).toMatchObject({ environment: 'prod' });
    const key = { STRIPE_SECRET_KEY: 'rk_live_refrain' };
    expect(readSettings({ ...selling, ...key })).toMatchObject({ environment: 'prod' });
  });

  it.each([
    ['PAYMENTS', 'fake'],
    ['STRIPE_SECRET_KEY', 'sk_test_refrain'],
    ['STRIPE_SECRET_KEY', 'rk_test_refrain'],
    ['STRIPE_API_ORIGIN', 'https://stand-in.example.test'],
  ])('refuse %s=%s where Premium is sold, since it would be given away', (name, value) => {
    const given = { ...selling, [name]: value };
    expect(() => readSettings(given)).toThrow(new RegExp(`${name}: .*ENVIRONMENT=qa`));
    expect(() => readSettings({ ...given, ENVIRONMENT: 'prod' })).toThrow('ENVIRONMENT=qa');
    expect(readSettings({ ...given, ENVIRONMENT: 'qa' })).toMatchObject({ environment: 'qa' });
  });
});

describe('the words of a fault', () => {
  it('tell its causes, and not whose row it was', () => {
    const query = new Error('Failed query: select $1\nparams: me@example.test', {
      cause: new Error('connection lost'),
    });
    const words = wordsOf(query);
    expect(words).toContain('select $1');
    expect(words).toContain('caused by Error: connection lost');
    expect(words).not.toContain('me@example.test');
  });
});
