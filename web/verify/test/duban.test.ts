/**
 * The two verifiers over exports that the program `duban` has made, and over logs that were made
 * for this: both must accept what holds, in the same words, and name the same check and place of
 * what does not.
 */
import assert from "node:assert/strict";
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { after, test } from "node:test";
import { parseVerifierKey, reportText, verifyExport, type VerifierKey } from "duban-verify";
import { readerOfFolder } from "duban-verify/node";
import { binary, duban, dubanOk, DubanServer, initData } from "./duban_server.js";
import {
  bytesOf, checkpointText, dice, leafOf, makeExport, numbered, rootOf, Signer, writeFiles, type Files,
} from "./log_maker.js";
import { runVerify } from "./processes.js";

const skip = binary === undefined ? "DUBAN_BINARY does not name a built duban" : false;
const origin = "audit.gov.example/unit-0001/log";
/** Empty, then as it is set up, whose size the program tells, then grown. */
const exported = [0, -1, 255, 256, 257, 1000];
const tamperings: readonly (readonly [number, number])[] = [[257, 400], [1000, 100]];

let place = "";
let vkey = "";
let key: VerifierKey;

interface Verdict {
  readonly code: number;
  readonly text: string;
  /** The check that fails, and where; "" when none does. */
  readonly fault: string;
}

function verdictOf(code: number, text: string): Verdict {
  const report = JSON.parse(text) as {
    holds: boolean;
    checks: { check: string; holds: boolean; where?: string }[];
  };
  const last = report.checks.at(-1)!;
  return { code, text, fault: report.holds ? "" : `${last.check} ${last.where}` };
}

async function byDuban(folder: string, verifier = vkey): Promise<Verdict> {
  const { code, out, err } = await duban("audit", "verify", folder, "--key", verifier);
  assert.equal(err, "");
  return verdictOf(code, out.trimEnd());
}

async function byThis(folder: string, verifier = key): Promise<Verdict> {
  const report = await verifyExport(readerOfFolder(folder), verifier);
  return verdictOf(report.holds ? 0 : 1, reportText(report));
}

/** What both say, which is the same. */
async function faultOf(folder: string, what: string): Promise<string> {
  const [mine, theirs] = await Promise.all([byThis(folder), byDuban(folder)]);
  assert.deepEqual([mine.fault, mine.code], [theirs.fault, theirs.code], `${what}: ${mine.text} and ${theirs.text}`);
  if (mine.fault === "") assert.equal(mine.text, theirs.text, what);
  return mine.fault;
}

async function filesOf(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  return files.map((file) => relative(folder, join(file.parentPath, file.name))).sort();
}

/** Exports of one log as it grows: proof-<size> alone, and all of them into proof-grown. */
async function makeExports(): Promise<void> {
  const data = join(place, "data");
  const keyFile = join(place, "log.key");
  vkey = (await dubanOk("audit", "key", origin, keyFile)).split("\n")[0]!;
  key = await parseVerifierKey(vkey);
  let size = 0;
  for (const wanted of exported.slice()) {
    if (wanted === -1) {
      await rm(data, { recursive: true });
      await initData(data);
      const said = await dubanOk("audit", "export-tlog", join(place, "set-up"), "--data", data, "--key", keyFile);
      size = Number(/: (\d+) events, /.exec(said)?.[1]);
      exported[1] = size;
    }
    const next = wanted === -1 ? size : wanted;
    const server = await DubanServer.start(data);
    try {
      if (next > size) await server.addEvents(next - size);
    } finally {
      await server.stop();
    }
    size = next;
    const folders = next === 0 ? [`proof-${next}`] : [`proof-${next}`, "proof-grown"];
    for (const folder of folders) {
      const said = await dubanOk("audit", "export-tlog", join(place, folder), "--data", data, "--key", keyFile);
      assert.match(said, new RegExp(`: ${next} events, `));
    }
  }
}

let made: Promise<void> | undefined;

/** Makes the exports once. Each test waits for them, and so tells why there are none. */
function exportsMade(): Promise<void> {
  return (made ??= (async () => {
    place = await mkdtemp(join(tmpdir(), "duban-verify-"));
    await makeExports();
  })());
}

after(async () => {
  if (place !== "") await rm(place, { recursive: true });
});

test("exports by Duban are accepted by both, in the same words", { skip }, async () => {
  await exportsMade();
  for (const size of exported) {
    const folder = join(place, `proof-${size}`);
    assert.equal(await faultOf(folder, `${size} events`), "");
    const { code, out } = await runVerify(folder, "--key", vkey);
    assert.equal(code, 0);
    assert.equal(out.trimEnd(), (await byDuban(folder)).text);
    assert.equal((JSON.parse(out) as { size: number }).size, size);
  }
  assert.equal(await faultOf(join(place, "proof-grown"), "an export that was added to"), "");
});

