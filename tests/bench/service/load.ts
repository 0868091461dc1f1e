import { once } from 'node:events';
import { Agent, type IncomingMessage, request } from 'node:http';
import { performance } from 'node:perf_hooks';

export interface Post {
  readonly url: string;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

export interface Load {
  /** Milliseconds that each request took, in order of size. */
  readonly took: readonly number[];
  /** Requests that were not answered 200. */
  readonly failures: number;
}

/** @param next the request that a client sends next, as soon as its last one is answered */
export async function load(
  clients: number,
  seconds: number,
  next: (client: number) => Post,
): Promise<Load> {
  const agent = new Agent({ keepAlive: true, maxSockets: clients });
  const end = performance.now() + seconds * 1000;
  const took: number[] = [];
  let failures = 0;
  await Promise.all(
    Array.from({ length: clients }, async (_, client) => {
      while (performance.now() < end) {
        const post = next(client);
        const start = performance.now();
        const status = await send(post, agent);
        took.push(performance.now() - start);
        if (status !== 200) failures += 1;
      }
    }),
  );
  agent.destroy();
  return { took: took.sort((one, other) => one - other), failures };
}

async function send({ url, body, headers }: Post, agent: Agent): Promise<number | undefined> {
  const sent = request(url, {
    agent,
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
      ...headers,
    },
  });
  sent.end(body);
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  response.resume();
  await once(response, 'end');
  return response.statusCode;
}
