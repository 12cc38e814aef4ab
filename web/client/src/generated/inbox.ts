// Made by scripts/generate.mjs from what the server says of itself. Not to be edited.
import type { PersonRef, UnitRef, UnitSeat3 } from './shapes.js'

export interface InboxListParams {
  box: "todo" | "done" | "to_read" | "started" | "followed" | "proxy"
  /** Wait until the answer holds this position. */
  at_least?: string
  cursor?: string
  limit?: number
}
export interface InboxListResult {
  items: ({
    /** done: the type of the event. */
    act?: string
    amendment?: string
    approval?: string
    closing?: string
    /** The task's day that counts, with the days of ended holds; in done, as it was after the act. */
    due?: string
    duty?: "approve_registration" | "issue" | "sign_in" | "settle_objection" | "assign" | "report" | "decide" | "revise" | "claim" | "resolve"
    /** Position of the event that opened or made it. */
    event: string
    extension?: string
    issue?: string
    lead: UnitRef
    node?: string
    on_behalf_of?: PersonRef
    /** What the approval asks for. */
    reason?: "decide" | "claim" | "revise" | "resolve" | "copy"
    report?: string
    seat?: UnitSeat3
    since: string
    slot?: string
    /** started: state of what he submitted. */
    state?: string
    task: string
    title: string
    unit?: UnitRef
    urges: number
    /** Nobody else holds it; it is with the caller's post. */
    vacant?: boolean
  })[]
  /** The cursor of the next page, "" at the end. */
  next: string
  /** The last position that the answer holds. */
  position: string
  /** Rows that are left out because what is stored of them cannot be read; the operator has to run `duban rebuild`. */
  unreadable?: number
}

export interface InboxMethods {
  /** todo: what the caller's seats have to do. done: what he has done. started: his reports. proxy: what waits for those for whom he is proxy today. Oldest first within each seat. to_read: approvals that were copied to him and that he has not marked as read. followed is empty: nobody follows a task. */
  'inbox.list': { params: InboxListParams; result: InboxListResult }
}
