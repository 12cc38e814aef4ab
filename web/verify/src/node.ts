/** Readers of folders and keys in Node. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fromUtf8 } from "./bytes.js";
import { ReadError, VerifyError } from "./errors.js";
import type { Reader } from "./export.js";
import { parseVerifierKey, type VerifierKey } from "./note.js";
import { reasonOf } from "./readers.js";

/** The files under a folder. */
export function readerOfFolder(folder: string): Reader {
  return (path) => readOrMiss(join(folder, ...path.split("/")));
}

/**
 * The key in a text, or in the file of that name.
 * @throws ReadError, VerifyError
 */
export async function readVerifierKey(keyOrFile: string): Promise<VerifierKey> {
  if (keyOrFile.includes("+")) return parseVerifierKey(keyOrFile);
  const bytes = await readOrMiss(keyOrFile);
  if (!bytes) throw new ReadError(`there is no file ${keyOrFile}`);
  const text = fromUtf8(bytes);
  if (text === undefined) throw new VerifyError("key", `${keyOrFile} is not UTF-8`);
  return parseVerifierKey(text.replace(/\n+$/, ""));
}

async function readOrMiss(file: string): Promise<Uint8Array | undefined> {
  try {
    return new Uint8Array(await readFile(file));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "ENOTDIR") return undefined;
    throw new ReadError(`cannot read ${file}: ${reasonOf(error)}`);
  }
}
