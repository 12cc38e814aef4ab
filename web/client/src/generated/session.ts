// Made by scripts/generate.mjs from what the server says of itself. Not to be edited.
import type { PersonRef } from './shapes.js'

export interface SessionOpenParams {
  client?: { name?: string; version?: string }
  features?: string[]
  /** Required unless the upgrade request carried one. */
  token?: string
}
export interface SessionOpenResult {
  head: string
  heartbeat_ms: number
  limits: {
    blob_bytes: number
    calls_burst: number
    calls_per_s: number
    frame_bytes: number
    inbound_bytes_per_s: number
    inflight_calls: number
    message_bytes: number
    sessions: number
    subscriptions: number
  }
  log: string
  node: string
  person: PersonRef
  position: string
  session: string
  token_expires_in_ms: number
}

export interface SessionRenewParams {
  token: string
}
export interface SessionRenewResult {
  position: string
  session: string
  token_expires_in_ms: number
}

export interface SessionMethods {
  /** Opens the session of a WebSocket. */
  'session.open': { params: SessionOpenParams; result: SessionOpenResult }
  /** Goes on with a newer token of the same person. */
  'session.renew': { params: SessionRenewParams; result: SessionRenewResult }
}
