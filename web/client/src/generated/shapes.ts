// Made by scripts/generate.mjs from what the server says of itself. Not to be edited.
export interface ApprovalNode {
  /** The last day, fixed when the round opened. */
  due?: string
  /** The first moment after. */
  due_at?: string
  due_rule?: {
    /** The day that was counted from. */
    base: string
    /** Version that was counted on. */
    calendar?: number
    from: "assigned" | "period_end" | "task_due"
    /** Hours. */
    h?: number
    /** Through a year that is not published. */
    provisional?: boolean
    /** Working days. */
    wd?: number
  }
  kind: "task" | "choose" | "par" | "inc" | "each" | "cc" | "goto" | "auto" | "wait" | "sub"
  name: string
  node: string
  opened?: string
  reason?: "none" | "empty" | "self" | "dedupe" | "when" | "goto" | "left" | "jump" | "migrated"
  round: number
  slots?: ApprovalSlot[]
  state: "idle" | "open" | "approved" | "dissented" | "rejected" | "returned" | "skipped" | "cancelled" | "deemed"
  units?: ({ state: "open" | "consented" | "dissented" | "failed" | "cancelled"; unit: string })[]
}

export interface ApprovalRound {
  branches?: "cancel" | "keep"
  end: "idle" | "open" | "approved" | "dissented" | "rejected" | "returned" | "skipped" | "cancelled" | "deemed"
  name: string
  node: string
  on_behalf_of?: PersonRef
  opened: string
  opinion: string
  person?: PersonRef
  reason?: string
  return_to?: string
  revision: number
  revision_digest: string
  round: number
  slots: ApprovalSlot[]
  then?: "rerun" | "jump" | "ask"
  time: string
}

export interface ApprovalSlot {
  added_by?: string
  at?: string
  bound_to?: string
  by?: string
  claimed_by?: string
  delegation?: ({ at: string; from: string; opinion?: string; question?: string; to: string })[]
  /** Asked because time was up. */
  escalated?: boolean
  holders?: string[]
  on_behalf_of?: string
  opinion?: string
  pos?: "before" | "with" | "after"
  reason?: "none" | "empty" | "self" | "dedupe" | "when" | "goto" | "left" | "jump" | "migrated"
  reassigned?: boolean
  revision?: number
  said?: "yes" | "no"
  seat?: Seat
  slot: string
  state: "idle" | "open" | "approved" | "rejected" | "returned" | "cancelled" | "skipped" | "kept" | "waiting" | "passing" | "transferred" | "timed_out" | "deemed" | "dropped"
  /** Escalated, and silent for as long again. */
  stuck?: boolean
  superior?: boolean
  taken_back?: ({
    at: string
    by: string
    decided: string
    on_behalf_of?: string
    opinion: string
    said?: "yes" | "no"
  })[]
  to_slot?: string
  veto?: boolean
  weight?: number
  who?: string
}

export interface CommandResult {
  amendment?: string
  approval?: string
  closing?: string
  copied?: string[]
  /** An earlier answer to the same command_id. */
  duplicate: boolean
  extension?: string
  issue?: string
  left?: ({
    approval: string
    node: string
    reason: "already_signer" | "own_report" | "no_sight" | "other_unit"
    slot: string
  })[]
  moved?: ({ approval: string; node: string; slot: string })[]
  /** a plan id: 1 to 64 of a-z, 0-9 and '-' */
  plan?: string
  position: string
  report?: string
  revision?: number
  /** an id: 1 to 64 of a-z, 0-9, '.', '-' and '_' */
  route?: string
  task?: string
  urged?: string[]
  ver?: number
  version: number
}

export interface Correction {
  evidence: { added: EvidenceFile[]; removed: EvidenceFile[] }
  from: RevisionRef
  /** The last position that the answer holds. */
  position: string
  report: string
  texts: ({ field: string; from: string; to: string })[]
  to: RevisionRef
  values: ({
    from?: ReportedValue
    indicator: string
    member: string
    period: string
    to?: ReportedValue
  })[]
}

export interface Correction2 {
  by: PersonRef
  from: ReportedValue
  indicator: string
  /** Of the task's corrections. */
  no: number
  on_behalf_of?: PersonRef
  /** Of the cell. */
  period: string
  reason: string
  report: string
  /** That was accepted. */
  revision: number
  time: string
  to: ReportedValue
}

export interface EvidenceFile {
  bytes: number
  digest: string
  media_type: string
  name: string
}

export interface Fraction {
  denominator: number
  numerator: number
}

export interface Indicator {
  accumulate: "sum" | "last" | "avg" | "max"
  base: string
  check: string
  decimals: number
  denominator: string
  evidence: { count_min: number; kinds: string[]; required: "never" | "report" | "closing" }
  horizon_years: number[]
  id: string
  kind: "count" | "amount" | "ratio" | "rate_of" | "level"
  members: string[]
  name: string
  numerator: string
  op: "ge" | "le" | "eq" | "between" | "done" | "judged" | "text"
  over: "ok" | "flag"
  owner: string
  period: "once" | "week" | "month" | "quarter" | "term" | "year"
  roll_up: "all" | "share" | "min"
  schedule: "none" | "linear" | "steps"
  scope: "zone" | "unit" | "school" | "member"
  score?: { cap: string; formula: string; points: string; veto: boolean }
  source: string
  start: string
  steps: ({ date: string; value: string })[]
  stretch: string
  target: string[]
  unit: string
  valid_from?: string
  valid_until?: string
}