/** Alters one file of the export in some way, and tells how; `mend` takes it back. */
async function tamper(folder: string, files: string[], roll: (bound: number) => number) {
  const name = files[roll(files.length)]!;
  const file = join(folder, name);
  const bytes = await readFile(file);
  const mend = () => writeFile(file, bytes);
  const deed = roll(10);
  const at = roll(bytes.length);
  if (deed === 0) {
    await rm(file);
    return { what: `${name} is missing`, mend };
  }
  if (deed < 3) {
    await writeFile(file, bytes.subarray(0, at));
    return { what: `${name} is cut at ${at}`, mend };
  }
  const bit = 1 << roll(8);
  const altered = Buffer.from(bytes);
  altered[at]! ^= bit;
  await writeFile(file, altered);
  return { what: `${name} is altered at ${at} by ${bit}`, mend };
}

test("every altered, cut or missing file is refused by both, at the same place", { skip }, async () => {
  await exportsMade();
  const checks = new Set<string>();
  for (const [size, rounds] of tamperings) {
    const roll = dice(size);
    const folder = join(place, `tampered-${size}`);
    await cp(join(place, `proof-${size}`), folder, { recursive: true });
    const files = await filesOf(folder);
    for (let round = 0; round < rounds; ++round) {
      const { what, mend } = await tamper(folder, files, roll);
      const fault = await faultOf(folder, what);
      assert.notEqual(fault, "", what);
      checks.add(fault.split(" ")[0]!);
      await mend();
    }
    assert.equal(await faultOf(folder, "as it was"), "");
  }
  // The root is the last to be checked: only a log that was made anew as a whole comes so far.
  assert.deepEqual([...checks].sort(), ["entries", "signature", "tiles"]);
});

