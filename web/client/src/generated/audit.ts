// Made by scripts/generate.mjs from what the server says of itself. Not to be edited.
export interface AuditCheckpointParams {
  /** Wait until the answer holds this position. */
  at_least?: string
  /** That of a checkpoint that was signed; without: the newest. */
  size?: string
}
export interface AuditCheckpointResult {
  /** A signed note (C2SP tlog-checkpoint). */
  checkpoint: string
  /** The last position that the answer holds. */
  position: string
  /** The number of events that it speaks of. */
  size: string
}

export interface AuditProofConsistencyParams {
  /** The size of the earlier checkpoint. */
  from: string
  /** Wait until the answer holds this position. */
  at_least?: string
  /** Of the later; without: the newest. */
  to?: string
}
export interface AuditProofConsistencyResult {
  from: {
    /** A signed note (C2SP tlog-checkpoint). */
    checkpoint: string
    /** The number of events that it speaks of. */
    size: string
  }
  hashes: string[]
  /** The last position that the answer holds. */
  position: string
  to: {
    /** A signed note (C2SP tlog-checkpoint). */
    checkpoint: string
    /** The number of events that it speaks of. */
    size: string
  }
}

export interface AuditProofFileParams {
  /** The event's position. */
  event: string
  /** Wait until the answer holds this position. */
  at_least?: string
  /** That of a checkpoint that was signed; without: the newest. */
  size?: string
}
export interface AuditProofFileResult {
  /** Canonical; its digest is proven. */
  event: string
  name: string
  /** The last position that the answer holds. */
  position: string
  proof: string
}

export interface AuditProofInclusionParams {
  /** The event's position. */
  event: string
  /** Wait until the answer holds this position. */
  at_least?: string
  /** That of a checkpoint that was signed; without: the newest. */
  size?: string
}
export interface AuditProofInclusionResult {
  /** A signed note (C2SP tlog-checkpoint). */
  checkpoint: string
  /** What stands in the tree for the event. */
  entry: string
  event: string
  hashes: string[]
  leaf_hash: string
  /** The last position that the answer holds. */
  position: string
  /** The number of events that it speaks of. */
  size: string
}

export interface AuditMethods {
  /** How many events the log has and the root of their tree, signed; the newest speaks of everything that is durable. */
  'audit.checkpoint': { params: AuditCheckpointParams; result: AuditCheckpointResult }
  /** That the log of a later checkpoint begins with that of an earlier one (RFC 6962). */
  'audit.proof.consistency': { params: AuditProofConsistencyParams; result: AuditProofConsistencyResult }
  /** The proof of an event as a file (C2SP tlog-proof), and the event's bytes beside it. */
  'audit.proof.file': { params: AuditProofFileParams; result: AuditProofFileResult }
  /** That an event stands at its position (RFC 6962). */
  'audit.proof.inclusion': { params: AuditProofInclusionParams; result: AuditProofInclusionResult }
}
