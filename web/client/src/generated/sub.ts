// Made by scripts/generate.mjs from what the server says of itself. Not to be edited.
export interface SubAckParams {
  /** 1 to 64 letters, digits, '.', '-' or '_' */
  sub: string
  to: string
}
export interface SubAckResult {
  position: string
  /** 1 to 64 letters, digits, '.', '-' or '_' */
  sub: string
}

export interface SubCloseParams {
  /** 1 to 64 letters, digits, '.', '-' or '_' */
  sub: string
}
export interface SubCloseResult {
  cursor: string
  position: string
  /** 1 to 64 letters, digits, '.', '-' or '_' */
  sub: string
}

export interface SubOpenParams {
  start: { after?: string; earliest?: boolean; live?: boolean; log?: string; snapshot?: boolean }
  /** 1 to 64 letters, digits, '.', '-' or '_' */
  sub: string
  filter?: {
    actor?: string[]
    task?: string[]
    /** Event types; a trailing '*' takes all that begin so. */
    type?: string[]
    unit?: string[]
  }
  /** At most so much is sent beyond the last sub.ack; when that stops the stream, sub.state says so. */
  window?: { bytes?: number; events?: number }
}
export interface SubOpenResult {
  cursor: string
  head: string
  log: string
  mode: "catchup" | "live"
  position: string
  /** 1 to 64 letters, digits, '.', '-' or '_' */
  sub: string
}

export interface SubMethods {
  /** Tells how far the client has come, when `window` was given. Needs no id, and one that tells something new does not count as a call. */
  'sub.ack': { params: SubAckParams; result: SubAckResult }
  /** Closes a subscription. */
  'sub.close': { params: SubCloseParams; result: SubCloseResult }
  /** Opens a subscription. `start` has exactly one of after, live, earliest. */
  'sub.open': { params: SubOpenParams; result: SubOpenResult }
}
