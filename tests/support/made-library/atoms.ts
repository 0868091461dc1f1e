import { uint32 } from './file-shape.ts';

/** A box of MP4. ISO/IEC 14496-12, 4.2 */
export function atom(name: string, ...content: readonly Uint8Array[]): Buffer {
  const length = content.reduce((sum, part) => sum + part.length, 8);
  return Buffer.concat([uint32(length), Buffer.from(name, 'latin1'), ...content]);
}

/** Numbers of four bytes, big-endian. */
export function words(...values: readonly number[]): Buffer {
  return Buffer.concat(values.map(uint32));
}

export function zeros(count: number): number[] {
  return Array.from({ length: count }, () => 0);
}
