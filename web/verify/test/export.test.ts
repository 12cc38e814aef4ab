import assert from "node:assert/strict";
import { test } from "node:test";
import {
  parseVerifierKey, ReadError, reportText, verifyExport, type ExportReport, type Reader,
} from "duban-verify";
import { known } from "./known_answers.js";
import {
  bytesOf, checkpointText, dice, hexBytes, leafOf, makeExport, numbered, rootOf, Signer, type Files,
} from "./log_maker.js";

const signer = new Signer("a.example/log");
const key = await parseVerifierKey(signer.vkey);

function readerOf(files: Files): Reader {
  return (path) => Promise.resolve(files.get(path));
}

function verified(files: Files): Promise<ExportReport> {
  return verifyExport(readerOf(files), key);
}

/** The check that fails, and where; "" when none does. */
async function faultOf(files: Files): Promise<string> {
  const report = await verified(files);
  const last = report.checks.at(-1)!;
  assert.equal(report.holds, report.checks.length === 4 && last.holds);
  assert.ok(report.checks.slice(0, -1).every(({ holds }) => holds), "it ends with the first fault");
  return report.holds ? "" : `${last.check} ${last.where}`;
}

function altered(files: Files, path: string, change: (bytes: Uint8Array) => Uint8Array): Files {
  const copy = new Map(files);
  copy.set(path, change(files.get(path)!.slice()));
  return copy;
}

test("exports of all sizes hold", async () => {
  for (const size of [0, 1, 2, 3, 255, 256, 257, 511, 512, 513, 1000]) {
    const report = await verified(makeExport(numbered(size), signer));
    assert.equal(reportText(report).replace(/"root":"[0-9a-f]{64}",/, ""),
      '{"checks":[{"check":"signature","holds":true},{"check":"tiles","holds":true},' +
        '{"check":"entries","holds":true},{"check":"root","holds":true}],' +
        `"holds":true,"origin":"a.example/log","size":${size}}`);
  }
});

test("an export with three levels of tiles holds, and its root is the known one", async () => {
  const answer = known.tiled.find(({ size }) => size === 70_000)!;
  const files = makeExport(numbered(70_000), signer);
  const report = await verified(files);
  assert.equal(report.holds, true);
  assert.deepEqual(report.checkpoint?.root, hexBytes(answer.root));
  const flip = (bytes: Uint8Array) => bytes.fill(bytes[40]! ^ 1, 40, 41);
  assert.equal(await faultOf(altered(files, "tile/2/000.p/1", (bytes) => bytes.fill(0, 0, 1))),
    "tiles tile/2/000.p/1");
  assert.equal(await faultOf(altered(files, "tile/1/001.p/17", flip)), "tiles tile/1/001.p/17");
  assert.equal(await faultOf(altered(files, "tile/0/272", flip)), "tiles tile/1/001.p/17");
});

test("the first fault is named", async () => {
  const files = makeExport(numbered(600), signer);
  const flip = (at: number) => (bytes: Uint8Array) => bytes.fill(bytes[at]! ^ 1, at, at + 1);
  const without = (path: string) => new Map([...files].filter(([one]) => one !== path));
  const cut = (bytes: Uint8Array) => bytes.subarray(0, -1);
  const cases: [Files, string][] = [
    [files, ""],
    [without("checkpoint"), "signature checkpoint"],
    [altered(files, "checkpoint", cut), "signature checkpoint"],
    [altered(files, "checkpoint", flip(15)), "signature checkpoint"],
    [without("tile/0/001"), "tiles tile/0/001"],
    [without("tile/0/002.p/88"), "tiles tile/0/002.p/88"],
    [without("tile/1/000.p/2"), "tiles tile/1/000.p/2"],
    [altered(files, "tile/0/001", cut), "tiles tile/0/001"],
    [altered(files, "tile/0/001", flip(100)), "tiles tile/1/000.p/2"],
    [altered(files, "tile/1/000.p/2", flip(63)), "tiles tile/1/000.p/2"],
    [altered(files, "tile/0/002.p/88", flip(32)), "entries 513"],
    [without("tile/entries/000"), "entries tile/entries/000"],
    [altered(files, "tile/entries/001", cut), "entries tile/entries/001"],
    [altered(files, "tile/entries/001", flip(1)), "entries tile/entries/001"],
    [altered(files, "tile/entries/001", flip(5)), "entries 256"],
  ];
  for (const [some, fault] of cases) assert.equal(await faultOf(some), fault);
});

