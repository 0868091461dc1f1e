import { describe, expect, it } from 'vitest';
import { getWeb, isPrivate, NeverSent } from '../../../../electron/ads/web-request.ts';
import { openAdServer } from '../../../support/ads-rig.ts';

const bounds = { mostBytes: 1000, signal: new AbortController().signal };

describe('a request to an ad server', () => {
  it.each([
    ...['0.0.0.0', '10.1.2.3', '100.64.0.1', '127.0.0.1', '127.9.9.9', '169.254.169.254'],
    ...[
      '172.16.0.1',
      '172.31.255.255',
      '192.168.1.1',
      '198.18.0.1',
      '224.0.0.1',
      '255.255.255.255',
    ],
    ...[
      '::',
      '::1',
      'fc00::1',
      'fd12::1',
      'fe80::1',
      'ff02::1',
      '::ffff:10.0.0.1',
      '::ffff:7f00:1',
      '64:ff9b::c0a8:101',
      '64:ff9b::127.0.0.1',
      '2002:a00:1::1',
    ],
  ])('takes %s for private', (address) => {
    expect(isPrivate(address)).toBe(true);
  });

  it.each([
    '1.1.1.1',
    '172.32.0.1',
    '193.0.0.1',
    '2606:4700::1111',
    '::ffff:1.1.1.1',
    '64:ff9b::101:101',
  ])('takes %s for public', (address) => {
    expect(isPrivate(address)).toBe(false);
  });

  it('reaches no private address by a number, a name or a redirect', async () => {
    const server = await openAdServer();
    const port = new URL(server.origin).port;
    for (const host of [
      '127.0.0.1',
      'localhost',
      '[::1]',
      '0x7f.1',
      '2130706433',
      '[::ffff:7f00:1]',
    ]) {
      const asked = getWeb(`http://${host}:${port}/`, { ...bounds, reach: 'public' });
      await expect(asked).rejects.toThrow('own network');
    }
    expect(server.requests()).toEqual([]);
  });

  it('says when it never left, and not when it may have arrived', async () => {
    const server = await openAdServer();
    server.failMedia('hang-up');
    const asked = getWeb(`${server.origin}/spot`, { ...bounds, reach: 'any' });
    await expect(asked).rejects.not.toBeInstanceOf(NeverSent);
    await server.close();
    const late = getWeb(`${server.origin}/spot`, { ...bounds, reach: 'any' });
    await expect(late).rejects.toBeInstanceOf(NeverSent);
  });

  it('ends at its bound, and reads nothing where only the answer matters', async () => {
    const server = await openAdServer();
    server.failMedia('huge');
    const asked = getWeb(`${server.origin}/spot`, { ...bounds, reach: 'any' });
    await expect(asked).rejects.toThrow('1000 bytes');
    const { status, bytes } = await getWeb(`${server.origin}/spot`, {
      ...bounds,
      mostBytes: 0,
      reach: 'any',
    });
    expect({ status, length: bytes.length }).toEqual({ status: 200, length: 0 });
  });
});
