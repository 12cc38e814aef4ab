import assert from "node:assert/strict";
import { test } from "node:test";
import {
  entryOfEvent,
  parseEventEntry,
  parseProof,
  parseVerifierKey,
  verifyEventProof,
  verifyProof,
  VerifyError,
} from "duban-verify";
import { known } from "./known_answers.js";
import {
  base64Of, bytesOf, checkpointText, hash, hexOf, inclusionOf, leafOf, numbered, rootOf, Signer,
} from "./log_maker.js";

const { file, entry } = known.proof;
const key = await parseVerifierKey(known.proof.key);

function eventAt(position: number): Uint8Array {
  return bytesOf(JSON.stringify({
    id: "0199c7a5-2f0e-7c31-8d6b-3a1f5b9e7d42",
    sequence: String(position).padStart(20, "0"),
    type: "assignment.signed",
  }));
}

/** A log of ten entries, in which the event stands at a position, and the proof of it. */
async function provenAt(position: number, event: Uint8Array) {
  const signer = new Signer("a.example/log");
  const leaves = numbered(10).map(leafOf);
  leaves[position] = leafOf(await entryOfEvent(event));
  const hashes = inclusionOf(position, leaves).map((one) => `${base64Of(one)}\n`).join("");
  const note = signer.note(checkpointText(signer.name, 10, rootOf(leaves)));
  return {
    proof: `c2sp.org/tlog-proof@v1\nindex ${position}\n${hashes}\n${note}`,
    key: await parseVerifierKey(signer.vkey),
  };
}

test("a proof of others proves its entry", async () => {
  const proven = await verifyProof(file, bytesOf(entry), key);
  assert.equal(proven.index, 100n);
  assert.equal(proven.checkpoint.size, 257n);
  assert.equal(Buffer.from(parseProof(file).extra!).toString(), "ev-0001");
});

test("it proves no other entry, index, hash or checkpoint", async () => {
  await assert.rejects(verifyProof(file, bytesOf("leaf-101"), key), { where: "proof" });
  await assert.rejects(
    verifyProof(file.replace("index 100", "index 101"), bytesOf(entry), key), { where: "proof" });
  await assert.rejects(
    verifyProof(file.replace("index 100", "index 257"), bytesOf(entry), key), { where: "proof" });
  await assert.rejects(
    verifyProof(file.replace("zzbB", "zzbA"), bytesOf(entry), key), { where: "proof" });
  await assert.rejects(
    verifyProof(file.replace("\n257\n", "\n258\n"), bytesOf(entry), key), { where: "note" });
  const stranger = await parseVerifierKey(known.notes[0]!.key);
  await assert.rejects(verifyProof(file, bytesOf(entry), stranger), { where: "note" });
  const lines = file.split("\n");
  lines.splice(5, 1);
  await assert.rejects(verifyProof(lines.join("\n"), bytesOf(entry), key), { why: /too few/ });
});

test("proofs of any other form are refused", () => {
  const without = (part: string) => file.replace(part, "");
  for (const text of [
    "", "c2sp.org/tlog-proof@v1\n", without("@v1"), without("index 100\n"), without("100"), without("zzbB"),
    file.replace("index 100", "index 0100"), file.replace("index 100", "index  100"),
    file.replace("index 100", "index -1"), file.replace("index 100", "index 18446744073709551616"),
    file.replace("extra ZXYtMDAwMQ==", "extra ZXYtMDAwMQ"), file.replace("extra ", "Extra "),
    file.replace("extra ZXYtMDAwMQ==\n", "extra ZXYtMDAwMQ==\nextra ZXYtMDAwMQ==\n"),
    file.replace("zzbB5Wg5dRxKBpvsdFOxF2FTCe3zZt8vWC1qJ4RVc/4=", "zzbB5Wg5dRxKBpvsdFOxF2FTCe3zZt8vWC1qJ4RVc/5="),
    file.slice(0, file.indexOf("\n\n")), `\n${file}`, `\ud800${file}`, file.replaceAll("\n", "\r\n"),
  ]) {
    assert.throws(() => parseProof(text), VerifyError, JSON.stringify(text.slice(0, 80)));
  }
  assert.equal(parseProof(without("extra ZXYtMDAwMQ==\n")).extra, undefined);
});

test("an event is proven by the bytes in which it is stored, at the position that it says", async () => {
  const event = eventAt(6);
  const { proof, key } = await provenAt(6, event);
  assert.equal((await verifyEventProof(proof, event, key)).index, 6n);
  const altered = bytesOf(Buffer.from(event).toString().replace("signed", "Signed"));
  await assert.rejects(verifyEventProof(proof, altered, key), { where: "proof" });
  const elsewhere = await provenAt(7, event);
  await assert.rejects(verifyEventProof(elsewhere.proof, event, elsewhere.key),
    { where: "event", why: "it says position 6 and stands at 7" });
});

test("an entry is the id and the digest of an event", async () => {
  const event = eventAt(0);
  const made = await entryOfEvent(event);
  assert.equal(made.length, 123);
  assert.deepEqual(parseEventEntry(made), {
    id: "0199c7a5-2f0e-7c31-8d6b-3a1f5b9e7d42",
    sha256: hexOf(hash(event)),
  });
  const text = Buffer.from(made).toString();
  for (const other of [
    "", text.slice(0, -1), `${text}\n`, text.replace("event/1", "event/2"), text.replace("0199c7a5", "0199C7A5"),
    text.replace("-7c31-", "-4c31-"), text.replace("sha256", "sha512"), text.replace(/[0-9a-f]\n$/, "g\n"),
  ]) {
    assert.throws(() => parseEventEntry(bytesOf(other)), { where: "entry" }, other);
  }
  for (const other of ["", "[]", "null", "{", "{}", '{"id":"x","sequence":"00000000000000000000"}',
    '{"id":"0199c7a5-2f0e-7c31-8d6b-3a1f5b9e7d42","sequence":"0"}']) {
    await assert.rejects(entryOfEvent(bytesOf(other)), { where: "event" }, other);
  }
});
