import { afterEach, describe, expect, it } from 'vitest';
import { clientAddress } from '../../service/client-address.ts';
import { type Serving, serve } from '../../service/serve.ts';

describe('the port of the service', () => {
  let serving: Serving | undefined;
  const lines: string[] = [];
  afterEach(() => serving?.close());

  async function open(answer: (request: Request) => Promise<Response>, proxies = 0) {
    lines.length = 0;
    const log = { info: (line: string) => void lines.push(line) };
    serving = await serve(answer, { host: '127.0.0.1', port: 0, proxies, log }, () => 0);
    return serving.url;
  }
  const tellAddress = (asked: Request) => Promise.resolve(new Response(clientAddress(asked)));

  it('tells where a request comes from, whatever the request says', async () => {
    const url = await open(tellAddress);
    const claims = { 'x-refrain-client-address': '6.6.6.6', 'x-forwarded-for': '7.7.7.7' };
    expect(await (await fetch(url, { headers: claims })).text()).toBe('127.0.0.1');
  });

  it('believes as many proxies as there are, and not what a client put before them', async () => {
    const url = await open(tellAddress, 2);
    const headers = { 'x-forwarded-for': '6.6.6.6, 203.0.113.5, 10.0.0.1' };
    expect(await (await fetch(url, { headers })).text()).toBe('203.0.113.5');
  });

  it('logs what was asked and how it went, and nothing about whose it is', async () => {
    const url = await open(() => Promise.resolve(new Response('ok')));
    await fetch(`${url}/v1/devices/secret-id?email=me@example.test`, { method: 'DELETE' });
    expect(lines).toEqual(['DELETE /v1/devices 200 0 ms']);
  });

  it('answers what is under way before it closes, and nothing after', async () => {
    let closed: Promise<void> | undefined;
    const url = await open(() => {
      closed = serving?.close();
      return Promise.resolve(new Response('whole'));
    });
    expect(await (await fetch(url)).text()).toBe('whole');
    await closed;
    await expect(fetch(url)).rejects.toThrow();
  });
});
