/** The compiled modules in a page of a real browser: Chromium, when it is installed. */
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { test } from "node:test";
import { known } from "./known_answers.js";
import { makeExport, numbered, Signer } from "./log_maker.js";
import { withFolder } from "./processes.js";

const chromium = "chromium";
const isThere = spawnSync(chromium, ["--version"]).status === 0;
const skip = isThere ? false : "chromium is not installed";
const waitMs = 300_000;

const signer = new Signer("a.example/log");
const whole = makeExport(numbered(600), signer);
const altered = new Map([...whole, ["tile/entries/001", Buffer.from(whole.get("tile/entries/001")!).fill(0, 9, 10)]]);
const logs = new Map([["whole", whole], ["altered", altered]]);

const page = `<!doctype html>
<script type="module">
  const answer = {};
  try {
    const { parseVerifierKey, readerOfUrl, reportText, verifyExport, verifyProof } = await import("/dist/index.js");
    const key = await parseVerifierKey(${JSON.stringify(signer.vkey)});
    for (const log of ["whole", "altered", "missing"]) {
      const report = await verifyExport(readerOfUrl(new URL("/log/" + log, location.href)), key);
      answer[log] = JSON.parse(reportText(report));
    }
    const proof = ${JSON.stringify(known.proof)};
    const { index } = await verifyProof(proof.file, new TextEncoder().encode(proof.entry), await parseVerifierKey(proof.key));
    answer.proven = String(index);
  } catch (error) {
    answer.error = String(error);
  }
  await fetch("/answer", { method: "POST", body: JSON.stringify(answer) });
</script>
`;

interface Report {
  readonly holds: boolean;
  readonly size?: number;
  readonly checks: { check: string; where?: string }[];
}
interface Answer {
  readonly whole: Report;
  readonly altered: Report;
  readonly missing: Report;
  readonly proven: string;
  readonly error?: string;
}

/** What is served under a path; undefined when nothing is. */
async function fileOf(path: string): Promise<{ type: string; bytes: Uint8Array | string } | undefined> {
  if (path === "/") return { type: "text/html; charset=utf-8", bytes: page };
  const [, folder, name = "", ...rest] = path.split("/");
  if (folder === "dist" && /^\w+\.js$/.test(name)) {
    const bytes = await readFile(new URL(`../../dist/${name}`, import.meta.url));
    return { type: "text/javascript", bytes };
  }
  const bytes = folder === "log" ? logs.get(name)?.get(rest.join("/")) : undefined;
  return bytes && { type: "application/octet-stream", bytes };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString();
}

/** Serves the page and resolves with what it answers. */
async function answerOfPage(profile: string): Promise<Answer> {
  let hear: (answer: Answer) => void = () => undefined;
  const heard = new Promise<Answer>((done) => (hear = done));
  const server = createServer((request, response) => {
    void (async () => {
      if (request.method === "POST") {
        hear(JSON.parse(await bodyOf(request)) as Answer);
        return response.end();
      }
      const file = await fileOf(request.url ?? "");
      return file ? response.writeHead(200, { "content-type": file.type }).end(file.bytes) : response.writeHead(404).end();
    })();
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const flags = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    `--user-data-dir=${profile}`,
  ];
  const browser = spawn(chromium, [...flags, `http://127.0.0.1:${(server.address() as AddressInfo).port}/`], { stdio: "ignore" });
  const ended = once(browser, "exit");
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, fail) => {
    timer = setTimeout(() => fail(new Error("the page did not answer")), waitMs);
  });
  try {
    return await Promise.race([heard, late]);
  } finally {
    clearTimeout(timer);
    browser.kill();
    await ended;
    server.closeAllConnections();
    server.close();
  }
}

test("a page verifies exports and proofs by itself", { skip }, () => withFolder(async (folder) => {
  const answer = await answerOfPage(join(folder, "profile"));
  assert.equal(answer.error, undefined);
  assert.deepEqual([answer.whole.holds, answer.whole.size], [true, 600]);
  assert.equal(answer.altered.holds, false);
  assert.deepEqual([answer.altered.checks.at(-1)?.check, answer.altered.checks.at(-1)?.where], ["entries", "256"]);
  assert.equal(answer.missing.checks.at(-1)?.where, "checkpoint");
  assert.equal(answer.proven, "100");
}));
