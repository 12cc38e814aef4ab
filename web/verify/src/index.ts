/**
 * Verifies exports and proofs of a transparency log in the formats of C2SP, in browsers and in
 * Node, on WebCrypto alone. Written from the formats and not from Duban's own verifier, so that
 * the two check each other. Readers of folders in Node: `duban-verify/node`.
 */
export { openCheckpoint, parseCheckpoint, type Checkpoint } from "./checkpoint.js";
export { ReadError, VerifyError } from "./errors.js";
export { entryOfEvent, parseEvent, parseEventEntry, type EventEntry } from "./event_entry.js";
export {
  reportText,
  verifyExport,
  type CheckName,
  type CheckResult,
  type ExportReport,
  type Reader,
} from "./export.js";
export { leafHash, nodeHash, treeRoot, verifyConsistency, verifyInclusion } from "./merkle.js";
export {
  isKeyName,
  parseNote,
  parseVerifierKey,
  verifyNote,
  type NoteSignature,
  type SignedNote,
  type VerifierKey,
} from "./note.js";
export {
  parseProof,
  verifyEventProof,
  verifyProof,
  type LogProof,
  type ProvenEntry,
} from "./proof.js";
export {
  readerOfDirectory,
  readerOfFiles,
  readerOfUrl,
  type DirectoryHandle,
  type PickedFile,
} from "./readers.js";
export { parseBundle, parseTile, parseTilePath, tilePath, tilesOf, type Tile } from "./tiles.js";
