/**
 * Makes logs for tests, by the recursive definitions of RFC 6962 and with Node's own crypto, so
 * that nothing of what is tested takes part in it.
 */
import { createHash, createPrivateKey, createPublicKey, sign, type KeyObject } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";

export type Files = Map<string, Uint8Array>;

export function bytesOf(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, "utf8"));
}

export function hexBytes(hex: string): Uint8Array {
  return new Uint8Array(Buffer.from(hex, "hex"));
}

export function hexOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("hex");
}

export function base64Of(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("base64");
}

export function hash(...parts: Uint8Array[]): Uint8Array {
  const sha256 = createHash("sha256");
  for (const part of parts) sha256.update(part);
  return new Uint8Array(sha256.digest());
}

export function leafOf(entry: Uint8Array): Uint8Array {
  return hash(Uint8Array.of(0), entry);
}

function nodeOf(left: Uint8Array, right: Uint8Array): Uint8Array {
  return hash(Uint8Array.of(1), left, right);
}

/** The largest power of two below n. */
function split(n: number): number {
  let k = 1;
  while (2 * k < n) k *= 2;
  return k;
}

/** MTH of section 2.1, over leaf hashes. */
export function rootOf(leaves: readonly Uint8Array[]): Uint8Array {
  if (leaves.length === 0) return hash();
  if (leaves.length === 1) return leaves[0] as Uint8Array;
  const k = split(leaves.length);
  return nodeOf(rootOf(leaves.slice(0, k)), rootOf(leaves.slice(k)));
}

/** PATH of section 2.1.1. */
export function inclusionOf(index: number, leaves: readonly Uint8Array[]): Uint8Array[] {
  if (leaves.length === 1) return [];
  const k = split(leaves.length);
  const [left, right] = [leaves.slice(0, k), leaves.slice(k)];
  return index < k
    ? [...inclusionOf(index, left), rootOf(right)]
    : [...inclusionOf(index - k, right), rootOf(left)];
}

/** PROOF of section 2.1.2. */
export function consistencyOf(from: number, leaves: readonly Uint8Array[]): Uint8Array[] {
  return subproofOf(from, leaves, true);
}

function subproofOf(from: number, leaves: readonly Uint8Array[], isWhole: boolean): Uint8Array[] {
  if (from === leaves.length) return isWhole ? [] : [rootOf(leaves)];
  const k = split(leaves.length);
  const [left, right] = [leaves.slice(0, k), leaves.slice(k)];
  return from <= k
    ? [...subproofOf(from, left, isWhole), rootOf(right)]
    : [...subproofOf(from - k, right, false), rootOf(left)];
}

/** A key that signs notes. */
export class Signer {
  readonly vkey: string;
  readonly #secret: KeyObject;
  readonly #id: Uint8Array;

  constructor(
    readonly name: string,
    seed: Uint8Array = new Uint8Array(32).fill(7),
  ) {
    const pkcs8 = Buffer.concat([hexBytes("302e020100300506032b657004220420"), seed]);
    this.#secret = createPrivateKey({ key: pkcs8, format: "der", type: "pkcs8" });
    const spki = createPublicKey(this.#secret).export({ format: "der", type: "spki" });
    const typed = Buffer.concat([Uint8Array.of(1), spki.subarray(-32)]);
    this.#id = hash(bytesOf(`${name}\n`), typed).slice(0, 4);
    this.vkey = `${name}+${hexOf(this.#id)}+${base64Of(typed)}`;
  }

  line(text: string): string {
    const signature = sign(null, bytesOf(text), this.#secret);
    return `\u2014 ${this.name} ${base64Of(Buffer.concat([this.#id, signature]))}\n`;
  }

  note(text: string): string {
    return `${text}\n${this.line(text)}`;
  }
}

export function checkpointText(origin: string, size: number | bigint, root: Uint8Array): string {
  return `${origin}\n${size}\n${base64Of(root)}\n`;
}

export function numbered(size: number): Uint8Array[] {
  return Array.from({ length: size }, (_, i) => bytesOf(`leaf-${i}`));
}

export function bundleOf(entries: readonly Uint8Array[]): Uint8Array {
  const parts = entries.flatMap((entry) => {
    return [Uint8Array.of(entry.length >> 8, entry.length & 0xff), entry];
  });
  return new Uint8Array(Buffer.concat(parts));
}

/** Such as x001/x234/067. */
function groupName(index: number): string {
  let name = String(index % 1000).padStart(3, "0");
  for (let rest = Math.floor(index / 1000); rest > 0; rest = Math.floor(rest / 1000)) {
    name = `x${String(rest % 1000).padStart(3, "0")}/${name}`;
  }
  return name;
}

function nameOf(level: number | string, index: number, width: number): string {
  return `tile/${level}/${groupName(index)}${width < 256 ? `.p/${width}` : ""}`;
}

/** Adds the tiles of a row of hashes, or of anything else that stands 256 in a file. */
function addRow<Cell>(
  files: Files,
  level: number | string,
  row: readonly Cell[],
  bytes: (cells: readonly Cell[]) => Uint8Array,
): void {
  for (let at = 0; at < row.length; at += 256) {
    const cells = row.slice(at, at + 256);
    files.set(nameOf(level, at / 256, cells.length), bytes(cells));
  }
}

/** The files of a log with these entries. */
export function makeExport(entries: readonly Uint8Array[], signer: Signer): Files {
  const files: Files = new Map();
  const leaves = entries.map(leafOf);
  let row = leaves;
  for (let level = 0; row.length > 0; ++level) {
    addRow(files, level, row, (hashes) => new Uint8Array(Buffer.concat(hashes)));
    const full = Math.floor(row.length / 256);
    const below = row;
    row = Array.from({ length: full }, (_, i) => rootOf(below.slice(256 * i, 256 * (i + 1))));
  }
  addRow(files, "entries", entries, bundleOf);
  const text = checkpointText(signer.name, entries.length, rootOf(leaves));
  files.set("checkpoint", bytesOf(signer.note(text)));
  return files;
}

export async function writeFiles(files: Files, folder: string): Promise<void> {
  for (const [path, bytes] of files) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), bytes);
  }
}

/** Numbers below a bound, the same for the same seed (mulberry32). */
export function dice(seed: number): (bound: number) => number {
  let state = seed;
  return (bound) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % bound;
  };
}