export interface Indicator2 {
  accumulate?: "sum" | "last" | "avg" | "max"
  base?: string
  check?: string
  decimals?: number
  denominator?: string
  evidence?: { count_min?: number; kinds?: string[]; required?: "never" | "report" | "closing" }
  horizon_years?: number[]
  /** 1 to 64 letters, digits, '.', '-' or '_' */
  id: string
  kind?: "count" | "amount" | "ratio" | "rate_of" | "level"
  members?: string[]
  name: string
  numerator?: string
  op: "ge" | "le" | "eq" | "between" | "done" | "judged" | "text"
  over?: "ok" | "flag"
  owner?: string
  period?: "once" | "week" | "month" | "quarter" | "term" | "year"
  roll_up?: "all" | "share" | "min"
  schedule?: "none" | "linear" | "steps"
  scope?: "zone" | "unit" | "school" | "member"
  score?: { cap?: string; formula?: string; points?: string; veto?: boolean }
  source?: string
  start?: string
  steps?: ({ date: string; value: string })[]
  stretch?: string
  target?: string[]
  unit?: string
  valid_from?: string
  valid_until?: string
}

export interface Indicator3 {
  accumulate?: "sum" | "last" | "avg" | "max"
  base?: string
  check?: string
  decimals?: number
  denominator?: string
  evidence?: { count_min?: number; kinds?: string[]; required?: "never" | "report" | "closing" }
  /** The same as years, as the methods of tasks call it. */
  horizon_years?: number[]
  /** 1 to 64 letters, digits, '.', '-' or '_' */
  id: string
  kind?: "count" | "amount" | "ratio" | "rate_of" | "level"
  members?: string[]
  name: string
  numerator?: string
  op: "ge" | "le" | "eq" | "between" | "done" | "judged" | "text" | "yes_no"
  over?: "ok" | "flag"
  owner?: string
  period?: "once" | "week" | "month" | "quarter" | "term" | "year"
  roll_up?: "all" | "share" | "min"
  schedule?: "none" | "linear" | "steps"
  scope?: "zone" | "unit" | "school" | "member"
  score?: { cap?: string; formula?: string; points?: string; veto?: boolean }
  source?: string
  start?: string
  steps?: ({ date: string; value: string })[]
  stretch?: string
  /** The same as value, as the methods of tasks call it. */
  target?: string[]
  unit?: string
  valid_from?: string
  valid_until?: string
  /** The target, under the name that issued lists give it. */
  value?: unknown
  /** The horizon, under the name that issued lists give it. */
  years?: number[]
}

export interface Light {
  days_left: number
  label: string
  light: "none" | "green" | "yellow" | "red"
}

export interface PersonRef {
  id: string
  name: string
}

export interface PointInLog {
  position?: string
  time?: string
}

export interface ReportedValue {
  denominator: string
  grade?: "met" | "partly" | "unmet"
  indicator: string
  member: string
  note: string
  numerator: string
  period: string
  value: string
}

export interface ReportedValue2 {
  denominator?: string
  grade?: "met" | "partly" | "unmet"
  /** 1 to 64 letters, digits, '.', '-' or '_' */
  indicator: string
  /** Of the indicator's scope. */
  member?: string
  note?: string
  numerator?: string
  /** Without it: the report's period, made coarser. */
  period?: string
  /** A decimal string, yes or no, or words, as the indicator asks. */
  value?: string
}

export interface ReportedValue3 {
  denominator?: string
  grade?: "met" | "partly" | "unmet"
  indicator?: string
  member?: string
  note?: string
  numerator?: string
  period?: string
  value?: string
}

export interface RevisionRef {
  author: PersonRef
  digest: string
  no: number
  time: string
}

export interface Seat {
  post: "clerk" | "section" | "deputy" | "head" | "leader" | "auditor" | "system_admin" | "security_admin" | "audit_admin"
  unit: string
}

export interface Seat2 {
  post: "clerk" | "section" | "deputy" | "head" | "leader" | "auditor" | "system_admin" | "security_admin" | "audit_admin"
  unit: string
}

export interface Seat3 {
  post?: "clerk" | "section" | "deputy" | "head" | "leader" | "auditor" | "system_admin" | "security_admin" | "audit_admin"
  unit?: string
}

export interface UnitRef {
  code: string
  name: string
}

export interface UnitSeat {
  holders: PersonRef[]
  post?: "clerk" | "section" | "deputy" | "head" | "leader" | "auditor" | "system_admin" | "security_admin" | "audit_admin"
  slot: string
  unit?: UnitRef
}

export interface UnitSeat2 {
  mandate: UnitRef[]
  post: "clerk" | "section" | "deputy" | "head" | "leader" | "auditor" | "system_admin" | "security_admin" | "audit_admin"
  unit: UnitRef
}

export interface UnitSeat3 {
  post: "clerk" | "section" | "deputy" | "head" | "leader" | "auditor" | "system_admin" | "security_admin" | "audit_admin"
  unit: UnitRef
}
