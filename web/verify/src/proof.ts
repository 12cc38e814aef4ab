/** Proofs as files, as C2SP tlog-proof lays them down: that one entry is in a signed log. */
import { fromBase64, fromDecimal, textOf } from "./bytes.js";
import { openCheckpoint, type Checkpoint } from "./checkpoint.js";
import { hashBytes } from "./crypto.js";
import { VerifyError } from "./errors.js";
import { entryOfEvent, parseEvent } from "./event_entry.js";
import { leafHash, verifyInclusion } from "./merkle.js";
import type { VerifierKey } from "./note.js";

export interface LogProof {
  readonly index: bigint;
  readonly hashes: readonly Uint8Array[];
  /** The signed note, as it stands in the file. */
  readonly checkpoint: string;
  /** Bytes that are carried along. Nobody has signed them. */
  readonly extra?: Uint8Array;
}

const version = "c2sp.org/tlog-proof@v1";

/**
 * Takes a proof apart. Says nothing about what it proves.
 * @throws VerifyError
 */
export function parseProof(input: Uint8Array | string): LogProof {
  const refused = (why: string) => new VerifyError("proof", `not a proof: ${why}`);
  const text = textOf(input);
  if (text === undefined) throw refused("it is not UTF-8");
  const gap = text.indexOf("\n\n");
  if (gap < 0) throw refused("no checkpoint stands below it");
  const lines = text.slice(0, gap).split("\n");
  if (lines.shift() !== version) throw refused(`its first line is not ${version}`);
  let extra: Uint8Array | undefined;
  if (lines[0]?.startsWith("extra ")) {
    extra = fromBase64(lines.shift()?.slice("extra ".length) ?? "");
    if (!extra) throw refused("extra is not base64");
  }
  const indexLine = lines.shift();
  if (!indexLine?.startsWith("index ")) throw refused("it has no index");
  const index = fromDecimal(indexLine.slice("index ".length));
  if (index === undefined) throw refused("its index is no number");
  const hashes = lines.map((line) => {
    const hash = fromBase64(line);
    if (hash?.length !== hashBytes) throw refused(`a line is no hash of ${hashBytes} bytes`);
    return hash;
  });
  return { index, hashes, checkpoint: text.slice(gap + 2), ...(extra && { extra }) };
}

export interface ProvenEntry {
  readonly index: bigint;
  readonly checkpoint: Checkpoint;
}

/**
 * Passes when the proof shows that the entry is in the log that the key signs for.
 * @throws VerifyError
 */
export async function verifyProof(
  proof: Uint8Array | string,
  entry: Uint8Array,
  key: VerifierKey,
): Promise<ProvenEntry> {
  const { index, hashes, checkpoint: note } = parseProof(proof);
  const checkpoint = await openCheckpoint(note, key);
  await verifyInclusion(await leafHash(entry), index, checkpoint.size, hashes, checkpoint.root);
  return { index, checkpoint };
}

/**
 * Passes when the proof shows that the event, in the bytes in which the server sends it, is in the
 * log that the key signs for, at the position that it says.
 * @throws VerifyError
 */
export async function verifyEventProof(
  proof: Uint8Array | string,
  event: Uint8Array,
  key: VerifierKey,
): Promise<ProvenEntry> {
  const { position } = parseEvent(event);
  const proven = await verifyProof(proof, await entryOfEvent(event), key);
  if (proven.index !== position) {
    throw new VerifyError("event", `it says position ${position} and stands at ${proven.index}`);
  }
  return proven;
}
