/**
 * The Merkle tree of RFC 6962 section 2.1 over SHA-256: its hashes, and the checks of its proofs
 * as RFC 9162 sections 2.1.3.2 and 2.1.4.2 spell them out.
 */
import { equalBytes, joined } from "./bytes.js";
import { hashBytes, sha256 } from "./crypto.js";
import { VerifyError } from "./errors.js";

const leafPrefix = Uint8Array.of(0);
const nodePrefix = Uint8Array.of(1);

export function leafHash(entry: Uint8Array): Promise<Uint8Array> {
  return sha256(joined(leafPrefix, entry));
}

export function nodeHash(left: Uint8Array, right: Uint8Array): Promise<Uint8Array> {
  return sha256(joined(nodePrefix, left, right));
}

/** The root over leaves whose hashes are given in order; of none, the hash of nothing. */
export async function treeRoot(leafHashes: readonly Uint8Array[]): Promise<Uint8Array> {
  const edge = new TreeEdge();
  for (const hash of leafHashes) await edge.add(0, hash);
  return edge.root();
}

/** The right edge of a tree that grows: the roots of its perfect subtrees, the largest first. */
export class TreeEdge {
  readonly #roots: { height: number; hash: Uint8Array }[] = [];

  /** Adds a perfect subtree of 2^height leaves. Requires: none before it is smaller. */
  async add(height: number, hash: Uint8Array): Promise<void> {
    let top = { height, hash };
    for (let left = this.#roots.at(-1); left?.height === top.height; left = this.#roots.at(-1)) {
      top = { height: top.height + 1, hash: await nodeHash(left.hash, top.hash) };
      this.#roots.pop();
    }
    this.#roots.push(top);
  }

  async root(): Promise<Uint8Array> {
    const last = this.#roots.at(-1);
    if (!last) return sha256(new Uint8Array());
    let root = last.hash;
    for (let i = this.#roots.length - 2; i >= 0; --i) {
      const left = this.#roots[i];
      if (left) root = await nodeHash(left.hash, root);
    }
    return root;
  }
}

/** The root over 2^n hashes, a level at a time. */
export async function perfectRoot(hashes: readonly Uint8Array[]): Promise<Uint8Array> {
  let row = hashes;
  while (row.length > 1) {
    const below = row;
    row = await Promise.all(
      Array.from({ length: below.length / 2 }, (_, i) => {
        return nodeHash(below[2 * i] as Uint8Array, below[2 * i + 1] as Uint8Array);
      }),
    );
  }
  return row[0] as Uint8Array;
}

/**
 * Passes when the leaf is the one at `index` in the tree of that size and root.
 * @throws VerifyError
 */
export async function verifyInclusion(
  leaf: Uint8Array,
  index: bigint,
  size: bigint,
  proof: readonly Uint8Array[],
  root: Uint8Array,
): Promise<void> {
  const refused = (why: string) => new VerifyError("proof", why);
  requireHashes([leaf, root, ...proof]);
  if (index < 0n || index >= size) {
    throw refused(`there is no entry ${index} in a tree of ${size}`);
  }
  let place = index;
  let last = size - 1n;
  let hash = leaf;
  for (const other of proof) {
    if (last === 0n) throw refused("it has too many hashes");
    if (isOdd(place) || place === last) {
      hash = await nodeHash(other, hash);
      while (!isOdd(place) && place !== 0n) {
        place >>= 1n;
        last >>= 1n;
      }
    } else {
      hash = await nodeHash(hash, other);
    }
    place >>= 1n;
    last >>= 1n;
  }
  if (last !== 0n) throw refused("it has too few hashes");
  if (!equalBytes(hash, root)) throw refused("it leads to another root");
}

/**
 * Passes when the tree of `size` and `root` begins with the tree of `from` and `fromRoot`. Not for
 * `from` 0: every tree begins with the empty one, which proves nothing.
 * @throws VerifyError
 */
export async function verifyConsistency(
  from: bigint,
  size: bigint,
  proof: readonly Uint8Array[],
  fromRoot: Uint8Array,
  root: Uint8Array,
): Promise<void> {
  const refused = (why: string) => new VerifyError("proof", why);
  requireHashes([fromRoot, root, ...proof]);
  if (from <= 0n) throw refused("the empty tree is the beginning of every tree and proves nothing");
  if (from > size) throw refused(`a tree of ${size} cannot begin with one of ${from}`);
  if (from === size) {
    if (proof.length > 0) throw refused("it has too many hashes");
    if (!equalBytes(fromRoot, root)) throw refused("two trees of one size have different roots");
    return;
  }
  if (proof.length === 0) throw refused("it has too few hashes");
  const isPerfect = (from & (from - 1n)) === 0n;
  const [first, ...rest] = isPerfect ? [fromRoot, ...proof] : proof;
  let place = from - 1n;
  let last = size - 1n;
  while (isOdd(place)) {
    place >>= 1n;
    last >>= 1n;
  }
  let old = first as Uint8Array;
  let whole = old;
  for (const other of rest) {
    if (last === 0n) throw refused("it has too many hashes");
    if (isOdd(place) || place === last) {
      old = await nodeHash(other, old);
      whole = await nodeHash(other, whole);
      while (!isOdd(place) && place !== 0n) {
        place >>= 1n;
        last >>= 1n;
      }
    } else {
      whole = await nodeHash(whole, other);
    }
    place >>= 1n;
    last >>= 1n;
  }
  if (last !== 0n) throw refused("it has too few hashes");
  if (!equalBytes(old, fromRoot)) throw refused("it leads to another earlier root");
  if (!equalBytes(whole, root)) throw refused("it leads to another root");
}

function isOdd(number: bigint): boolean {
  return (number & 1n) === 1n;
}

function requireHashes(hashes: readonly Uint8Array[]): void {
  if (hashes.some((hash) => hash.length !== hashBytes)) {
    throw new VerifyError("proof", `a hash in it does not have ${hashBytes} bytes`);
  }
}
