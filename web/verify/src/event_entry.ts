/** What stands in the log for an event of Duban: its id and the digest of its bytes. */
import { fromUtf8, textOf, toHex, toUtf8 } from "./bytes.js";
import { sha256 } from "./crypto.js";
import { VerifyError } from "./errors.js";

export interface EventEntry {
  /** A UUIDv7. */
  readonly id: string;
  /** SHA-256 of the event's stored bytes, 64 hex digits. */
  readonly sha256: string;
}

const idForm = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const entryForm = /^duban-event\/1\n([0-9a-f-]{36})\nsha256:([0-9a-f]{64})\n$/;

/** @throws VerifyError for any other bytes */
export function parseEventEntry(entry: Uint8Array): EventEntry {
  const [, id, digest] = entryForm.exec(fromUtf8(entry) ?? "") ?? [];
  if (id === undefined || digest === undefined || !idForm.test(id)) {
    throw new VerifyError("entry", "it is not of the form duban-event/1, <id>, sha256:<digest>");
  }
  return { id, sha256: digest };
}

/**
 * The entry of an event, made from the bytes in which the server stores and sends it.
 * @throws VerifyError when they are no event
 */
export async function entryOfEvent(event: Uint8Array): Promise<Uint8Array> {
  const { id } = parseEvent(event);
  return toUtf8(`duban-event/1\n${id}\nsha256:${toHex(await sha256(event))}\n`);
}

/** Its id and position. @throws VerifyError */
export function parseEvent(event: Uint8Array | string): { id: string; position: bigint } {
  const refused = (why: string) => new VerifyError("event", why);
  let parsed: unknown;
  try {
    parsed = JSON.parse(textOf(event) ?? "");
  } catch {
    throw refused("it is not JSON in UTF-8");
  }
  if (typeof parsed !== "object" || parsed === null) throw refused("it is no JSON object");
  const { id, sequence } = parsed as { id?: unknown; sequence?: unknown };
  if (typeof id !== "string" || !idForm.test(id)) throw refused("its id is no UUIDv7");
  if (typeof sequence !== "string" || !/^[0-9]{20}$/.test(sequence)) {
    throw refused("its sequence does not have 20 digits");
  }
  return { id, position: BigInt(sequence) };
}
