import { isIP } from 'node:net';

/**
 * The header in which whoever runs the service tells where a request came from. The one at the port
 * sets it anew, so that nobody can claim another's address; inside the app there is none.
 */
export const clientAddressHeader = 'x-refrain-client-address';

export function clientAddress(request: Request): string {
  return request.headers.get(clientAddressHeader) ?? 'local';
}

/**
 * What one customer of a provider is given: an IPv4 address, or the first 64 bits of IPv6, within
 * which anybody may take another address for each request.
 */
export function networkOf(address: string): string {
  const mapped = /^::ffff:([\d.]+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  if (isIP(address) !== 6) return address;
  const [head = [], tail = []] = address.replace(/%.*$/, '').split('::').map(groupsOf);
  const zeros = Array<number>(8)
    .fill(0)
    .slice(head.length + tail.length);
  return [...head, ...zeros, ...tail]
    .slice(0, 4)
    .map((group) => group.toString(16))
    .join(':');
}

function groupsOf(text: string): number[] {
  return text === '' ? [] : text.split(':').map((group) => Number.parseInt(group, 16));
}
