/** Signed notes and the keys that verify them, as C2SP signed-note lays them down. */
import { fromBase64, textOf, toHex, toUtf8, joined } from "./bytes.js";
import { isWeakKey, keyBytes, sha256, verifyEd25519 } from "./crypto.js";
import { VerifyError } from "./errors.js";

/** Who may have signed: an Ed25519 key and its name. */
export interface VerifierKey {
  readonly name: string;
  /** Eight hex digits. */
  readonly id: string;
  readonly key: Uint8Array;
}

export interface NoteSignature {
  readonly name: string;
  /** Eight hex digits. */
  readonly id: string;
  readonly bytes: Uint8Array;
}

export interface SignedNote {
  /** What is signed, with its last line feed. */
  readonly text: string;
  readonly signatures: readonly NoteSignature[];
}

const ed25519 = 0x01;
const keyIdBytes = 4;
const signaturesMax = 64;
const signatureLine = /^\u2014 ([^ ]+) ([^ ]+)$/u;
// The specification's "ASCII control characters other than newline".
const controls = /[\u0000-\u0009\u000b-\u001f]/u;

/** Names are not empty, and hold neither a Unicode space nor a plus. */
export function isKeyName(name: string): boolean {
  return name !== "" && !/[\p{White_Space}+]/u.test(name);
}

/**
 * Reads `<name>+<id>+<base64 of the type and the key>`.
 * @throws VerifyError also when the id is not that of the name and the key
 */
export async function parseVerifierKey(text: string): Promise<VerifierKey> {
  const refused = (why: string) => new VerifyError("key", `not a verifier key: ${why}`);
  const [name, id, ...rest] = text.split("+");
  if (name === undefined || id === undefined || rest.length === 0) {
    throw refused("write <name>+<id>+<key>");
  }
  if (!isKeyName(name) || textOf(name) === undefined) {
    throw refused("its name is empty or has a space");
  }
  // The alphabet of base64 has a plus.
  const typed = fromBase64(rest.join("+"));
  if (typed?.length !== 1 + keyBytes || typed[0] !== ed25519) throw refused("it is no Ed25519 key");
  const key = typed.slice(1);
  if (isWeakKey(key)) throw refused("anybody can sign under a key like that");
  if (id !== (await keyId(name, typed))) throw refused("its id is not that of its name and key");
  return { name, id, key };
}

async function keyId(name: string, typedKey: Uint8Array): Promise<string> {
  const hash = await sha256(joined(toUtf8(`${name}\n`), typedKey));
  return toHex(hash.slice(0, keyIdBytes));
}

/**
 * Takes a note apart. Says nothing about who has signed it.
 * @throws VerifyError
 */
export function parseNote(input: Uint8Array | string): SignedNote {
  const refused = (why: string) => new VerifyError("note", `not a signed note: ${why}`);
  const note = textOf(input);
  if (note === undefined) throw refused("it is not UTF-8");
  if (controls.test(note)) throw refused("it has a control character");
  const gap = note.lastIndexOf("\n\n");
  if (gap < 0) throw refused("no empty line stands before signatures");
  if (!note.endsWith("\n")) throw refused("its last line does not end");
  const lines = note.slice(gap + 2).split("\n").slice(0, -1);
  if (lines.length === 0) throw refused("it has no signature");
  if (lines.length > signaturesMax) throw refused(`it has more than ${signaturesMax} signatures`);
  const signatures = lines.map((line) => {
    const [, name, base64] = signatureLine.exec(line) ?? [];
    const bytes = base64 === undefined ? undefined : fromBase64(base64);
    if (name === undefined || !isKeyName(name) || !bytes || bytes.length <= keyIdBytes) {
      throw refused("a line below it is not of the form \u2014 <name> <base64>");
    }
    return { name, id: toHex(bytes.slice(0, keyIdBytes)), bytes: bytes.slice(keyIdBytes) };
  });
  return { text: note.slice(0, gap + 1), signatures };
}

/**
 * Passes when one of the keys has signed, and no signature that claims to be of one of them fails.
 * Signatures by others are left out.
 * @throws VerifyError
 */
export async function verifyNote(note: SignedNote, keys: readonly VerifierKey[]): Promise<void> {
  const message = toUtf8(note.text);
  let isSigned = false;
  for (const signature of note.signatures) {
    const known = keys.find((key) => key.name === signature.name && key.id === signature.id);
    if (!known) continue;
    if (!(await verifyEd25519(known.key, signature.bytes, message))) {
      throw new VerifyError("note", `the signature by ${known.name} does not hold`);
    }
    isSigned = true;
  }
  if (!isSigned) {
    const names = keys.map((key) => `${key.name}+${key.id}`).join(", ");
    throw new VerifyError("note", `it is not signed by ${names || "anybody known"}`);
  }
}
