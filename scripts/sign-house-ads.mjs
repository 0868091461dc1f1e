// node scripts/sign-house-ads.mjs KEY-FILE: signs assets/house-ads anew, and writes the public half of
// the key into the code that checks it. Where there is no such file a new key is made: it belongs to
// whoever releases, never into this repository. See docs/house-ads.md.
import './node-version.mjs';
import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  sign,
} from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SetUpError, inProject, runScript } from './project.mjs';

const folder = inProject('assets/house-ads');
const list = join(folder, 'house-ads.json');
/** @typedef {{ file: string, sha256?: string }} Part */
/** @typedef {{ audio: Part, companion: Part, banner: Part, signature?: string }} Entry */
const parts = /** @type {const} */ (['audio', 'companion', 'banner']);
const keyModule = inProject('electron/ads/house-key.ts');

await runScript(async () => {
  const [keyFile] = process.argv.slice(2);
  if (keyFile === undefined) throw new SetUpError('Which file is the private key in, or is to be?');
  const privateKey = await openKey(keyFile);
  const read = /** @type {unknown} */ (JSON.parse(await readFile(list, 'utf8')));
  const entries = /** @type {Entry[]} */ (read);
  const signed = await Promise.all(entries.map((entry) => signEntry(entry, privateKey)));
  await writeFile(list, `${JSON.stringify(signed, null, 2)}\n`);
  const publicKey = createPublicKey(privateKey).export({ type: 'spki', format: 'der' });
  const module = await readFile(keyModule, 'utf8');
  await writeFile(
    keyModule,
    module.replace(
      /(houseKey =\s+)'[^']*'/,
      (_, start) => `${start}'${publicKey.toString('base64')}'`,
    ),
  );
  return 0;
});

/** @param {string} file */
async function openKey(file) {
  try {
    return createPrivateKey(await readFile(file));
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
    const { privateKey } = generateKeyPairSync('ed25519');
    // Never over one that is there.
    await writeFile(file, privateKey.export({ type: 'pkcs8', format: 'pem' }), {
      mode: 0o600,
      flag: 'wx',
    });
    return privateKey;
  }
}

/**
 * What is signed is the entry's JSON without its signature, in the order of the file; it holds the
 * hashes of the media, so that these are signed too.
 * @param {Entry} entry
 * @param {import('node:crypto').KeyObject} privateKey
 */
async function signEntry(entry, privateKey) {
  const content = { ...entry };
  delete content.signature;
  for (const part of parts) {
    const bytes = await readFile(join(folder, entry[part].file));
    content[part] = { ...entry[part], sha256: createHash('sha256').update(bytes).digest('hex') };
  }
  const signature = sign(null, Buffer.from(JSON.stringify(content)), privateKey);
  return { ...content, signature: signature.toString('base64') };
}
