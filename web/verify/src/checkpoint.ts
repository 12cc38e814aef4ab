/** Checkpoints as C2SP tlog-checkpoint lays them down: how long a log is, and its tree's root. */
import { fromBase64, fromDecimal } from "./bytes.js";
import { hashBytes } from "./crypto.js";
import { VerifyError } from "./errors.js";
import { parseNote, verifyNote, type VerifierKey } from "./note.js";

export interface Checkpoint {
  /** The name of the log. */
  readonly origin: string;
  readonly size: bigint;
  readonly root: Uint8Array;
}

/**
 * Reads the text of a note. Lines after the third are no error and are not read.
 * @throws VerifyError
 */
export function parseCheckpoint(text: string): Checkpoint {
  const refused = (why: string) => new VerifyError("checkpoint", `not a checkpoint: ${why}`);
  if (!text.endsWith("\n")) throw refused("its last line does not end");
  const lines = text.slice(0, -1).split("\n");
  const [origin, sizeText, rootText] = lines;
  if (lines.some((line) => line === "")) throw refused("a line of it is empty");
  if (origin === undefined || sizeText === undefined || rootText === undefined) {
    throw refused("it has fewer than three lines");
  }
  const size = fromDecimal(sizeText);
  if (size === undefined) throw refused("the second line is no size");
  const root = fromBase64(rootText);
  if (root?.length !== hashBytes) throw refused(`the third line is no root of ${hashBytes} bytes`);
  return { origin, size, root };
}

/**
 * The checkpoint in a note that the key has signed. Its origin is the name of the key.
 * @throws VerifyError
 */
export async function openCheckpoint(
  note: Uint8Array | string,
  key: VerifierKey,
): Promise<Checkpoint> {
  const parsed = parseNote(note);
  await verifyNote(parsed, [key]);
  const checkpoint = parseCheckpoint(parsed.text);
  if (checkpoint.origin !== key.name) {
    throw new VerifyError("checkpoint", `it is of the log ${checkpoint.origin}, not of ${key.name}`);
  }
  return checkpoint;
}
