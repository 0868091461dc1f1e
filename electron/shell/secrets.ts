import { safeStorage } from 'electron';
import { z } from 'zod';
import { openAtomicFile } from '../atomic-file.ts';

const Sealed = z.record(z.string().max(100), z.string().max(20_000));

/**
 * Secrets of this profile, each sealed by the system's keyring. Where Linux has none, Chromium's
 * fixed key is used, which hides nothing; `protected` then says so, and Settings shows it.
 * Call it after the app is ready.
 */
export function openSecrets(path: string): {
  readonly protected: boolean;
  readonly get: (name: string) => Promise<string | null>;
  readonly set: (name: string, value: string) => Promise<void>;
} {
  const file = openAtomicFile(path, Sealed, 1_000_000);
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
        return safeStorage.decryptString(Buffer.from(sealed, 'base64'));
      } catch {
        // The keyring was exchanged; the caller makes a new secret.
        return null;
      }
    },
    async set(name, value) {
      const sealed = safeStorage.encryptString(value).toString('base64');
      await file.write({ ...(await readAll()), [name]: sealed });
    },
  };
}

function hasKeyring(): boolean {
  if (process.platform !== 'linux') return safeStorage.isEncryptionAvailable();
  if (safeStorage.getSelectedStorageBackend() !== 'basic_text') {
    return safeStorage.isEncryptionAvailable();
  }
  safeStorage.setUsePlainTextEncryption(true);
  return false;
}
