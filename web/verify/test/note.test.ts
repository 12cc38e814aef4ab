import assert from "node:assert/strict";
import { test } from "node:test";
import { parseNote, parseVerifierKey, verifyNote, VerifyError } from "duban-verify";
import { known } from "./known_answers.js";
import { base64Of, bytesOf, hash, hexOf, Signer } from "./log_maker.js";

const [foo, neumann] = known.notes as [{ key: string; note: string }, { key: string; note: string }];

async function verified(note: Uint8Array | string, ...keys: string[]): Promise<void> {
  await verifyNote(parseNote(note), await Promise.all(keys.map(parseVerifierKey)));
}

function refused(where: string, why: RegExp) {
  return (error: unknown) => {
    assert.ok(error instanceof VerifyError, String(error));
    assert.equal(error.where, where);
    assert.match(error.why, why);
    return true;
  };
}

test("notes of others are verified", async () => {
  await verified(foo.note, foo.key);
  await verified(bytesOf(neumann.note), neumann.key);
  await verified(foo.note, neumann.key, foo.key);
  assert.equal(parseNote(foo.note).text, "This is an example message.\n");
});

test("a note holds for no other text or key", async () => {
  await assert.rejects(verified(foo.note.replace("This", "this"), foo.key), refused("note", /not hold/));
  await assert.rejects(verified(foo.note, neumann.key), refused("note", /not signed by PeterN/));
  await assert.rejects(verified(foo.note), refused("note", /anybody known/));
});

test("every altered byte of a note is noticed", async () => {
  const whole = bytesOf(foo.note);
  for (let at = 0; at < whole.length; ++at) {
    for (const bit of [1, 0x20, 0x80]) {
      const altered = whole.slice();
      altered[at]! ^= bit;
      await assert.rejects(async () => verified(altered, foo.key), VerifyError, `${at}: ${bit}`);
    }
  }
});

test("strangers' signatures are left out, false ones of a known key are not", async () => {
  const stranger = "\u2014 other.example AAAAAAAA\n";
  await verified(foo.note + stranger, foo.key);
  const namesake = new Signer("example.com/foo");
  await verified(foo.note + namesake.line("This is an example message.\n"), foo.key);
  await verified(`${foo.note}\u2014 \u76d1\u7763.example AAAAAAAA\n`, foo.key);
  await assert.rejects(
    verified(`${foo.note}\u2014 example.com/foo Uw2QOgAA\n`, foo.key), refused("note", /not hold/));
  await assert.rejects(
    verified(foo.note + foo.note.split("\n\n")[1]!.replace("7Mj", "7Mk").replace("Uw2QOkn8", "Uw2QOkn9"), foo.key),
    refused("note", /not hold/));
});

test("a note may have many signatures, and no more than that", async () => {
  const stranger = "\u2014 other.example AAAAAAAA\n";
  await verified(foo.note + stranger.repeat(63), foo.key);
  assert.throws(() => parseNote(foo.note + stranger.repeat(64)), refused("note", /more than 64/));
});

test("the text of a note may have empty lines and ends at the last one", async () => {
  const signer = new Signer("a.example/log");
  const text = "one\n\ntwo\n\n";
  await verified(signer.note(text), signer.vkey);
  assert.equal(parseNote(signer.note(text)).text, text);
});

test("a byte order mark is part of the text", async () => {
  const signer = new Signer("a.example/log");
  await verified(bytesOf(signer.note("\ufefftext\n")), signer.vkey);
  await assert.rejects(verified(bytesOf(`\ufeff${signer.note("text\n")}`), signer.vkey), VerifyError);
});

test("notes of any other form are refused", () => {
  const line = "\u2014 name AAAAAAAA\n";
  const cases: [Uint8Array | string, RegExp][] = [
    ["", /no empty line/],
    ["text\n", /no empty line/],
    ["text\n\n", /no signature/],
    [`\n${line}`, /no empty line/],
    [`text\n${line}`, /no empty line/],
    ["text\n\n\u2014 name\n", /form/],
    ["text\n\n\u2014 name AAAA=\n", /form/],
    ["text\n\n\u2014 name AAAAAA==\n", /form/],
    ["text\n\n\u2014 name AAAAAAB=\n", /form/],
    ["text\n\n\u2014 name  AAAAAAAA\n", /form/],
    ["text\n\n\u2014 name AAAAAAAA \n", /form/],
    ["text\n\n\u2014 na+me AAAAAAAA\n", /form/],
    ["text\n\n\u2014 na\u00a0me AAAAAAAA\n", /form/],
    ["text\n\n\u2014  AAAAAAAA\n", /form/],
    ["text\n\n- name AAAAAAAA\n", /form/],
    ["text\n\n\u2014name AAAAAAAA\n", /form/],
    [`text\n\n${line.trimEnd()}`, /does not end/],
    [`text\n\n${line}rest\n`, /form/],
    [`text\n\n${line}\n`, /no signature/],
    [`text\r\n\n${line}`, /control character/],
    [`te\u0000xt\n\n${line}`, /control character/],
    [`te\txt\n\n${line}`, /control character/],
    [Buffer.concat([Buffer.from([0xff]), bytesOf(`text\n\n${line}`)]), /UTF-8/],
    [`\ud800\n\n${line}`, /UTF-8/],
  ];
  for (const [note, why] of cases) {
    assert.throws(() => parseNote(note), refused("note", why), JSON.stringify(String(note)));
  }
  parseNote(`text\n\n${line}`);
});

test("a verifier key is what it says", async () => {
  const { name, id, key } = await parseVerifierKey(foo.key);
  assert.equal(`${name}+${id}`, "example.com/foo+530d903a");
  assert.equal(`${name}+${id}+${base64Of(Buffer.concat([Uint8Array.of(1), key]))}`, foo.key);
  const cases: [string, RegExp][] = [
    ["", /write/],
    ["name", /write/],
    ["name+530d903a", /write/],
    [foo.key.replace("example.com/foo", "name"), /its id/],
    [foo.key.replace("530d903a", "530d903b"), /its id/],
    [foo.key.replace("530d903a", "530D903A"), /its id/],
    [foo.key.replace("+Aeky", "+Auky"), /no Ed25519/],
    [foo.key.slice(0, -1), /no Ed25519/],
    [`${foo.key}\n`, /no Ed25519/],
    [foo.key.replace("example.com/foo", "a b"), /space/],
    [foo.key.replace("example.com/foo", ""), /empty/],
    [known.checkpoint.witnessKey, /no Ed25519/],
  ];
  for (const [text, why] of cases) {
    await assert.rejects(parseVerifierKey(text), refused("key", why), text);
  }
});

test("a key under which anybody can sign is no key", async () => {
  // Under the neutral point the signature of the neutral point and zero holds for every text, and
  // platforms accept it.
  const text = "anything\n";
  const spellings = [
    "0100000000000000000000000000000000000000000000000000000000000000",
    "0100000000000000000000000000000000000000000000000000000000000080",
    "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "0000000000000000000000000000000000000000000000000000000000000000",
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
  ];
  for (const spelling of spellings) {
    const typed = Buffer.from(`01${spelling}`, "hex");
    const id = hash(bytesOf("name\n"), typed).slice(0, 4);
    const key = `name+${hexOf(id)}+${base64Of(typed)}`;
    const forged = Buffer.concat([id, Buffer.from(spellings[0]!, "hex"), Buffer.alloc(32)]);
    const note = `${text}\n\u2014 name ${base64Of(forged)}\n`;
    parseNote(note);
    await assert.rejects(verified(note, key), refused("key", /anybody/), spelling);
  }
});
