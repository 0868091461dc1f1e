/**
 * A fault and its causes for the log. A failed query names its parameters, which are e-mails and the
 * like: they are left out.
 */
export function wordsOf(fault: unknown): string {
  if (!(fault instanceof Error)) return String(fault);
  const { name, message, stack = '', cause } = fault;
  const places = stack.slice(stack.indexOf('\n    at '));
  const words = `${name}: ${message.replace(/\nparams:[^]*$/, '')}${places}`;
  return cause === undefined ? words : `${words}\ncaused by ${wordsOf(cause)}`;
}
