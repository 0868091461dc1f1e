import { z } from 'zod';
import { openAtomicFile } from '../atomic-file.ts';

const Sealed = z.record(z.string().max(100), z.string().max(20_000));

/**
 * Electron's store as this app may find it: Electron 33, which tests run on, has only the calls
 * that wait for the keyring; newer ones prefer those that don't.
 */
export interface SecretStorage {
  readonly encryptString: (text: string) => Buffer;
  readonly decryptString: (sealed: Buffer) => string;
  readonly encryptStringAsync?: (text: string) => Promise<Buffer>;
  readonly decryptStringAsync?: (sealed: Buffer) => Promise<{ readonly result: string }>;
  readonly isAsyncEncryptionAvailable?: () => Promise<boolean>;
  readonly getSelectedStorageBackend: () => string;
  readonly setUsePlainTextEncryption: (uses: boolean) => void;
}

/**
 * Secrets of this profile, each sealed by the system's keyring. Where Linux has none, Chromium's
 * fixed key is used, which hides nothing; `protected` then says so, and the Account screen shows
 * it. A damaged file is kept aside when the next secret is written. Call it after the app is ready. No
 * keyring is asked before a secret is.
 * @param now milliseconds since 1970
 */
export function openSecrets(
  path: string,
  storage: SecretStorage,
  now: () => number,
): {
  readonly protected: boolean;
  readonly get: (name: string) => Promise<string | null>;
  readonly set: (name: string, value: string) => Promise<void>;
} {
  const file = openAtomicFile(path, Sealed, 1_000_000);
  const isProtected = hasKeyring(storage);

  let lastChange: Promise<unknown> = Promise.resolve();

  /** One after the other: each writes the file whole, with what the one before it added. */
  function keep(name: string, sealed: string): Promise<void> {
    const kept = lastChange.then(async () => {
      const content = await file.read();
      if (content.kind === 'damaged') await file.setAside(now());
      await file.write({ ...(content.kind === 'read' ? content.value : {}), [name]: sealed });
    });
    lastChange = kept.catch(() => undefined);
    return kept;
  }

  return {
    protected: isProtected,
    async get(name) {
      const content = await file.read();
      const all = content.kind === 'read' ? content.value : {};
      const sealed = Object.hasOwn(all, name) ? all[name] : undefined;
      if (sealed === undefined) return null;
      try {
        return await unseal(storage, Buffer.from(sealed, 'base64'));
      } catch {
        // The keyring was exchanged; the caller makes a new secret.
        return null;
      }
    },
    async set(name, value) {
      await keep(name, (await seal(storage, value)).toString('base64'));
    },
  };
}

async function seal(storage: SecretStorage, text: string): Promise<Buffer> {
  return (await prefersAsync(storage)) && storage.encryptStringAsync !== undefined
    ? storage.encryptStringAsync(text)
    : storage.encryptString(text);
}

async function unseal(storage: SecretStorage, sealed: Buffer): Promise<string> {
  return (await prefersAsync(storage)) && storage.decryptStringAsync !== undefined
    ? (await storage.decryptStringAsync(sealed)).result
    : storage.decryptString(sealed);
}

async function prefersAsync(storage: SecretStorage): Promise<boolean> {
  return (await storage.isAsyncEncryptionAvailable?.()) === true;
}

function hasKeyring(storage: SecretStorage): boolean {
  if (process.platform !== 'linux') return true;
  if (storage.getSelectedStorageBackend() !== 'basic_text') return true;
  storage.setUsePlainTextEncryption(true);
  return false;
}
