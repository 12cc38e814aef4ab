/** SHA-256 and Ed25519 of the platform. No own cryptography. */
import { ReadError } from "./errors.js";

interface Subtle {
  digest(algorithm: string, data: Uint8Array): Promise<ArrayBuffer>;
  importKey(
    format: "raw",
    data: Uint8Array,
    algorithm: { name: string },
    extractable: boolean,
    usages: "verify"[],
  ): Promise<unknown>;
  verify(
    algorithm: { name: string },
    key: unknown,
    signature: Uint8Array,
    data: Uint8Array,
  ): Promise<boolean>;
}
interface Platform {
  crypto?: { subtle?: Subtle };
  process?: { versions?: { node?: string } };
}

export const hashBytes = 32;
export const keyBytes = 32;
export const signatureBytes = 64;

let found: Promise<Subtle> | undefined;

function subtle(): Promise<Subtle> {
  return (found ??= findSubtle());
}

async function findSubtle(): Promise<Subtle> {
  const platform = globalThis as unknown as Platform;
  if (platform.crypto?.subtle) return platform.crypto.subtle;
  if (platform.process?.versions?.node === undefined) {
    throw new ReadError("no WebCrypto: a page has it only over https or from localhost");
  }
  // Node 18 has it here alone. The name is a variable so that no bundler for browsers looks for it.
  const name = "node:crypto";
  const module: unknown = await import(/* @vite-ignore */ /* webpackIgnore: true */ name);
  return (module as { webcrypto: { subtle: Subtle } }).webcrypto.subtle;
}

export async function sha256(bytes: Uint8Array): Promise<Uint8Array> {
  return new Uint8Array(await (await subtle()).digest("SHA-256", bytes));
}

/** Whether the signature is by the key. Requires: 32 bytes of key. */
export async function verifyEd25519(
  key: Uint8Array,
  signature: Uint8Array,
  message: Uint8Array,
): Promise<boolean> {
  if (signature.length !== signatureBytes || isWeakKey(key)) return false;
  const crypto = await subtle();
  let imported: unknown;
  try {
    imported = await crypto.importKey("raw", key, { name: "Ed25519" }, false, ["verify"]);
  } catch (error) {
    if (error instanceof Error && error.name === "NotSupportedError") {
      throw new ReadError("the WebCrypto of this browser has no Ed25519: take a newer one, or Node");
    }
    return false;
  }
  return crypto.verify({ name: "Ed25519" }, imported, signature, message);
}

// The y coordinates of the points of edwards25519 whose order divides 8.
const smallOrder: readonly bigint[] = [
  0n,
  1n,
  0x05fc536d880238b13933c6d305acdfd5f098eff289f4c345b027b2c28f95e826n,
  0x7a03ac9277fdc74ec6cc392cfa53202a0f67100d760b3cba4fd84d3d706a17c7n,
  2n ** 255n - 20n,
];

/**
 * Whether the key is one that no signer has made: under a point of small order anybody can sign,
 * and a coordinate that is not reduced is a second spelling. Platforms differ in what they refuse.
 */
export function isWeakKey(key: Uint8Array): boolean {
  let y = 0n;
  for (let i = keyBytes - 1; i >= 0; --i) y = (y << 8n) | BigInt(key[i] ?? 0);
  y &= 2n ** 255n - 1n;
  return y >= 2n ** 255n - 19n || smallOrder.includes(y);
}
