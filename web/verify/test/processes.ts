/** Runs programs to their end. */
import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

export function run(file: string, words: string[], environment: NodeJS.ProcessEnv = {}): Promise<Ended> {
  const options = { env: { ...process.env, ...environment }, timeout: 300_000, maxBuffer: 1 << 24 };
  return new Promise((done, failed) => {
    execFile(file, words, options, (error, out, err) => {
      const code = error ? error.code : 0;
      if (typeof code === "number") done({ code, out, err });
      else failed(error ?? new Error(`${file} did not end by itself`));
    });
  });
}

/** The command line of this package, without Node's warning that its Ed25519 is new to it. */
export function runVerify(...words: string[]): Promise<Ended> {
  const cli = fileURLToPath(new URL("../../dist/cli.js", import.meta.url));
  return run(process.execPath, [cli, ...words], { NODE_NO_WARNINGS: "1" });
}

/** A folder that is gone afterwards, also when a process that ends still writes into it. */
export async function withFolder(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "duban-verify-"));
  try {
    await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 200 });
  }
}
