import assert from "node:assert/strict";
import { test } from "node:test";
import { openCheckpoint, parseCheckpoint, parseVerifierKey, VerifyError } from "duban-verify";
import { known } from "./known_answers.js";
import { checkpointText, hexOf, leafOf, bytesOf, Signer } from "./log_maker.js";

const rootLine = "XcnaeacGWamtVZy3Ad7ZoqudgjqtL0lgz+Nw7/RgQyg=";

test("a checkpoint of others is opened, and a witness below it is left out", async () => {
  const key = await parseVerifierKey(known.checkpoint.key);
  const checkpoint = await openCheckpoint(known.checkpoint.note, key);
  assert.equal(checkpoint.origin, "audit.gov.example/unit-0001/log");
  assert.equal(checkpoint.size, 8n);
  assert.equal(hexOf(checkpoint.root), known.trees[8]?.root);
});

test("lines after the third are not read, but none is empty", () => {
  assert.equal(parseCheckpoint(`a\n8\n${rootLine}\nan extension\n`).size, 8n);
  assert.throws(() => parseCheckpoint(`a\n8\n${rootLine}\n\nmore\n`), /a line of it is empty/);
  assert.throws(() => parseCheckpoint(`a\n8\n${rootLine}\n\n`), /a line of it is empty/);
});

test("sizes are numbers of 64 bits in their one spelling", () => {
  assert.equal(parseCheckpoint(`a\n0\n${rootLine}\n`).size, 0n);
  assert.equal(parseCheckpoint(`a\n18446744073709551615\n${rootLine}\n`).size, 2n ** 64n - 1n);
  for (const size of [
    "08", "00", "-8", "+8", " 8", "8 ", "0x8", "8.0", "8e1", "\u0668", "18446744073709551616",
    "100000000000000000000", "",
  ]) {
    assert.throws(() => parseCheckpoint(`a\n${size}\n${rootLine}\n`), VerifyError, size);
  }
});

test("checkpoints of any other form are refused", () => {
  for (const text of [
    "", "\n", "a\n8\n", `\n8\n${rootLine}\n`, `a\n8\n${rootLine}`, "a\n8\nAAAA\n",
    `a\n8\n${rootLine.slice(0, -1)}\n`, `a\n8\n${rootLine.replace("yg=", "yh=")}\n`,
    `a\n8\n${rootLine} \n`, `a\n8\n${rootLine.replace("+", "-")}\n`, `8\n${rootLine}\n`,
  ]) {
    assert.throws(() => parseCheckpoint(text), { where: "checkpoint" }, JSON.stringify(text));
  }
});

test("a key signs for the log of its name alone", async () => {
  const signer = new Signer("a.example/log");
  const key = await parseVerifierKey(signer.vkey);
  const root = leafOf(bytesOf("x"));
  assert.equal((await openCheckpoint(signer.note(checkpointText(signer.name, 1, root)), key)).size, 1n);
  await assert.rejects(
    openCheckpoint(signer.note(checkpointText("b.example/log", 1, root)), key),
    { where: "checkpoint", why: "it is of the log b.example/log, not of a.example/log" });
});
