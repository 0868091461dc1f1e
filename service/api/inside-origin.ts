/**
 * What the app addresses requests to the service inside it to: a name that no network resolves
 * (RFC 6761), since they never come to one.
 */
export const insideOrigin = 'http://refrain.invalid';
