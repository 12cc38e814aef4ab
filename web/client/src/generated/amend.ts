// Made by scripts/generate.mjs from what the server says of itself. Not to be edited.
import type { CommandResult, Indicator, Indicator2, RevisionRef, UnitRef } from './shapes.js'

export interface AmendGetParams {
  amendment: string
  /** Wait until the answer holds this position. */
  at_least?: string
  revision?: number
}
export interface AmendGetResult {
  amendment: string
  /** What it changed in the mandate, from and to. */
  applied?: {
    at: string
    from: {
      co?: string[]
      document_no?: string
      due?: string
      indicators?: Indicator[]
      lead?: string
      report_period?: "once" | "week" | "month" | "quarter" | "term" | "year"
      text?: string
      title?: string
    }
    to: {
      co?: string[]
      document_no?: string
      due?: string
      indicators?: Indicator[]
      lead?: string
      report_period?: "once" | "week" | "month" | "quarter" | "term" | "year"
      text?: string
      title?: string
    }
  }
  approval?: string
  /** Of the newest revision. */
  content: {
    changes: {
      co?: string[]
      document_no?: string
      due?: string
      indicators?: Indicator[]
      lead?: string
      report_period?: "once" | "week" | "month" | "quarter" | "term" | "year"
      text?: string
      title?: string
    }
    reason: string
  }
  /** What the mandate said of the same members when that was asked for. */
  from: {
    co?: string[]
    document_no?: string
    due?: string
    indicators?: Indicator[]
    lead?: string
    report_period?: "once" | "week" | "month" | "quarter" | "term" | "year"
    text?: string
    title?: string
  }
  /** The last position that the answer holds. */
  position: string
  revision: RevisionRef
  revisions: RevisionRef[]
  state: "in_approval" | "returned" | "accepted" | "rejected" | "withdrawn" | "ended" | "revoked" | "voided"
  task: string
  title: string
  unit: UnitRef
}

export interface AmendRequestParams {
  /** What is given replaces that of the mandate. */
  changes: {
    co?: string[]
    document_no?: string
    due?: string
    indicators?: Indicator2[]
    /** a unit's code: 1 to 64 of a-z, 0-9, '.' and '-' */
    lead?: string
    report_period?: "once" | "week" | "month" | "quarter" | "term" | "year"
    text?: string
    title?: string
  }
  /** Made by the client; the same id gives the same answer for ever. */
  command_id: string
  reason: string
  task: string
  /** Refused unless the stream has this many events. */
  expect?: { version?: number }
  /** Persons for nodes that the route lets the starter name. */
  picks?: Record<string, string[]>
  /** a unit's code: 1 to 64 of a-z, 0-9, '.' and '-' */
  unit?: string
}
export type AmendRequestResult = CommandResult

export interface AmendReviseParams {
  amendment: string
  /** What is given replaces that of the mandate. */
  changes: {
    co?: string[]
    document_no?: string
    due?: string
    indicators?: Indicator2[]
    /** a unit's code: 1 to 64 of a-z, 0-9, '.' and '-' */
    lead?: string
    report_period?: "once" | "week" | "month" | "quarter" | "term" | "year"
    text?: string
    title?: string
  }
  /** Made by the client; the same id gives the same answer for ever. */
  command_id: string
  reason: string
  /** Refused unless the stream has this many events. */
  expect?: { version?: number }
  /** Why it is submitted as it was, where nothing changed. */
  note?: string
  /** Persons for nodes that the route lets the starter name. */
  picks?: Record<string, string[]>
}
export type AmendReviseResult = CommandResult

export interface AmendMethods {
  /** One revision of an amendment; without a number the newest. */
  'amend.get': { params: AmendGetParams; result: AmendGetResult }
  /** 申请变更: a unit of the task, or the office, asks that the mandate be changed. */
  'amend.request': { params: AmendRequestParams; result: AmendRequestResult }
  /** A new revision of a returned amendment. */
  'amend.revise': { params: AmendReviseParams; result: AmendReviseResult }
}
