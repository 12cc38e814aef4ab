// Made by scripts/generate.mjs from what the server says of itself. Not to be edited.
import type { CommandResult, RevisionRef, UnitRef } from './shapes.js'

export interface IssueGetParams {
  issue: string
  /** Wait until the answer holds this position. */
  at_least?: string
  revision?: number
}
export interface IssueGetResult {
  approval?: string
  /** Of the newest revision. */
  content: {
    reason: string
    terms: {
      due?: string
      duties: ({ duty: string; unit: string })[]
      key: boolean
      report_period?: "once" | "week" | "month" | "quarter" | "term" | "year"
      routes: ({ kind: "report" | "extension" | "amendment" | "issue" | "closing"; route: string })[]
      sign_by?: string
    }
  }
  issue: string
  /** The last position that the answer holds. */
  position: string
  revision: RevisionRef
  revisions: RevisionRef[]
  state: "in_approval" | "returned" | "accepted" | "rejected" | "withdrawn" | "ended" | "revoked" | "voided"
  task: string
  title: string
  unit: UnitRef
}

export interface IssueRequestParams {
  /** Made by the client; the same id gives the same answer for ever. */
  command_id: string
  task: string
  /** Required unless the mandate has one. */
  due?: string
  duties?: ({
    duty: string
    /** a unit's code: 1 to 64 of a-z, 0-9, '.' and '-' */
    unit: string
  })[]
  /** Refused unless the stream has this many events. */
  expect?: { version?: number }
  /** 重点任务; routes may ask for it. */
  key?: boolean
  /** Persons for nodes that the route lets the starter name. */
  picks?: Record<string, string[]>
  reason?: string
  report_period?: "once" | "week" | "month" | "quarter" | "term" | "year"
  /** Routes of their own for what is submitted on the task. */
  routes?: {
    /** an id: 1 to 64 of a-z, 0-9, '.', '-' and '_' */
    amendment?: string
    /** an id: 1 to 64 of a-z, 0-9, '.', '-' and '_' */
    closing?: string
    /** an id: 1 to 64 of a-z, 0-9, '.', '-' and '_' */
    extension?: string
    /** an id: 1 to 64 of a-z, 0-9, '.', '-' and '_' */
    issue?: string
    /** an id: 1 to 64 of a-z, 0-9, '.', '-' and '_' */
    report?: string
  }
  sign_by?: string
}
export type IssueRequestResult = CommandResult

export interface IssueReviseParams {
  /** Made by the client; the same id gives the same answer for ever. */
  command_id: string
  issue: string
  /** Required unless the mandate has one. */
  due?: string
  duties?: ({
    duty: string
    /** a unit's code: 1 to 64 of a-z, 0-9, '.' and '-' */
    unit: string
  })[]
  /** Refused unless the stream has this many events. */
  expect?: { version?: number }
  /** 重点任务; routes may ask for it. */
  key?: boolean
  /** Why it is submitted as it was, where nothing changed. */
  note?: string
  /** Persons for nodes that the route lets the starter name. */
  picks?: Record<string, string[]>
  reason?: string
  report_period?: "once" | "week" | "month" | "quarter" | "term" | "year"
  /** Routes of their own for what is submitted on the task. */
  routes?: {
    /** an id: 1 to 64 of a-z, 0-9, '.', '-' and '_' */
    amendment?: string
    /** an id: 1 to 64 of a-z, 0-9, '.', '-' and '_' */
    closing?: string
    /** an id: 1 to 64 of a-z, 0-9, '.', '-' and '_' */
    extension?: string
    /** an id: 1 to 64 of a-z, 0-9, '.', '-' and '_' */
    issue?: string
    /** an id: 1 to 64 of a-z, 0-9, '.', '-' and '_' */
    report?: string
  }
  sign_by?: string
}
export type IssueReviseResult = CommandResult

export interface IssueMethods {
  /** One revision of an issue; without a number the newest. */
  'issue.get': { params: IssueGetParams; result: IssueGetResult }
  /** 交办审批: asks that an established task be issued on these terms. */
  'issue.request': { params: IssueRequestParams; result: IssueRequestResult }
  /** A new revision of a returned issue. */
  'issue.revise': { params: IssueReviseParams; result: IssueReviseResult }
}
