import { describe, expect, it } from 'vitest';
import { wordsOf } from '../../../service/fault-words.ts';
import { readSettings } from '../../../service/settings.ts';

const plain = {
  DATABASE_URL: 'postgres://refrain@localhost/refrain',
  ORIGIN: 'https://accounts.example.test/',
  SEALING_KEY: Buffer.alloc(32).toString('base64'),
  PAYMENTS: 'fake',
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
    for (const name of Object.keys(plain)) {
      expect(() => readSettings({ ...plain, [name]: '' })).toThrow(name);
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
  ])('refuse %s=%s, and do not repeat it', (name, value) => {
    const read = () => readSettings({ ...plain, [name]: value });
    expect(read).toThrow(name);
    expect(read).not.toThrow(value);
  });

  it('name all that Stripe needs at once', () => {
    const read = () => readSettings({ ...plain, PAYMENTS: 'stripe' });
    expect(read).toThrow(/STRIPE_SECRET_KEY[^]*STRIPE_WEBHOOK_SECRET[^]*STRIPE_PRICE_YEARLY/);
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
