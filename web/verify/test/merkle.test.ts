import assert from "node:assert/strict";
import { test } from "node:test";
import {
  leafHash,
  nodeHash,
  treeRoot,
  verifyConsistency,
  verifyInclusion,
  VerifyError,
} from "duban-verify";
import { known } from "./known_answers.js";
import {
  bytesOf,
  consistencyOf,
  dice,
  hexBytes,
  hexOf,
  inclusionOf,
  leafOf,
  numbered,
  rootOf,
} from "./log_maker.js";

const leaves = numbered(70).map(leafOf);

function refused(why: RegExp) {
  return (error: unknown) => {
    assert.ok(error instanceof VerifyError);
    assert.equal(error.where, "proof");
    assert.match(error.why, why);
    return true;
  };
}

test("leaf and node hashes are the known ones", async () => {
  for (const [i, leaf] of known.leaves.entries()) {
    assert.equal(hexOf(await leafHash(hexBytes(leaf))), known.leafHashes[i]);
  }
  const [first, second] = known.leafHashes.map(hexBytes);
  assert.equal(hexOf(await nodeHash(first!, second!)), known.trees[2]?.root);
});

test("roots are the known ones", async () => {
  assert.equal(hexOf(await treeRoot([])), known.emptyRoot);
  assert.equal(known.trees.length, 9);
  for (const { size, root } of known.trees) {
    assert.equal(hexOf(await treeRoot(known.leafHashes.slice(0, size).map(hexBytes))), root);
  }
});

test("every known proof holds", async () => {
  let proofs = 0;
  for (const { size, root, inclusion, consistency } of known.trees) {
    for (const { index, proof } of inclusion) {
      const leaf = hexBytes(known.leafHashes[index]!);
      await verifyInclusion(leaf, BigInt(index), BigInt(size), proof.map(hexBytes), hexBytes(root));
      ++proofs;
    }
    for (const { from, proof } of consistency) {
      const fromRoot = hexBytes(known.trees[from]!.root);
      await verifyConsistency(
        BigInt(from), BigInt(size), proof.map(hexBytes), fromRoot, hexBytes(root));
      ++proofs;
    }
  }
  assert.equal(proofs, 72);
});

test("every known proof of something else is refused, and why", async () => {
  const reasons: Record<string, RegExp> = {
    "flipped bit in proof": /another root/,
    "wrong index": /another root/,
    "index == size": /no entry 8 in a tree of 8/,
    "proof too short": /too few hashes/,
    "proof too long": /too many hashes/,
    "size 0": /no entry 0 in a tree of 0/,
    "leaf hash not 32 bytes": /32 bytes/,
    "swapped roots": /another earlier root/,
    "wrong from": /another earlier root|too (few|many) hashes/,
    "empty proof, sizes differ": /too few hashes/,
    "from > size": /a tree of 6 cannot begin with one of 8/,
    "same size, different roots": /two trees of one size/,
    "trailing hash": /too many hashes/,
  };
  for (const { why, index, size, leafHash, proof, root } of known.refused.inclusion) {
    await assert.rejects(
      verifyInclusion(
        hexBytes(leafHash), BigInt(index), BigInt(size), proof.map(hexBytes), hexBytes(root)),
      refused(reasons[why]!), why);
    delete reasons[why];
  }
  for (const { why, from, size, fromRoot, proof, root } of known.refused.consistency) {
    await assert.rejects(
      verifyConsistency(
        BigInt(from), BigInt(size), proof.map(hexBytes), hexBytes(fromRoot), hexBytes(root)),
      refused(reasons[why]!), why);
    delete reasons[why];
  }
  assert.deepEqual(Object.keys(reasons), [], "all of them were tried");
});

test("every leaf is shown to be in every tree that has it", async () => {
  for (let size = 1; size <= leaves.length; ++size) {
    const some = leaves.slice(0, size);
    const root = rootOf(some);
    assert.equal(hexOf(await treeRoot(some)), hexOf(root));
    for (let index = 0; index < size; ++index) {
      const proof = inclusionOf(index, some);
      await verifyInclusion(some[index]!, BigInt(index), BigInt(size), proof, root);
    }
  }
});

test("every tree is shown to begin every later one", async () => {
  for (let size = 1; size <= leaves.length; ++size) {
    const some = leaves.slice(0, size);
    for (let from = 1; from <= size; ++from) {
      const fromRoot = rootOf(leaves.slice(0, from));
      await verifyConsistency(
        BigInt(from), BigInt(size), consistencyOf(from, some), fromRoot, rootOf(some));
    }
  }
});

test("any altered bit of a proof is noticed", async () => {
  const roll = dice(20260901);
  for (let round = 0; round < 300; ++round) {
    const size = 2 + roll(leaves.length - 2);
    const some = leaves.slice(0, size);
    const root = rootOf(some);
    const index = roll(size);
    const proof = inclusionOf(index, some);
    const at = roll(proof.length);
    proof[at] = proof[at]!.slice();
    proof[at][roll(32)]! ^= 1 << roll(8);
    await assert.rejects(
      verifyInclusion(some[index]!, BigInt(index), BigInt(size), proof, root), VerifyError);

    const from = 1 + roll(size - 1);
    const growth = consistencyOf(from, some);
    const place = roll(growth.length);
    growth[place] = growth[place]!.slice();
    growth[place][roll(32)]! ^= 1 << roll(8);
    await assert.rejects(
      verifyConsistency(BigInt(from), BigInt(size), growth, rootOf(leaves.slice(0, from)), root),
      VerifyError);
  }
});

test("a proof is for its index and sizes alone", async () => {
  const some = leaves.slice(0, 40);
  const root = rootOf(some);
  for (let index = 0; index < 40; ++index) {
    const proof = inclusionOf(index, some);
    for (let other = 0; other < 40; ++other) {
      if (other === index) continue;
      await assert.rejects(
        verifyInclusion(some[index]!, BigInt(other), 40n, proof, root), VerifyError);
    }
  }
  // Another size with paths of the same shape would pass for some leaves: the size is what the
  // checkpoint signs, together with the root.
  const proof = consistencyOf(13, some);
  for (let from = 1; from <= 40; ++from) {
    if (from === 13) continue;
    const fromRoot = rootOf(leaves.slice(0, from));
    await assert.rejects(
      verifyConsistency(BigInt(from), 40n, proof, fromRoot, root), VerifyError, `${from}`);
  }
});

test("the empty tree proves nothing", async () => {
  await assert.rejects(
    verifyConsistency(0n, 8n, [], hexBytes(known.emptyRoot), hexBytes(known.trees[8]!.root)),
    refused(/proves nothing/));
  await assert.rejects(
    verifyInclusion(await leafHash(bytesOf("x")), -1n, 8n, [], hexBytes(known.emptyRoot)),
    refused(/no entry -1/));
});

test("trees of more than 2^53 leaves are no other", async () => {
  // The rightmost leaf of a tree of 2^60 + 1 leaves is the right child of the root.
  const leaf = leafOf(bytesOf("last"));
  const left = leafOf(bytesOf("all before"));
  const root = await nodeHash(left, leaf);
  await verifyInclusion(leaf, 2n ** 60n, 2n ** 60n + 1n, [left], root);
  await assert.rejects(
    verifyInclusion(leaf, 2n ** 60n - 1n, 2n ** 60n + 1n, [left], root), VerifyError);
});
