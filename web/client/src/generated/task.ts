// Made by scripts/generate.mjs from what the server says of itself. Not to be edited.
import type { ApprovalNode, ApprovalRound, CommandResult, Correction2, EvidenceFile, Indicator, Indicator2, Light, PersonRef, PointInLog, ReportedValue, RevisionRef, UnitRef, UnitSeat, UnitSeat3 } from './shapes.js'

export interface TaskAmendParams {
  /** Made by the client; the same id gives the same answer for ever. */
  command_id: string
  reason: string
  task: string
  co?: string[]
  document_no?: string
  /** Another day than the mandate's counts as it is: holds until then add nothing to it. */
  due?: string
  /** Refused unless the stream has this many events. */
  expect?: { version?: number }
  indicators?: Indicator2[]
  /** a unit's code: 1 to 64 of a-z, 0-9, '.' and '-' */
  lead?: string
  report_period?: "once" | "week" | "month" | "quarter" | "term" | "year"
  /** For what is submitted from here on. */
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
  text?: string
  title?: string
}
export type TaskAmendResult = CommandResult

export interface TaskApproveParams {
  /** Made by the client; the same id gives the same answer for ever. */
  command_id: string
  decision: "approve" | "return"
  task: string
  /** Refused unless the stream has this many events. */
  expect?: { version?: number }
  /** Required for return. */
  opinion?: string
}
export type TaskApproveResult = CommandResult

