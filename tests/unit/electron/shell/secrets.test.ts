import { readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type SecretStorage, openSecrets } from '../../../../electron/shell/secrets.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

/** A keyring that writes texts in another way; what was not sealed by it can't be opened. */
function keyring(backend: string): SecretStorage {
  return {
    encryptString: (text) => Buffer.from(text, 'utf16le'),
    decryptString(sealed) {
      if (sealed.includes('foreign')) throw new Error('Another key');
      return sealed.toString('utf16le');
    },
    getSelectedStorageBackend: () => backend,
    setUsePlainTextEncryption: () => undefined,
  };
}

function open(folder: string) {
  return openSecrets(join(folder, 'secrets.json'), keyring('gnome_libsecret'), Date.now);
}

describe('secrets', () => {
  it('are all kept when several are written at once, and are there after a restart', async () => {
    const folder = await temporaryFolder();
    const secrets = open(folder);
    const names = ['device-key', 'marks', 'issuer', 'more'];
    await Promise.all(names.map((name) => secrets.set(name, `of ${name}`)));
    const again = open(folder);
    for (const name of names) expect(await again.get(name)).toBe(`of ${name}`);
    expect(await readFile(join(folder, 'secrets.json'), 'utf8')).not.toContain('of device-key');
  });

  it('are none where the file is missing, damaged or of another keyring, or the name is odd', async () => {
    const folder = await temporaryFolder();
    const secrets = open(folder);
    expect(await secrets.get('device-key')).toBeNull();
    await writeFile(join(folder, 'secrets.json'), '{"device-key": ');
    expect(await secrets.get('device-key')).toBeNull();
    const foreign = Buffer.from('foreign').toString('base64');
    await writeFile(join(folder, 'secrets.json'), JSON.stringify({ 'device-key': foreign }));
    expect(await secrets.get('device-key')).toBeNull();
    expect(await secrets.get('constructor')).toBeNull();
  });

  it('of a damaged file are kept aside before new ones are written', async () => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, 'secrets.json'), '{"device-key": ');
    const secrets = open(folder);
    await secrets.set('marks', 'new');
    expect(await secrets.get('marks')).toBe('new');
    const kept = (await readdir(folder)).find((name) => name.includes('damaged')) ?? '';
    expect(await readFile(join(folder, kept), 'utf8')).toBe('{"device-key": ');
  });
});
