import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readFile, readdir, readlink } from 'node:fs/promises';
import type { ElectronApplication } from '@playwright/test';

/** Watches everything by which an app could reach the network, from before it starts. */
export interface NetworkWatch {
  /** For the command line: Chromium's own traffic has to pass here. */
  readonly switches: readonly string[];
  /** Watches main as well, once it runs: every socket that it opens is noted. */
  readonly watchMain: (app: ElectronApplication) => Promise<void>;
  /** What was reached for so far, by whatever way. */
  readonly reached: (app: ElectronApplication) => Promise<readonly string[]>;
  readonly close: () => void;
}

declare global {
  /** In main while a test watches it: where its sockets went. */
  var reachedByMain: string[] | undefined;
}

/** SOCK_STREAM in the states that lead or led somewhere: all but listening, in `/proc/net/tcp`. */
const listening = '0A';

export async function watchNetwork(): Promise<NetworkWatch> {
  const proxied: string[] = [];
  const proxy = await listen((address) => proxied.push(address));
  const { port } = proxy.address() as AddressInfo;
  const sampled = new Set<string>();
  return {
    switches: [`--proxy-server=127.0.0.1:${port}`, '--proxy-bypass-list=<-loopback>'],
    watchMain: (app) =>
      app.evaluate(() => {
        const { Socket } = process.getBuiltinModule('node:net');
        type Connect = (this: unknown, ...given: readonly unknown[]) => unknown;
        const connect = Reflect.get(Socket.prototype, 'connect') as unknown as Connect;
        globalThis.reachedByMain = [];
        // Fetch, http and https all end here; D-Bus does too, by a path.
        const watched: Connect = function (this: unknown, ...given) {
          const told = JSON.stringify(given);
          if (!told.includes('"path":"/')) globalThis.reachedByMain?.push(told);
          return Reflect.apply(connect, this, given);
        };
        Reflect.set(Socket.prototype, 'connect', watched);
      }),
    async reached(app) {
      const ofMain = await app.evaluate(() => globalThis.reachedByMain ?? ['main is not watched']);
      for (const address of await remotesOf(app.process().pid ?? 0)) sampled.add(address);
      sampled.delete(`127.0.0.1:${port}`);
      return [...proxied, ...ofMain, ...sampled];
    },
    close: () => void proxy.close(),
  };
}

async function listen(told: (address: string) => void): Promise<Server> {
  const server = createServer((request, response) => {
    told(request.url ?? '');
    response.writeHead(502).end();
  });
  server.on('connect', (request, socket) => {
    told(request.url ?? '');
    socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

/** The far ends of the TCP sockets of a process and all that it started, as Linux has them now. */
async function remotesOf(pid: number): Promise<readonly string[]> {
  const remotes = await remotesByInode();
  const found = await Promise.all((await withChildren(pid)).map(socketsOf));
  return found.flat().flatMap((inode) => remotes.get(inode) ?? []);
}

async function remotesByInode(): Promise<ReadonlyMap<string, string>> {
  const remotes = new Map<string, string>();
  for (const table of ['/proc/net/tcp', '/proc/net/tcp6']) {
    const [, ...rows] = (await readFile(table, 'utf8').catch(() => '')).trim().split('\n');
    for (const row of rows) {
      const [, , remote = '', state, , , , , , inode = ''] = row.trim().split(/\s+/);
      if (state !== listening) remotes.set(inode, addressOf(remote));
    }
  }
  return remotes;
}

async function withChildren(pid: number): Promise<readonly number[]> {
  const tasks = await readdir(`/proc/${pid}/task`).catch(() => []);
  const lists = await Promise.all(
    tasks.map((task) => readFile(`/proc/${pid}/task/${task}/children`, 'utf8').catch(() => '')),
  );
  const children = lists.join(' ').trim().split(/\s+/).filter(Boolean).map(Number);
  return [pid, ...(await Promise.all(children.map(withChildren))).flat()];
}

async function socketsOf(pid: number): Promise<readonly string[]> {
  const folder = `/proc/${pid}/fd`;
  const names = await readdir(folder).catch(() => []);
  const links = await Promise.all(
    names.map((name) => readlink(`${folder}/${name}`).catch(() => '')),
  );
  return links.flatMap((link) => /^socket:\[(\d+)\]$/.exec(link)?.[1] ?? []);
}

/** `0100007F:1F90` is 127.0.0.1:8080; a longer one is IPv6 and stays as it is. */
function addressOf(hex: string): string {
  const [host = '', port = ''] = hex.split(':');
  const bytes = host.length === 8 ? (host.match(/../g) ?? []).toReversed() : null;
  const readable = bytes?.map((byte) => Number.parseInt(byte, 16)).join('.') ?? host;
  return `${readable}:${Number.parseInt(port, 16)}`;
}