test("any altered byte, and any file that is missing or cut, is noticed", async () => {
  const files = makeExport(numbered(530), signer);
  const paths = [...files.keys()];
  const roll = dice(530);
  for (let round = 0; round < 200; ++round) {
    const path = paths[roll(paths.length)]!;
    const at = roll(files.get(path)!.length);
    const bit = 1 << roll(8);
    const flipped = altered(files, path, (bytes) => bytes.fill(bytes[at]! ^ bit, at, at + 1));
    assert.notEqual(await faultOf(flipped), "", `${path} at ${at}: ${bit}`);
  }
  for (const path of paths) {
    assert.notEqual(await faultOf(altered(files, path, (bytes) => bytes.subarray(1))), "", path);
    assert.notEqual(await faultOf(altered(files, path, (bytes) => Buffer.concat([bytes, Uint8Array.of(0)]))), "", path);
    assert.notEqual(await faultOf(altered(files, path, () => new Uint8Array())), "", path);
  }
});

test("a log that was made anew as a whole has another root", async () => {
  const files = makeExport(numbered(600), signer);
  const entries = numbered(600);
  entries[17] = bytesOf("another");
  const forged = makeExport(entries, signer);
  forged.set("checkpoint", files.get("checkpoint")!);
  assert.equal(await faultOf(forged), "root checkpoint");
  const short = makeExport(numbered(599), signer);
  short.set("checkpoint", bytesOf(signer.note(checkpointText(signer.name, 600, rootOf([])))));
  assert.equal(await faultOf(short), "tiles tile/0/002.p/88");
});

test("an export by another key, or of another log, does not hold", async () => {
  const files = makeExport(numbered(3), signer);
  const stranger = await parseVerifierKey(new Signer("a.example/log", new Uint8Array(32)).vkey);
  const report = await verifyExport(readerOf(files), stranger);
  assert.equal(report.checkpoint, undefined);
  assert.match(reportText(report),
    /^\{"checks":\[\{"check":"signature","fault":"it is not signed by a.example\/log\+[0-9a-f]{8}","holds":false,"where":"checkpoint"\}\],"holds":false\}$/);
  const text = checkpointText("b.example/log", 3, rootOf(numbered(3).map(leafOf)));
  files.set("checkpoint", bytesOf(signer.note(text)));
  assert.equal(await faultOf(files), "signature checkpoint");
});

test("a partial tile is read from the full one when the log took it away", async () => {
  const files = makeExport(numbered(600), signer);
  const longer = makeExport(numbered(800), signer);
  for (const path of ["tile/0/002", "tile/entries/002"]) {
    files.delete(`${path}.p/88`);
    files.set(path, longer.get(path)!);
  }
  assert.equal(await faultOf(files), "");
  assert.equal(await faultOf(altered(files, "tile/0/002", (bytes) => bytes.fill(0, 0, 1))), "entries 512");
  assert.equal(await faultOf(altered(files, "tile/0/002", (bytes) => bytes.subarray(1))), "tiles tile/0/002");
  assert.equal(await faultOf(altered(files, "tile/entries/002", (bytes) => bytes.subarray(1))),
    "entries tile/entries/002");
});

test("a server that shows another tile the second time is noticed", async () => {
  const files = makeExport(numbered(300), signer);
  const entries = numbered(300);
  entries[280] = bytesOf("another");
  const forged = makeExport(entries, signer);
  const reads = new Map<string, number>();
  const report = await verifyExport((path) => {
    const before = reads.get(path) ?? 0;
    reads.set(path, before + 1);
    const isForged = path.startsWith("tile/entries/") || (path.startsWith("tile/0/") && before > 0);
    return Promise.resolve((isForged ? forged : files).get(path));
  }, key);
  assert.equal(report.holds, false);
  assert.deepEqual(report.checks.at(-1), {
    check: "entries", holds: false, fault: "it was another when it was read before", where: "tile/0/001.p/44",
  });
});

test("a size that nobody can hold ends with the first tile that is missing", async () => {
  const files = makeExport(numbered(300), signer);
  const root = rootOf(numbered(300).map(leafOf));
  files.set("checkpoint", bytesOf(signer.note(checkpointText(signer.name, 2n ** 64n - 1n, root))));
  assert.equal(await faultOf(files), "tiles tile/0/001");
});

test("a reader that fails is heard, and nothing is said about the log", async () => {
  const files = makeExport(numbered(600), signer);
  for (const broken of files.keys()) {
    const reader: Reader = (path) => {
      return path === broken ? Promise.reject(new ReadError("no disk")) : Promise.resolve(files.get(path));
    };
    await assert.rejects(verifyExport(reader, key), { name: "ReadError", message: "no disk" }, broken);
  }
});
