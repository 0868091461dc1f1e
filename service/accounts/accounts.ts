import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { createAttempts } from '../attempts.ts';
import type { ServiceParts } from '../parts.ts';
import { Refusal } from '../refusal.ts';
import { hashPassword, isPassword } from './password.ts';
import { accounts } from './tables.ts';

export interface Account {
  readonly id: string;
  /** In lower case. */
  readonly email: string;
  readonly createdAt: Date;
}

/** What is typed into a sign-in page, and the address that it came from (client-address.ts). */
export interface Credentials {
  readonly email: string;
  readonly password: string;
  readonly address: string;
}

export interface Accounts {
  /** @throws {Refusal} taken, too_many */
  readonly signUp: (credentials: Credentials) => Promise<Account>;
  /**
   * Takes as long for an e-mail that nobody signed up with.
   * @returns null for a wrong e-mail or password; which of them is not told
   * @throws {Refusal} too_many
   */
  readonly verifyPassword: (credentials: Credentials) => Promise<Account | null>;
  readonly find: (accountId: string) => Promise<Account | null>;
  /** What other features keep of the account goes with it: their rows refer to it. */
  readonly erase: (accountId: string) => Promise<void>;
}

const shown = { id: accounts.id, email: accounts.email, createdAt: accounts.createdAt };

export function createAccounts(
  parts: Pick<ServiceParts, 'store' | 'now' | 'sealingKey'>,
): Accounts {
  const { db } = parts.store;
  const attempts = createAttempts(parts);
  let nobodysHash: Promise<string> | null = null;

  return {
    async signUp({ email, password, address }) {
      await attempts.count({ kind: 'sign_up', by: 'address', name: address });
      const account = { id: randomUUID(), email: folded(email), createdAt: new Date(parts.now()) };
      const passwordHash = await hashPassword(password);
      const made = await db
        .insert(accounts)
        .values({ ...account, passwordHash })
        .onConflictDoNothing()
        .returning(shown);
      if (made[0] === undefined) throw new Refusal('taken', 'There is an account of this e-mail');
      return made[0];
    },

    async verifyPassword({ email, password, address }) {
      const byAccount = { kind: 'password', by: 'account', name: folded(email) } as const;
      await attempts.count({ kind: 'password', by: 'address', name: address });
      await attempts.count(byAccount);
      const [row] = await db
        .select()
        .from(accounts)
        .where(eq(accounts.email, folded(email)));
      // A hash is looked at in either case: the time must not tell whether the account exists.
      const hashed = row?.passwordHash ?? (await (nobodysHash ??= hashPassword(randomUUID())));
      const isRight = await isPassword(password, hashed);
      if (row === undefined || !isRight) return null;
      await attempts.forget(byAccount);
      return { id: row.id, email: row.email, createdAt: row.createdAt };
    },

    async find(accountId) {
      const [row] = await db.select(shown).from(accounts).where(eq(accounts.id, accountId));
      return row ?? null;
    },

    async erase(accountId) {
      const [row] = await db.delete(accounts).where(eq(accounts.id, accountId)).returning(shown);
      if (row === undefined) return;
      await attempts.forget({ kind: 'password', by: 'account', name: row.email });
    },
  };
}

function folded(email: string): string {
  return email.trim().toLowerCase();
}
