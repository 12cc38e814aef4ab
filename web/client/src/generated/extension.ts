// Made by scripts/generate.mjs from what the server says of itself. Not to be edited.
import type { CommandResult, RevisionRef, UnitRef } from './shapes.js'

export interface ExtensionGetParams {
  extension: string
  /** Wait until the answer holds this position. */
  at_least?: string
  revision?: number
}
export interface ExtensionGetResult {
  approval?: string
  /** Of the newest revision. */
  content: { new_due: string; reason: string }
  extension: string
  /** The day that it moved, from and to. */
  moved?: { at: string; from: string; to: string }
  /** The last position that the answer holds. */
  position: string
  revision: RevisionRef
  revisions: RevisionRef[]
  state: "in_approval" | "returned" | "accepted" | "rejected" | "withdrawn" | "ended" | "revoked" | "voided"
  task: string
  title: string
  unit: UnitRef
}

export interface ExtensionRequestParams {
  /** Made by the client; the same id gives the same answer for ever. */
  command_id: string
  /** Later than the day that counts. */
  new_due: string
  reason: string
  task: string
  /** Refused unless the stream has this many events. */
  expect?: { version?: number }
  /** Persons for nodes that the route lets the starter name. */
  picks?: Record<string, string[]>
  /** a unit's code: 1 to 64 of a-z, 0-9, '.' and '-' */
  unit?: string
}
export type ExtensionRequestResult = CommandResult

export interface ExtensionReviseParams {
  /** Made by the client; the same id gives the same answer for ever. */
  command_id: string
  extension: string
  /** Later than the day that counts. */
  new_due: string
  reason: string
  /** Refused unless the stream has this many events. */
  expect?: { version?: number }
  /** Why it is submitted as it was, where nothing changed. */
  note?: string
  /** Persons for nodes that the route lets the starter name. */
  picks?: Record<string, string[]>
}
export type ExtensionReviseResult = CommandResult

export interface ExtensionMethods {
  /** One revision of an extension; without a number the newest. */
  'extension.get': { params: ExtensionGetParams; result: ExtensionGetResult }
  /** 延期: asks for a later day. The lead's moves the task's day, a cooperating unit's that of its own part. */
  'extension.request': { params: ExtensionRequestParams; result: ExtensionRequestResult }
  /** A new revision of a returned extension. */
  'extension.revise': { params: ExtensionReviseParams; result: ExtensionReviseResult }
}
