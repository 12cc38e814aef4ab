import assert from "node:assert/strict";
import { test } from "node:test";
import {
  parseBundle,
  parseTile,
  parseTilePath,
  tilePath,
  tilesOf,
  VerifyError,
  type Tile,
} from "duban-verify";
import { known } from "./known_answers.js";
import { bundleOf, bytesOf, dice, hash, hexOf, leafOf, makeExport, numbered, Signer } from "./log_maker.js";

function pathsOf(size: bigint, level: number | "entries"): string[] {
  return [...tilesOf(size, level)].map(tilePath);
}

test("a tree has the known tiles, with the known bytes", () => {
  const signer = new Signer("a.example/log");
  for (const { size, files } of known.tiled) {
    const made = makeExport(numbered(size), signer);
    const levels: (number | "entries")[] = ["entries", 0, 1, 2, 3];
    const paths = levels.flatMap((level) => pathsOf(BigInt(size), level));
    assert.deepEqual([...paths, "checkpoint"].sort(), [...made.keys()].sort());
    for (const { path, sha256 } of files) {
      assert.ok(paths.includes(path), path);
      assert.equal(hexOf(hash(made.get(path)!)), sha256, path);
    }
  }
});

test("tiles come in order, and none is empty", () => {
  assert.deepEqual(pathsOf(0n, 0), []);
  assert.deepEqual(pathsOf(0n, "entries"), []);
  assert.deepEqual(pathsOf(256n, 0), ["tile/0/000"]);
  assert.deepEqual(pathsOf(256n, 1), ["tile/1/000.p/1"]);
  assert.deepEqual(pathsOf(513n, "entries"), [
    "tile/entries/000", "tile/entries/001", "tile/entries/002.p/1"]);
  assert.equal(pathsOf(70_000n, 0).length, 274);
  assert.deepEqual(pathsOf(2n ** 64n - 1n, 7), ["tile/7/000.p/255"]);
  assert.equal(tilesOf(2n ** 64n - 1n, 0).next().value?.width, 256, "without counting them all");
});

test("a path is what it was made from", () => {
  const roll = dice(7);
  assert.equal(tilePath({ level: 0, index: 1_234_067n, width: 256 }), "tile/0/x001/x234/067");
  assert.equal(tilePath({ level: "entries", index: 5n, width: 7 }), "tile/entries/005.p/7");
  assert.equal(tilePath({ level: 1, index: 1000n, width: 1 }), "tile/1/x001/000.p/1");
  for (let round = 0; round < 1000; ++round) {
    const level = roll(9) === 8 ? "entries" : roll(64);
    const index = BigInt(roll(2 ** 31)) ** BigInt(roll(3)) * BigInt(roll(3));
    const tile: Tile = { level, index, width: 1 + roll(256) };
    assert.deepEqual(parseTilePath(tilePath(tile)), tile);
  }
});

test("a path has one spelling", () => {
  const paths = [
    "", "tile/", "tile/0", "tile/0/", "tile/0/0", "tile/0/00", "tile/0/1000", "tile/00/000",
    "tile/64/000", "tile/100/000", "tile/-1/000", "tile/0/x000/001", "tile/0/x1/000", "tile/0/001/000",
    "tile/0/x001", "tile/0/x001/", "tile/0/000.p/0", "tile/0/000.p/256", "tile/0/000.p/07",
    "tile/0/000.p/", "tile/0/000.p/1 ", "tile/0/000/", "tile/0/000\n", "tile/0/abc", "/tile/0/000",
    "tile/entries/x", "tile/data/000", "tile/0/x999/x999/x999/x999/x999/x999/x999/000",
    "tile/0/x018/x446/x744/x073/x709/x551/616",
  ];
  for (const path of paths) assert.equal(parseTilePath(path), undefined, path);
  assert.equal(parseTilePath("tile/0/x018/x446/x744/x073/x709/x551/615")?.index, 2n ** 64n - 1n);
  assert.equal(parseTilePath("tile/63/000")?.level, 63);
});

test("a tile has as many hashes as it is wide", () => {
  const tile: Tile = { level: 0, index: 3n, width: 2 };
  const bytes = Buffer.concat([leafOf(bytesOf("a")), leafOf(bytesOf("b"))]);
  assert.deepEqual(parseTile(tile, bytes).map(hexOf), [leafOf(bytesOf("a")), leafOf(bytesOf("b"))].map(hexOf));
  for (const other of [bytes.subarray(1), bytes.subarray(0, 32), Buffer.concat([bytes, bytes])]) {
    assert.throws(() => parseTile(tile, other), { where: "tile/0/003.p/2", why: /bytes instead of 64/ });
  }
});

test("a bundle is read as it was written, and to its last byte", () => {
  const entries = [bytesOf("a"), new Uint8Array(), new Uint8Array(65_535).fill(98)];
  const tile: Tile = { level: "entries", index: 0n, width: 3 };
  const bytes = bundleOf(entries);
  assert.deepEqual(parseBundle(tile, bytes).map(hexOf), entries.map(hexOf));
  const refused = (other: Uint8Array, why: RegExp) => {
    assert.throws(() => parseBundle(tile, other), (error: unknown) => {
      assert.ok(error instanceof VerifyError);
      assert.equal(error.where, "tile/entries/000.p/3");
      assert.match(error.why, why);
      return true;
    });
  };
  refused(bytes.subarray(0, -1), /within an entry/);
  refused(Buffer.concat([bytes, Uint8Array.of(0)]), /within a length/);
  refused(Buffer.concat([bytes, Uint8Array.of(0, 0)]), /4 entries instead of 3/);
  refused(bytes.subarray(0, 5), /2 entries instead of 3/);
});
