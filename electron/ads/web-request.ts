import { lookup } from 'node:dns';
import type { IncomingMessage } from 'node:http';
import { get as getPlain } from 'node:http';
import { get as getSecure } from 'node:https';
import { BlockList, isIP } from 'node:net';
import type { LookupFunction } from 'node:net';

export interface WebBounds {
  /** 0: the head of the answer is all that is waited for. */
  readonly mostBytes: number;
  readonly signal: AbortSignal;
  /** Whether addresses of this machine and its own network are asked too: for testers only. */
  readonly reach: 'public' | 'any';
}

/** The request did not leave this machine: whoever counts may try again without counting twice. */
export class NeverSent extends Error {}

const mostRedirects = 4;

/**
 * Reads an http or https address with no cookies, no referrer and nothing that tells who asks.
 * Each redirect is held to the same bounds.
 * @returns the last answer, whatever its status; a body of a status other than 200 is not read
 * @throws NeverSent; other errors when it is not answered in time or with more than is allowed
 */
export async function getWeb(address: string, bounds: WebBounds) {
  let next = new URL(address);
  for (let redirects = 0; redirects <= mostRedirects; redirects += 1) {
    const response = await ask(next, bounds).catch((error: unknown) => {
      throw redirects === 0 && neverLeft(error) ? new NeverSent(String(error)) : error;
    });
    const { statusCode: status = 0, headers } = response;
    if (status >= 300 && status < 400 && headers.location !== undefined) {
      response.destroy();
      next = new URL(headers.location, next);
    } else if (status === 200 && bounds.mostBytes > 0) {
      return { status, bytes: await read(response, bounds) };
    } else {
      response.destroy();
      return { status, bytes: new Uint8Array() };
    }
  }
  throw new Error('The server redirects too often');
}

function ask(address: URL, { signal, reach }: WebBounds): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const { protocol, hostname } = address;
    if (protocol !== 'http:' && protocol !== 'https:') {
      throw new Error(`Ads are not fetched by ${protocol}`);
    }
    const literal = hostname.replace(/^\[|\]$/g, '');
    // A host that is a number is connected to without being looked up.
    if (reach === 'public' && isIP(literal) !== 0 && isPrivate(literal)) throw new PrivateAddress();
    const get = protocol === 'https:' ? getSecure : getPlain;
    get(
      address,
      {
        signal,
        ...(reach === 'public' && { lookup: lookupPublic }),
        headers: { Accept: '*/*', 'User-Agent': 'Refrain' },
      },
      resolve,
    ).on('error', reject);
  });
}

async function read(response: IncomingMessage, { mostBytes }: WebBounds): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  // Leaving the loop early ends the connection.
  for await (const chunk of response as AsyncIterable<Uint8Array>) {
    bytes += chunk.byteLength;
    // The length that the server states is not to be trusted.
    if (bytes > mostBytes) throw new Error(`The server sent more than ${mostBytes} bytes`);
    chunks.push(chunk);
  }
  if (!response.complete) throw new Error('The server broke off');
  return Buffer.concat(chunks);
}

class PrivateAddress extends Error {
  constructor() {
    super('Ads do not reach into the listener’s own network');
  }
}

// SECURITY: an ad server must not have this machine ask its neighbours for things. Looked at here
// and not before the request, so that a name can't lead elsewhere when it is looked up again.
const lookupPublic: LookupFunction = (host, options, callback) => {
  lookup(host, { ...options, all: true }, (error, found) => {
    const open = found.filter(({ address }) => !isPrivate(address));
    const [first] = open;
    if (error !== null) callback(error, '');
    else if (first === undefined) callback(new PrivateAddress(), '');
    else if (options.all === true) callback(null, open);
    else callback(null, first.address, first.family);
  });
};

/** https://www.iana.org/assignments/iana-ipv4-special-registry and its sister for IPv6 */
const privateRanges: readonly (readonly [address: string, prefix: number])[] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 3],
  ['::', 127],
  ['fc00::', 7],
  ['fe80::', 9],
  ['ff00::', 8],
];
const privateAddresses = new BlockList();
for (const [address, prefix] of privateRanges) {
  const isV6 = address.includes(':');
  privateAddresses.addSubnet(address, prefix, isV6 ? 'ipv6' : 'ipv4');
  if (isV6) continue;
  // Gateways lead from these to IPv4: NAT64 (RFC 6052) and 6to4 (RFC 3056).
  const [high, low] = groupsOf(address);
  privateAddresses.addSubnet(`64:ff9b::${high}:${low}`, 96 + prefix, 'ipv6');
  privateAddresses.addSubnet(`2002:${high}:${low}::`, 16 + prefix, 'ipv6');
}

/** An IPv4 address as the two groups that hold it in one of IPv6. */
function groupsOf(address: string): readonly [high: string, low: string] {
  const hex = Buffer.from(address.split('.').map(Number)).toString('hex');
  return [hex.slice(0, 4), hex.slice(4)];
}

export function isPrivate(address: string): boolean {
  return privateAddresses.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
}

const neverLeftCodes = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ENETUNREACH',
  'ENETDOWN',
  'EHOSTUNREACH',
]);

function neverLeft(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code, syscall } = error as NodeJS.ErrnoException;
  return syscall === 'connect' || neverLeftCodes.has(code ?? '');
}