test("logs of other makers are judged alike by both", { skip }, async () => {
  await exportsMade();
  const signer = new Signer("a.example/log");
  const strangers = await parseVerifierKey(signer.vkey);
  const log = makeExport(numbered(600), signer);
  const longer = makeExport(numbered(800), signer);
  const root = rootOf(numbered(600).map(leafOf));
  const text = checkpointText(signer.name, 600, root);
  const note = signer.note(text);
  const line = signer.line(text);
  const forged = numbered(600);
  forged[17] = bytesOf("another");

  const withCheckpoint = (checkpoint: string): Files => new Map([...log, ["checkpoint", bytesOf(checkpoint)]]);
  const ofText = (some: string) => withCheckpoint(signer.note(some));
  const without = (...paths: string[]): Files => new Map([...log].filter(([path]) => !paths.includes(path)));
  const partial = "tile/0/002.p/88";
  const stranger = "\u2014 other.example AAAAAAAA\n";
  const cases: [string, Files, string][] = [
    ["one entry", makeExport(numbered(1), signer), ""],
    ["entries of no bytes and of the most", makeExport([new Uint8Array(), new Uint8Array(65_535)], signer), ""],
    ["three levels", makeExport(numbered(65_537), signer), ""],
    ["a stranger has signed too", withCheckpoint(note + stranger), ""],
    ["a stranger with a name of another script", withCheckpoint(`${note}\u2014 \u76d1\u7763.example AAAAAAAA\n`), ""],
    ["a namesake has signed too", withCheckpoint(note + new Signer(signer.name, new Uint8Array(32)).line(text)), ""],
    ["it is signed twice", withCheckpoint(note + line), ""],
    ["64 signatures", withCheckpoint(note + stranger.repeat(63)), ""],
    ["an extension line", ofText(`${text}an extension\n`), ""],
    ["the full tile in the place of the partial one",
      new Map([...without(partial), ["tile/0/002", longer.get("tile/0/002")!]]), ""],
    ["the full bundle in the place of the partial one",
      new Map([...without("tile/entries/002.p/88"), ["tile/entries/002", longer.get("tile/entries/002")!]]), ""],

    ["a full tile of something else in the place of the partial one",
      new Map([...without(partial), ["tile/0/002", new Uint8Array(8192)]]), "entries 512"],
    ["a short full tile in the place of the partial one",
      new Map([...without(partial), ["tile/0/002", new Uint8Array(8191)]]), "tiles tile/0/002"],
    ["a broken full bundle in the place of the partial one",
      new Map([...without("tile/entries/002.p/88"), ["tile/entries/002", new Uint8Array(3)]]), "entries tile/entries/002"],
    ["nobody has signed", withCheckpoint(text), "signature checkpoint"],
    ["no checkpoint", without("checkpoint"), "signature checkpoint"],
    ["only a stranger has signed", withCheckpoint(`${text}\n${stranger}`), "signature checkpoint"],
    ["one of two signatures by the key is false",
      withCheckpoint(note + signer.line(`${text}more\n`)), "signature checkpoint"],
    ["65 signatures", withCheckpoint(note + stranger.repeat(64)), "signature checkpoint"],
    ["a stranger's name has a wide space", withCheckpoint(`${note}\u2014 a\u3000b AAAAAAAA\n`), "signature checkpoint"],
    ["a stranger's base64 has a second spelling", withCheckpoint(`${note}\u2014 other.example AAAAAAB=\n`), "signature checkpoint"],
    ["a byte order mark", withCheckpoint(`\ufeff${note}`), "signature checkpoint"],
    ["lines of Windows", withCheckpoint(note.replaceAll("\n", "\r\n")), "signature checkpoint"],
    ["a control character that is signed", ofText(`${text}a\u0007b\n`), "signature checkpoint"],
    ["an empty line that is signed", ofText(`${text}\nmore\n`), "signature checkpoint"],
    ["another log", ofText(checkpointText("b.example/log", 600, root)), "signature checkpoint"],
    ["a size with a leading zero", ofText(text.replace("600", "0600")), "signature checkpoint"],
    ["a size with a sign", ofText(text.replace("600", "+600")), "signature checkpoint"],
    ["a size of more than 64 bits", ofText(checkpointText(signer.name, 2n ** 64n, root)), "signature checkpoint"],
    ["a root of 31 bytes", ofText(checkpointText(signer.name, 600, root.slice(1))), "signature checkpoint"],
    ["a size of all that 64 bits hold", ofText(checkpointText(signer.name, 2n ** 64n - 1n, root)), "tiles tile/0/002"],
    ["a size of one more", ofText(checkpointText(signer.name, 601, root)), "tiles tile/0/002.p/89"],
    ["a size of one less", ofText(checkpointText(signer.name, 599, root)), "tiles tile/0/002.p/87"],
    ["another root", ofText(checkpointText(signer.name, 600, rootOf([]))), "root checkpoint"],
    ["a log that was made anew as a whole",
      new Map([...makeExport(forged, signer), ["checkpoint", bytesOf(note)]]), "root checkpoint"],
    ["an entry that was made anew with its leaf", new Map([...log,
      ["tile/0/000", makeExport(forged, signer).get("tile/0/000")!],
      ["tile/entries/000", makeExport(forged, signer).get("tile/entries/000")!]]), "tiles tile/1/000.p/2"],
    ["an entry of another length", new Map([...log, ["tile/entries/002.p/88",
      makeExport([...numbered(512), ...numbered(88)], signer).get("tile/entries/002.p/88")!]]), "entries 512"],
  ];
  for (const [what, files, fault] of cases) {
    const folder = join(place, "made");
    await writeFiles(files, folder);
    const [mine, theirs] = await Promise.all([byThis(folder, strangers), byDuban(folder, signer.vkey)]);
    assert.deepEqual({ fault: mine.fault, code: mine.code }, { fault, code: fault === "" ? 0 : 1 }, `${what}: ${mine.text}`);
    assert.deepEqual({ fault: theirs.fault, code: theirs.code }, { fault: mine.fault, code: mine.code }, `${what}: ${theirs.text}`);
    if (fault === "") assert.equal(mine.text, theirs.text, what);
    await rm(folder, { recursive: true });
  }
});

test("keys are judged alike by both", { skip }, async () => {
  await exportsMade();
  const folder = join(place, `proof-${exported[1]}`);
  const [name, id, ...rest] = vkey.split("+");
  const base64 = rest.join("+");
  const keys = [
    "a+b+c", `${name}+${id}`, `${name}+${id}+${base64}=`, `${name}+${id?.toUpperCase()}x+${base64}`,
    `x${name}+${id}+${base64}`, `a b+${id}+${base64}`, `${name}+${id}+Bx${base64.slice(2)}`,
  ];
  for (const one of keys) {
    const [mine, theirs] = await Promise.all([
      runVerify(folder, "--key", one),
      duban("audit", "verify", folder, "--key", one),
    ]);
    assert.deepEqual([mine.code, mine.out], [1, ""], one);
    assert.deepEqual([theirs.code, theirs.out], [1, ""], one);
    assert.match(mine.err, /not a verifier key/);
  }
});
