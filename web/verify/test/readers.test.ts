import assert from "node:assert/strict";
import { mkdtemp, mkdir, rm } from "node:fs/promises";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import {
  parseVerifierKey, ReadError, readerOfDirectory, readerOfFiles, readerOfUrl, verifyExport,
  type DirectoryHandle, type Reader,
} from "duban-verify";
import { readerOfFolder } from "duban-verify/node";
import { makeExport, numbered, Signer, writeFiles, type Files } from "./log_maker.js";

const signer = new Signer("a.example/log");
const key = await parseVerifierKey(signer.vkey);
const files = makeExport(numbered(300), signer);

async function served(listener: RequestListener, work: (base: string) => Promise<void>): Promise<void> {
  const server = createServer(listener);
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  try {
    await work(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

async function holds(reader: Reader): Promise<boolean> {
  return (await verifyExport(reader, key)).holds;
}

test("files under a URL are read, also when they come compressed", async () => {
  const asked: string[] = [];
  await served((request, response) => {
    asked.push(request.url ?? "");
    const bytes = files.get(request.url?.slice("/some/log/".length) ?? "");
    if (!bytes) return response.writeHead(404).end();
    if (!request.url?.includes("entries")) return response.end(bytes);
    return response.writeHead(200, { "content-encoding": "gzip" }).end(gzipSync(bytes));
  }, async (base) => {
    assert.equal(await holds(readerOfUrl(`${base}/some/log`)), true);
    assert.equal(await holds(readerOfUrl(new URL(`${base}/some/log/`))), true);
    assert.ok(asked.includes("/some/log/tile/0/001.p/44"), asked.join());
    assert.equal(await readerOfUrl(`${base}/other/`)("checkpoint"), undefined);
  });
});

test("headers go with every request", async () => {
  await served((request, response) => {
    const bytes = files.get(request.url?.slice(1) ?? "");
    const isKnown = request.headers.authorization === "Bearer secret";
    response.writeHead(isKnown && bytes ? 200 : 401).end(isKnown ? bytes : undefined);
  }, async (base) => {
    assert.equal(await holds(readerOfUrl(base, { headers: { authorization: "Bearer secret" } })), true);
    await assert.rejects(readerOfUrl(base)("checkpoint"), { name: "ReadError", message: /the answer is 401/ });
  });
});

test("any answer but 200 and 404 is no word about the log", async () => {
  for (const code of [403, 410, 500, 503]) {
    await served((_, response) => response.writeHead(code).end(), async (base) => {
      await assert.rejects(holds(readerOfUrl(base)), { name: "ReadError", message: new RegExp(`${code}`) });
    });
  }
  await served((_, response) => {
    response.writeHead(200, { "content-length": 100 }).write("text");
    response.destroy();
  }, async (base) => {
    await assert.rejects(holds(readerOfUrl(base)), ReadError);
  });
  await assert.rejects(holds(readerOfUrl("http://127.0.0.1:1")), ReadError, "nobody listens");
});

test("a server that does not stop sending is left", async () => {
  await served((_, response) => {
    const part = Buffer.alloc(1 << 20);
    const more = () => void (response.writable && response.write(part, () => setImmediate(more)));
    more();
  }, async (base) => {
    await assert.rejects(readerOfUrl(base)("checkpoint"), { message: /more than 16777472 bytes/ });
  });
});

test("the files of a folder that a person picks in a browser are read", async () => {
  const picked = [...files].map(([path, bytes]) => ({
    webkitRelativePath: `proof/${path}`,
    arrayBuffer: () => Promise.resolve(new Uint8Array(bytes).buffer as ArrayBuffer),
  }));
  assert.equal(await holds(readerOfFiles(picked)), true);
  assert.equal(await readerOfFiles([])("checkpoint"), undefined);
});

function notFound(): never {
  throw new DOMException("not here", "NotFoundError");
}

function directoryOf(some: Files, prefix = ""): DirectoryHandle {
  return {
    getDirectoryHandle: async (name) => {
      const folder = `${prefix}${name}/`;
      return [...some.keys()].some((path) => path.startsWith(folder)) ? directoryOf(some, folder) : notFound();
    },
    getFileHandle: async (name) => {
      const bytes = some.get(prefix + name) ?? notFound();
      return { getFile: async () => ({ arrayBuffer: async () => new Uint8Array(bytes).buffer as ArrayBuffer }) };
    },
  };
}

test("a folder that was dropped on a page is read", async () => {
  assert.equal(await holds(readerOfDirectory(directoryOf(files))), true);
  assert.equal(await readerOfDirectory(directoryOf(new Map()))("tile/0/000"), undefined);
  const locked: DirectoryHandle = {
    getDirectoryHandle: () => Promise.reject(new DOMException("no", "NotAllowedError")),
    getFileHandle: () => Promise.reject(new DOMException("no", "NotAllowedError")),
  };
  await assert.rejects(readerOfDirectory(locked)("checkpoint"), ReadError);
});

test("a folder is read in Node", async () => {
  const folder = await mkdtemp(join(tmpdir(), "duban-verify-"));
  try {
    await writeFiles(files, folder);
    assert.equal(await holds(readerOfFolder(folder)), true);
    assert.equal(await readerOfFolder(folder)("tile/7/000"), undefined);
    assert.equal(await readerOfFolder(folder)("checkpoint/000"), undefined);
    await mkdir(join(folder, "tile/3/000"), { recursive: true });
    await assert.rejects(readerOfFolder(folder)("tile/3/000"), ReadError, "a folder in a file's place");
  } finally {
    await rm(folder, { recursive: true });
  }
});
