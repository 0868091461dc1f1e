import { hash, verify } from '@node-rs/argon2';

/** OWASP's choice for argon2id; about 40 ms and 19 MiB for each password that is looked at. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

export function hashPassword(password: string): Promise<string> {
  // NFKC, since keyboards compose the same sign differently.
  return hash(password.normalize('NFKC'), cost);
}

export function isPassword(password: string, hashed: string): Promise<boolean> {
  return verify(hashed, password.normalize('NFKC'));
}
