import { randomUUID } from 'node:crypto';
import { CompactSign, calculateJwkThumbprint, exportJWK, generateKeyPair } from 'jose';
import { type ProofClaims, proofAudience, proofType } from '../../service/api/entitlement.ts';

/** A device with a key of its own, which proves that it holds it. */
export interface TestDevice {
  readonly thumbprint: string;
  /** @param changed of what a proof usually is, for those that must be refused */
  readonly prove: (atMilliseconds: number, changed?: ChangedProof) => Promise<string>;
}

export interface ChangedProof {
  readonly claims?: Partial<Record<keyof ProofClaims, unknown>>;
  readonly type?: string;
  /** The header's key, where it is not the device's own. */
  readonly jwk?: object;
}

export async function makeTestDevice(name = 'Test machine'): Promise<TestDevice> {
  const { publicKey, privateKey } = await generateKeyPair('EdDSA');
  const ownKey = await exportJWK(publicKey);
  return {
    thumbprint: await calculateJwkThumbprint(ownKey),
    prove(atMilliseconds, { claims = {}, type = proofType, jwk = ownKey } = {}) {
      const stated = {
        aud: proofAudience,
        iat: Math.floor(atMilliseconds / 1000),
        nonce: randomUUID(),
        device: { name, platform: 'linux' },
        ...claims,
      };
      return new CompactSign(Buffer.from(JSON.stringify(stated)))
        .setProtectedHeader({ alg: 'EdDSA', typ: type, jwk })
        .sign(privateKey);
    },
  };
}
