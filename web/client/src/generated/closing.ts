// Made by scripts/generate.mjs from what the server says of itself. Not to be edited.
import type { CommandResult, EvidenceFile, RevisionRef, UnitRef } from './shapes.js'

export interface ClosingGetParams {
  closing: string
  /** Wait until the answer holds this position. */
  at_least?: string
  revision?: number
}
export interface ClosingGetResult {
  approval?: string
  closing: string
  /** Of the newest revision. */
  content: {
    conclusion: string
    evidence: EvidenceFile[]
    indicators: ({ explanation: string; indicator: string })[]
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

export interface ClosingRequestParams {
  /** Made by the client; the same id gives the same answer for ever. */
  command_id: string
  conclusion: string
  task: string
  /** Digests of uploaded files, or {digest, name}. */
  evidence?: unknown[]
  /** Refused unless the stream has this many events. */
  expect?: { version?: number }
  /** Why an indicator that is not met may stand as it is. */
  indicators?: ({
    explanation: string
    /** 1 to 64 letters, digits, '.', '-' or '_' */
    indicator: string
  })[]
  /** Persons for nodes that the route lets the starter name. */
  picks?: Record<string, string[]>
  /** a unit's code: 1 to 64 of a-z, 0-9, '.' and '-' */
  unit?: string
}
export type ClosingRequestResult = CommandResult

export interface ClosingReviseParams {
  closing: string
  /** Made by the client; the same id gives the same answer for ever. */
  command_id: string
  conclusion: string
  /** Digests of uploaded files, or {digest, name}. */
  evidence?: unknown[]
  /** Refused unless the stream has this many events. */
  expect?: { version?: number }
  /** Why an indicator that is not met may stand as it is. */
  indicators?: ({
    explanation: string
    /** 1 to 64 letters, digits, '.', '-' or '_' */
    indicator: string
  })[]
  /** Why it is submitted as it was, where nothing changed. */
  note?: string
  /** Persons for nodes that the route lets the starter name. */
  picks?: Record<string, string[]>
}
export type ClosingReviseResult = CommandResult

export interface ClosingMethods {
  /** One revision of a closing; without a number the newest. */
  'closing.get': { params: ClosingGetParams; result: ClosingGetResult }
  /** 办结: the lead asks that the task be struck off. */
  'closing.request': { params: ClosingRequestParams; result: ClosingRequestResult }
  /** A new revision of a returned closing. */
  'closing.revise': { params: ClosingReviseParams; result: ClosingReviseResult }
}
