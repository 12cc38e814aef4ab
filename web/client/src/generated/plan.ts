// Made by scripts/generate.mjs from what the server says of itself. Not to be edited.
import type { CommandResult, Fraction, Indicator3, Light, PersonRef, PointInLog, UnitRef, UnitSeat3 } from './shapes.js'

export interface PlanBoardParams {
  /** a plan id: 1 to 64 of a-z, 0-9 and '-' */
  plan: string
  at?: PointInLog
  /** Wait until the answer holds this position. */
  at_least?: string
}
export interface PlanBoardResult {
  at?: string
  items: ({
    approvals_wait: ({
      approval: string
      node: string
      person?: PersonRef
      seat?: UnitSeat3
      since: string
      slot: string
      /** Nobody holds it: it is with the head of the office, or the leader. */
      vacant: boolean
    })[]
    /** Time of the task's last event. */
    changed: string
    co: UnitRef[]
    counts: {
      accepted_reports: number
      assignments: number
      /** Of accepted values. */
      corrections: number
      objected: number
      pending_reports: number
      returned_reports: number
      waiting: number
    }
    /** The day that counts, with the days of ended holds. */
    due?: string
    /** The caller sees a part of the task, for an approval. */
    guest?: boolean
    held: boolean
    lead: UnitRef
    light: Light
    next_report_due?: string
    no: number
    open_approvals: number
    /** The mandate's day, where holds moved `due`. */
    ordered_due?: string
    progress: { met: number; of: number; percent: string; with_data: number }
    state: "absent" | "draft" | "pending" | "established" | "issued" | "done"
    /** Escalated, and silent for as long again. */
    stuck_approvals: number
    task: string
    title: string
    version: number
  })[]
  plan: {
    content: string
    document_no: string
    /** a plan id: 1 to 64 of a-z, 0-9 and '-' */
    plan: string
    responsibility: string
    /** Tasks that the caller may see. */
    tasks: number
    title: string
    zone: string
  }
  /** The last position that the answer holds. */
  position: string
  /** Tasks that are left out because what is stored of them cannot be read; the operator has to run `duban rebuild`. */
  unreadable?: string[]
}

export interface PlanImportParams {
  /** Made by the client; the same id gives the same answer for ever. */
  command_id: string
  plan: {
    document_no?: string
    /** a plan id: 1 to 64 of a-z, 0-9 and '-' */
    plan: string
    responsibility?: string
    tasks: ({
      co?: string[]
      due?: string
      indicators?: Indicator3[]
      /** a unit's code: 1 to 64 of a-z, 0-9, '.' and '-' */
      lead: string
      no: number
      text?: string
      title: string
    })[]
    title: string
    units?: ({
      /** a unit's code: 1 to 64 of a-z, 0-9, '.' and '-' */
      code: string
      kind?: string
      name: string
    })[]
    zone?: string
  }
  /** Refused unless the stream has this many events. */
  expect?: { version?: number }
}
export type PlanImportResult = CommandResult

export interface PlanListParams {
  /** Wait until the answer holds this position. */
  at_least?: string
  cursor?: string
  limit?: number
}
export interface PlanListResult {
  items: ({
    content: string
    document_no: string
    /** a plan id: 1 to 64 of a-z, 0-9 and '-' */
    plan: string
    responsibility: string
    /** Tasks that the caller may see. */
    tasks: number
    title: string
    zone: string
  })[]
  /** The cursor of the next page, "" at the end. */
  next: string
  /** The last position that the answer holds. */
  position: string
  /** Plans that are left out because what is stored of them cannot be read; told to those who see every task. */
  unreadable?: string[]
}

export interface PlanRankingParams {
  /** a plan id: 1 to 64 of a-z, 0-9 and '-' */
  plan: string
  /** Wait until the answer holds this position. */
  at_least?: string
  /** First day: parts count when given, sign-ins on their last day, reports and revisions when submitted. */
  from?: string
  /** Last day. */
  until?: string
}
export interface PlanRankingResult {
  from?: string
  items: ({
    /** Of the reports submitted. */
    accepted_reports: Fraction
    led: number
    /** 退签: parts objected to, of the parts given. */
    objections: Fraction
    /** Among all units of the plan; equals share one. */
    place: number
    /** Of the tasks led and taken part in, by the lights of today. */
    red: Fraction
    /** 退回率: revisions returned by anyone, each once, of the revisions submitted. */
    returned_revisions: Fraction
    /** 签收及时率: of the sign-ins that were due; late and missing ones count against. Held days are given back. */
    signed_in_time: Fraction
    taken_part: number
    unit: UnitRef
    /** As red. */
    yellow: Fraction
  })[]
  /** a plan id: 1 to 64 of a-z, 0-9 and '-' */
  plan: string
  /** The last position that the answer holds. */
  position: string
  today: string
  /** Tasks that are left out because what is stored of them cannot be read; the operator has to run `duban rebuild`. */
  unreadable?: string[]
  until?: string
}

export interface PlanMethods {
  /** One row per task of the plan that the caller may see. With `at`: as it stood then, with the lights of that day; names and rights are those of today. */
  'plan.board': { params: PlanBoardParams; result: PlanBoardResult }
  /** Registers and establishes every task of a list; the same list again changes nothing. */
  'plan.import': { params: PlanImportParams; result: PlanImportResult }
  /** The plans with a task that the caller may see. */
  'plan.list': { params: PlanListParams; result: PlanListResult }
  /** Figures of each unit of the plan, ordered by signed_in_time, the greater rate first, then by returned_revisions, the smaller rate first, then as the plan's tasks name the units. Nothing due counts as all in time. A unit sees its own row, an auditor those of his mandate. */
  'plan.ranking': { params: PlanRankingParams; result: PlanRankingResult }
}
