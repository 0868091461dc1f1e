/**
 * The header in which whoever runs the service tells where a request came from. The one at the port
 * sets it anew, so that nobody can claim another's address; inside the app there is none.
 */
export const clientAddressHeader = 'x-refrain-client-address';

export function clientAddress(request: Request): string {
  return request.headers.get(clientAddressHeader) ?? 'local';
}