export interface TaskGetParams {
  task: string
  at?: PointInLog
  /** Wait until the answer holds this position. */
  at_least?: string
}
export interface TaskGetResult {
  amendments: ({
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
    state: "in_approval" | "returned" | "accepted" | "rejected" | "withdrawn" | "ended" | "revoked" | "voided"
    unit: UnitRef
  })[]
  approvals: ({
    amendment?: string
    approval: string
    /** Its sub-routes. */
    children?: string[]
    closing?: string
    comments: ({ at: string; by: PersonRef; text: string; to: PersonRef[] })[]
    copies: ({
      at?: string
      by: PersonRef
      diff?: { from: number; to: number }
      node?: string
      read_at?: string
      reason: "node" | "jump" | "keep" | "manual" | "notify"
      to: PersonRef
    })[]
    /** What was issued, flagged, archived or sent back. */
    effects?: ({
      do?: "accept_values" | "set_due" | "close_task" | "reopen" | "issue" | "flag" | "notify" | "amend" | "issue_task" | "archive"
      form?: string
      join?: "replace" | "add"
      key?: string
      state?: string
      to?: "all_units" | "lead" | "coop" | "own" | "office"
      why?: string
    })[]
    extension?: string
    /** Codes of the units outside of the task that see it for this approval. */
    guests: string[]
    /** Closed rounds in the order in which they closed. */
    history: ApprovalRound[]
    issue?: string
    no: number
    /** Every node in the route's order, with its newest round. */
    nodes: ApprovalNode[]
    open: ({ name: string; node: string; opened: string; round: number; who: UnitSeat[] })[]
    /** Of a sub-route. */
    parent?: { approval: string; node: string }
    /** Why it ended, where nobody ended it. */
    reason?: string
    report?: string
    revision: number
    revision_digest: string
    route: string
    route_version: number
    /** Returns whose target is not passed yet, newest last. */
    stack: ({
      branches: "cancel" | "keep"
      by: string
      from: string
      revision: number
      slot: string
      then: "rerun" | "jump" | "ask"
      to: string
    })[]
    starter: PersonRef
    state: "running" | "returned" | "passed" | "rejected" | "held" | "withdrawn" | "ended" | "revoked" | "voided"
    subject: {
      id: string
      kind: "report" | "extension" | "amendment" | "issue" | "closing"
      unit: string
    }
    unit: UnitRef
    ver: number
    /** Who can act now. */
    waiting: ({ holders: string[]; node: string; slot: string })[]
  })[]
  assignments: ({
    /** The unit's own day, if it was moved, or the task's, whichever is later. */
    due?: string
    duty: string
    given: string
    handler?: PersonRef
    objection: string
    parts: ({ due?: string; handler?: PersonRef; title: string })[]
    role: "lead" | "co"
    sign_by?: string
    /** Not signed in and past the last day. */
    sign_in_late: boolean
    sign_in_urged: boolean
    signed_at?: string
    signed_by?: PersonRef
    /** Signed in after the last day. */
    signed_late: boolean
    state: "waiting" | "objected" | "signed" | "working" | "released"
    unit: UnitRef
  })[]
  at?: string
  closings: ({
    approval?: string
    closing: string
    /** Of the newest revision. */
    content: {
      conclusion: string
      evidence: EvidenceFile[]
      indicators: ({ explanation: string; indicator: string })[]
    }
    state: "in_approval" | "returned" | "accepted" | "rejected" | "withdrawn" | "ended" | "revoked" | "voided"
    unit: UnitRef
  })[]
  drafts: ({
    author: PersonRef
    content: {
      evidence: EvidenceFile[]
      next_steps: string
      period: string
      problems: string
      summary: string
      values: ReportedValue[]
    }
    time: string
    unit: UnitRef
  })[]
  /** The due day that counts: the mandate's, and the days of the holds since it was set. An open hold adds its days when it ends. */
  due?: string
  extensions: ({
    approval?: string
    /** Of the newest revision. */
    content: { new_due: string; reason: string }
    extension: string
    /** The day that it moved, from and to. */
    moved?: { at: string; from: string; to: string }
    state: "in_approval" | "returned" | "accepted" | "rejected" | "withdrawn" | "ended" | "revoked" | "voided"
    unit: UnitRef
  })[]
  /** done: the day on which the lead asked for the closing. */
  finished?: string
  /** The caller is one of them: only what he sees of reports and approvals is here, and no values. */
  guest?: boolean
  /** Codes of the units outside that see a part of the task, for an approval. */
  guests: string[]
  held: boolean
  holds: ({ from: string; reason: string; until?: string })[]
  indicators: ({
    accepted: ({
      corrections: Correction2[]
      /** Not so once a state of a later period has replaced it. */
      counts: boolean
      period: string
      report: string
      /** The period of the report. */
      reported?: string
      /** As it counts, corrected or not. */
      value: ReportedValue
    })[]
    cells: ({
      actual?: string
      attainment: "met" | "on_schedule" | "behind" | "no_data"
      flagged: boolean
      percent?: string
      period: string
    })[]
    current: {
      actual?: string
      attainment: "met" | "on_schedule" | "behind" | "no_data"
      flagged: boolean
      percent?: string
      period: string
    }
    indicator: Indicator
    /** Values of reports that are not accepted yet; they do not count. */
    pending: ({
      period: string
      report: string
      /** The period of the report. */
      reported?: string
      value: ReportedValue
    })[]
  })[]
  issued_at?: string
  /** Approvals of its issue that were asked for. */
  issues: ({
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
    state: "in_approval" | "returned" | "accepted" | "rejected" | "withdrawn" | "ended" | "revoked" | "voided"
    unit: UnitRef
  })[]
  light: Light
  mandate: {
    co: UnitRef[]
    document_no: string
    /** As ordered: days on hold are not in it. */
    due?: string
    indicators: Indicator[]
    lead: UnitRef
    report_period?: "once" | "week" | "month" | "quarter" | "term" | "year"
    source: string
    text: string
    title: string
  }
  next_report_due?: string
  no: number
  past_mandates: ({
    mandate: {
      co: UnitRef[]
      document_no: string
      /** As ordered: days on hold are not in it. */
      due?: string
      indicators: Indicator[]
      lead: UnitRef
      report_period?: "once" | "week" | "month" | "quarter" | "term" | "year"
      source: string
      text: string
      title: string
    }
    reason: string
    until: string
  })[]
  /** a plan id: 1 to 64 of a-z, 0-9 and '-' */
  plan: string
  /** The last position that the answer holds. */
  position: string
  progress: { met: number; of: number; percent: string; with_data: number }
  registered_at: string
  reports: ({
    approval?: string
    /** Of the newest revision. */
    content?: {
      evidence: EvidenceFile[]
      next_steps: string
      period: string
      problems: string
      summary: string
      values: ReportedValue[]
    }
    /** Of its values, once they were accepted; the revisions stay as they were. */
    corrections: Correction2[]
    no: number
    report: string
    revisions: RevisionRef[]
    state: "in_approval" | "returned" | "accepted" | "rejected" | "withdrawn" | "ended" | "revoked" | "voided"
    unit: UnitRef
  })[]
  returned_reason?: string
  state: "absent" | "draft" | "pending" | "established" | "issued" | "done"
  task: string
  urges: ({
    by: PersonRef
    level: "blue" | "yellow" | "red"
    text: string
    time: string
    units: UnitRef[]
  })[]
  version: number
}

