import { safeStorage } from 'electron';
import { z } from 'zod';
import { openAtomicFile } from '../atomic-file.ts';

const Sealed = z.record(z.string().max(100), z.string().max(20_000));

/**
 * Electron's store as this app may find it: Electron 33, which tests run on, has only the calls
 * that wait for the keyring; newer ones prefer those that don't.
 */
interface SafeStorage {
  readonly encryptString: (text: string) => Buffer;
  readonly decryptString: (sealed: Buffer) => string;
  readonly encryptStringAsync?: (text: string) => Promise<Buffer>;
  readonly decryptStringAsync?: (sealed: Buffer) => Promise<{ readonly result: string }>;
  readonly isAsyncEncryptionAvailable?: () => Promise<boolean>;
}

/**
 * Secrets of this profile, each sealed by the system's keyring. Where Linux has none, Chromium's
 * fixed key is used, which hides nothing; `protected` then says so, and the Account screen shows
 * it. Call it after the app is ready. No keyring is asked before a secret is.
 */
export function openSecrets(path: string): {
  readonly protected: boolean;
  readonly get: (name: string) => Promise<string | null>;
  readonly set: (name: string, value: string) => Promise<void>;
} {
  const file = openAtomicFile(path, Sealed, 1_000_000);
  const storage: SafeStorage = safeStorage;
  const isProtected = hasKeyring();

  async function readAll(): Promise<Readonly<Record<string, string>>> {
    const content = await file.read();
    return content.kind === 'read' ? content.value : {};
  }

  return {
    protected: isProtected,
    async get(name) {
      const all = await readAll();
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
      const sealed = (await seal(storage, value)).toString('base64');
      await file.write({ ...(await readAll()), [name]: sealed });
    },
  };
}

async function seal(storage: SafeStorage, text: string): Promise<Buffer> {
  return (await prefersAsync(storage)) && storage.encryptStringAsync !== undefined
    ? storage.encryptStringAsync(text)
    : storage.encryptString(text);
}

async function unseal(storage: SafeStorage, sealed: Buffer): Promise<string> {
  return (await prefersAsync(storage)) && storage.decryptStringAsync !== undefined
    ? (await storage.decryptStringAsync(sealed)).result
    : storage.decryptString(sealed);
}

async function prefersAsync(storage: SafeStorage): Promise<boolean> {
  return (await storage.isAsyncEncryptionAvailable?.()) === true;
}

function hasKeyring(): boolean {
  if (process.platform !== 'linux') return true;
  if (safeStorage.getSelectedStorageBackend() !== 'basic_text') return true;
  safeStorage.setUsePlainTextEncryption(true);
  return false;
}
