import { isUtf8 } from 'node:buffer';

/** Texts of RIFF and AIFF are Latin-1 or ASCII by their standards; what is written today is UTF-8. */
export function riffText(latin1: string): string {
  const bytes = Buffer.from(latin1, 'latin1');
  return isUtf8(bytes) ? bytes.toString('utf8') : latin1;
}
