import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { test } from "node:test";
import { makeExport, numbered, Signer, writeFiles } from "./log_maker.js";
import { runVerify, withFolder } from "./processes.js";

const signer = new Signer("a.example/log");
const files = makeExport(numbered(300), signer);

test("an export that holds ends with 0 and its report", () => withFolder(async (folder) => {
  await writeFiles(files, folder);
  const keyFile = join(folder, "log.vkey");
  await writeFile(keyFile, `${signer.vkey}\n`);
  for (const key of [signer.vkey, keyFile]) {
    const { code, out, err } = await runVerify(folder, "--key", key);
    assert.deepEqual([code, err], [0, ""]);
    const report = JSON.parse(out) as { holds: boolean; size: number; checks: unknown[] };
    assert.deepEqual([report.holds, report.size, report.checks.length], [true, 300, 4]);
    assert.match(out, /^[^\n]+\n$/, "one line");
  }
}));

test("an export that does not hold ends with 1 and its report", () => withFolder(async (folder) => {
  await writeFiles(files, folder);
  await writeFile(join(folder, "tile/entries/001.p/44"), "");
  const { code, out } = await runVerify(`--key=${signer.vkey}`, folder);
  assert.equal(code, 1);
  const report = JSON.parse(out) as { holds: boolean; checks: { check: string; where?: string }[] };
  assert.equal(report.holds, false);
  assert.deepEqual(report.checks.map(({ check }) => check), ["signature", "tiles", "entries"]);
  assert.equal(report.checks[2]?.where, "tile/entries/001.p/44");
}));

test("a log that is served is checked as a folder is", async () => {
  const server = createServer((request, response) => {
    const bytes = files.get(request.url?.slice("/log/".length) ?? "");
    response.writeHead(bytes ? 200 : 404).end(bytes);
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  try {
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/log`;
    assert.equal((await runVerify(url, "--key", signer.vkey)).code, 0);
  } finally {
    server.closeAllConnections();
    server.close();
  }
});

test("what cannot be read ends with 1 and the reason, without a report", async () => {
  for (const [words, why] of [
    [["http://127.0.0.1:1", "--key", signer.vkey], /cannot read/],
    [["/nowhere", "--key", "/nowhere/log.vkey"], /no file/],
    [["/nowhere", "--key", "a+b+c"], /not a verifier key/],
  ] as const) {
    const { code, out, err } = await runVerify(...words);
    assert.deepEqual([code, out], [1, ""], words.join(" "));
    assert.match(err, why);
  }
  const missing = await runVerify("/nowhere", "--key", signer.vkey);
  assert.equal(missing.code, 1);
  assert.match(missing.out, /"where":"checkpoint"/, "a folder without a checkpoint does not hold");
});

test("another call ends with 2 and the usage", async () => {
  for (const words of [[], ["folder"], ["--key", "k+k+k"], ["a", "b", "--key", "k"], ["a", "--data", "d"]]) {
    const { code, out, err } = await runVerify(...words);
    assert.deepEqual([code, out], [2, ""], words.join(" "));
    assert.match(err, /usage: duban-verify/);
  }
  const help = await runVerify("--help");
  assert.equal(help.code, 0);
  assert.match(help.out, /^usage: duban-verify/);
});