export interface TaskHoldParams {
  /** Made by the client; the same id gives the same answer for ever. */
  command_id: string
  reason: string
  task: string
  /** Refused unless the stream has this many events. */
  expect?: { version?: number }
}
export type TaskHoldResult = CommandResult

export interface TaskIssueParams {
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
export type TaskIssueResult = CommandResult

export interface TaskListParams {
  /** Wait until the answer holds this position. */
  at_least?: string
  cursor?: string
  filter?: {
    light?: ("none" | "green" | "yellow" | "red")[]
    /** a plan id: 1 to 64 of a-z, 0-9 and '-' */
    plan?: string
    state?: ("held" | "draft" | "pending" | "established" | "issued" | "done")[]
    /** Words in the title or the text. */
    text?: string
    /** Units with a part in the task. */
    unit?: string[]
  }
  limit?: number
}
export interface TaskListResult {
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
  /** The cursor of the next page, "" at the end. */
  next: string
  /** The last position that the answer holds. */
  position: string
  /** Tasks that are left out because what is stored of them cannot be read; the operator has to run `duban rebuild`. */
  unreadable?: string[]
}

export interface TaskRegisterParams {
  /** Made by the client; the same id gives the same answer for ever. */
  command_id: string
  /** a unit's code: 1 to 64 of a-z, 0-9, '.' and '-' */
  lead: string
  task: string
  title: string
  co?: string[]
  document_no?: string
  due?: string
  /** Refused unless the stream has this many events. */
  expect?: { version?: number }
  indicators?: Indicator2[]
  report_period?: "once" | "week" | "month" | "quarter" | "term" | "year"
  source?: string
  text?: string
}
export type TaskRegisterResult = CommandResult

export interface TaskResumeParams {
  /** Made by the client; the same id gives the same answer for ever. */
  command_id: string
  task: string
  /** Refused unless the stream has this many events. */
  expect?: { version?: number }
  opinion?: string
}
export type TaskResumeResult = CommandResult

export interface TaskTimelineParams {
  task: string
  /** Wait until the answer holds this position. */
  at_least?: string
  cursor?: string
  limit?: number
}
export interface TaskTimelineResult {
  items: ({
    actor: PersonRef
    /** The event as it stands in the log. */
    event: Record<string, unknown>
    on_behalf_of?: PersonRef
    position: string
    revision: number
    time: string
    type: string
  })[]
  /** The cursor of the next page, "" at the end. */
  next: string
  /** The last position that the answer holds. */
  position: string
}

export interface TaskUrgeParams {
  /** Made by the client; the same id gives the same answer for ever. */
  command_id: string
  task: string
  /** Refused unless the stream has this many events. */
  expect?: { version?: number }
  /** blue when left out. */
  level?: "blue" | "yellow" | "red"
  text?: string
  /** Without it: all with an open part. */
  units?: string[]
}
export type TaskUrgeResult = CommandResult

export interface TaskMethods {
  /** 变更: replaces the given parts of the mandate; the old one is kept. */
  'task.amend': { params: TaskAmendParams; result: TaskAmendResult }
  /** 立项审批: establishes the task or sends it back. */
  'task.approve': { params: TaskApproveParams; result: TaskApproveResult }
  /** Everything about one task. With `at`: as it stood then, with the lights of that day; names and rights are those of today. */
  'task.get': { params: TaskGetParams; result: TaskGetResult }
  /** 挂起: stops all clocks of the task. */
  'task.hold': { params: TaskHoldParams; result: TaskHoldResult }
  /** 交办: gives the task to its units. */
  'task.issue': { params: TaskIssueParams; result: TaskIssueResult }
  /** Tasks of all plans by plan and number. */
  'task.list': { params: TaskListParams; result: TaskListResult }
  /** 立项登记: puts a task on its plan's list. */
  'task.register': { params: TaskRegisterParams; result: TaskRegisterResult }
  /** 恢复: ends the hold. */
  'task.resume': { params: TaskResumeParams; result: TaskResumeResult }
  /** The events of a task, oldest first. */
  'task.timeline': { params: TaskTimelineParams; result: TaskTimelineResult }
  /** 催办: urges units that have an open part. */
  'task.urge': { params: TaskUrgeParams; result: TaskUrgeResult }
}
