import type { z } from 'zod';

/** Where keys and other small secrets lie. The shell gives one that the system's keyring protects. */
export interface Secrets {
  /** False where the system has no keyring, so that the secrets lie in a plain file. */
  readonly protected: boolean;
  /** @returns null when there is none or it can't be unlocked any more */
  readonly get: (name: string) => Promise<string | null>;
  readonly set: (name: string, value: string) => Promise<void>;
}

/** @returns null for a secret that is missing, locked or damaged: each is the same to us */
export async function readSecret<Value>(
  secrets: Secrets,
  name: string,
  schema: z.ZodType<Value>,
): Promise<Value | null> {
  try {
    const text = await secrets.get(name);
    return text === null ? null : schema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

export function writeSecret(secrets: Secrets, name: string, value: unknown): Promise<void> {
  return secrets.set(name, JSON.stringify(value));
}
