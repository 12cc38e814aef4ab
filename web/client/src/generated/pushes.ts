// Made by scripts/generate.mjs from what the server says of itself. Not to be edited.
export interface Pushes {
  /** Everything between from and to was judged and nothing of it matched. */
  'checkpoint': {
    from: string
    /** 1 to 64 letters, digits, '.', '-' or '_' */
    sub: string
    to: string
  }
  /** Events as they stand in the log. `from` is the `to` of the message before; a client whose cursor differs has a gap. */
  'events': {
    events: (Record<string, unknown>)[]
    from: string
    /** 1 to 64 letters, digits, '.', '-' or '_' */
    sub: string
    to: string
  }
  /** Heartbeat: the head and how far each subscription was told. */
  'hb': { head: string; subs: Record<string, string> }
  /** The server stops soon: come back after that time. */
  'session.drain': { close_in_ms: number; hint: string; reconnect_after_ms: number }
  /** The token ends soon: send session.renew. */
  'session.expiring': { in_ms: number }
  /** The subscription is over. */
  'sub.ended': {
    cursor: string
    error: { code: number; kind: string }
    /** 1 to 64 letters, digits, '.', '-' or '_' */
    sub: string
  }
  /** The subscription has come to the head (live), has fallen behind (behind, with the reason slow_reader), or waits for a sub.ack (stalled, with the reason window). With the reason ack_refused: a sub.ack without an id was not taken, and `state` is as before. */
  'sub.state': {
    cursor: string
    head: string
    reason?: string
    state: "behind" | "live" | "stalled"
    /** 1 to 64 letters, digits, '.', '-' or '_' */
    sub: string
  }
}
