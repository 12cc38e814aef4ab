// Made by scripts/generate.mjs from what the server says of itself. Not to be edited.
import type { CommandResult, Correction, Correction2, EvidenceFile, ReportedValue, ReportedValue2, RevisionRef, UnitRef } from './shapes.js'

export interface ReportDiffParams {
  from: number
  report: string
  to: number
  /** Wait until the answer holds this position. */
  at_least?: string
}
export type ReportDiffResult = Correction

export interface ReportGetParams {
  report: string
  /** Wait until the answer holds this position. */
  at_least?: string
  revision?: number
}
export interface ReportGetResult {
  approval?: string
  content: {
    evidence: EvidenceFile[]
    next_steps: string
    period: string
    problems: string
    summary: string
    values: ReportedValue[]
  }
  /** Of the values that were accepted from these revisions. */
  corrections: Correction2[]
  /** The last position that the answer holds. */
  position: string
  report: string
  revision: RevisionRef
  revisions: RevisionRef[]
  state: "in_approval" | "returned" | "accepted" | "rejected" | "withdrawn" | "ended" | "revoked" | "voided"
  task: string
  title: string
  unit: UnitRef
}

export interface ReportPreviewParams {
  /** Wait until the answer holds this position. */
  at_least?: string
  period?: string
  /** Under way: with its newest values. */
  report?: string
  /** For what is not submitted yet. */
  task?: string
  /** That would submit it. */
  unit?: string
  /** Instead of those of the draft or of the report. */
  values?: ReportedValue2[]
}
export interface ReportPreviewResult {
  /** Whether the route accepts values at all. */
  accepts: boolean
  /** Those whose total is reported, or changes. */
  indicators: ({
    after: {
      actual?: string
      attainment: "met" | "on_schedule" | "behind" | "no_data"
      flagged: boolean
      percent?: string
      period: string
    }
    /** Its newest cell with data. */
    before: {
      actual?: string
      attainment: "met" | "on_schedule" | "behind" | "no_data"
      flagged: boolean
      percent?: string
      period: string
    }
    indicator: string
    measure: string
    name: string
    target: string[]
  })[]
  /** What the route says; else each indicator does. */
  join?: "replace" | "add"
  period: string
  /** The last position that the answer holds. */
  position: string
  progress: {
    after: { met: number; of: number; percent: string; with_data: number }
    before: { met: number; of: number; percent: string; with_data: number }
  }
  report?: string
  task: string
  unit: UnitRef
  values: ({
    after?: string
    /** What the cell amounts to; nothing without data. */
    before?: string
    /** Not so where a state of a later period stands already: the report comes late. */
    counts: boolean
    indicator: string
    /** Accepted values that go on counting. */
    joins: ({
      /** For which it was. */
      period: string
      report: string
      value: ReportedValue
    })[]
    member?: string
    /** Of these, the ones of periods that share days with the report's. */
    overlaps: ({
      /** For which it was. */
      period: string
      report: string
      value: ReportedValue
    })[]
    /** Of the cell. */
    period: string
    /** Accepted values that it replaces. */
    replaces: ({
      /** For which it was. */
      period: string
      report: string
      value: ReportedValue
    })[]
    value: ReportedValue
  })[]
}

export interface ReportReviseParams {
  /** Made by the client; the same id gives the same answer for ever. */
  command_id: string
  period: string
  report: string
  summary: string
  /** Digests of uploaded files, or {digest, name}. */
  evidence?: unknown[]
  /** Refused unless the stream has this many events. */
  expect?: { version?: number }
  next_steps?: string
  /** Why it is submitted as it was, where nothing changed. */
  note?: string
  /** Persons for nodes that the route lets the starter name. */
  picks?: Record<string, string[]>
  problems?: string
  values?: ReportedValue2[]
}
export type ReportReviseResult = CommandResult

export interface ReportSaveParams {
  /** Made by the client; the same id gives the same answer for ever. */
  command_id: string
  task: string
  /** Digests of uploaded files, or {digest, name}. */
  evidence?: unknown[]
  /** Refused unless the stream has this many events. */
  expect?: { version?: number }
  next_steps?: string
  period?: string
  problems?: string
  summary?: string
  /** a unit's code: 1 to 64 of a-z, 0-9, '.' and '-' */
  unit?: string
  values?: ReportedValue2[]
}
export type ReportSaveResult = CommandResult

export interface ReportSubmitParams {
  /** Made by the client; the same id gives the same answer for ever. */
  command_id: string
  period: string
  summary: string
  task: string
  /** Digests of uploaded files, or {digest, name}. */
  evidence?: unknown[]
  /** Refused unless the stream has this many events. */
  expect?: { version?: number }
  next_steps?: string
  /** Persons for nodes that the route lets the starter name. */
  picks?: Record<string, string[]>
  problems?: string
  /** a unit's code: 1 to 64 of a-z, 0-9, '.' and '-' */
  unit?: string
  values?: ReportedValue2[]
}
export type ReportSubmitResult = CommandResult

export interface ReportMethods {
  /** What changed between two revisions. */
  'report.diff': { params: ReportDiffParams; result: ReportDiffResult }
  /** One revision of a report; without a number the newest. */
  'report.get': { params: ReportGetParams; result: ReportGetResult }
  /** What the accepted values become if a report is accepted: of the unit's draft, of the given values, or of a report that is under way. Refuses the values that report.submit would refuse. */
  'report.preview': { params: ReportPreviewParams; result: ReportPreviewResult }
  /** A new revision of a returned report. */
  'report.revise': { params: ReportReviseParams; result: ReportReviseResult }
  /** Keeps the unit's draft, which only the unit sees. */
  'report.save': { params: ReportSaveParams; result: ReportSaveResult }
  /** 反馈: submits a progress report and opens its approval. */
  'report.submit': { params: ReportSubmitParams; result: ReportSubmitResult }
}
