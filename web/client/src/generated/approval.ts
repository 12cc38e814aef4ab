// Made by scripts/generate.mjs from what the server says of itself. Not to be edited.
import type { ApprovalNode, ApprovalRound, CommandResult, PersonRef, Seat, UnitRef, UnitSeat } from './shapes.js'

export interface ApprovalAddSignerParams {
  approval: string
  /** Made by the client; the same id gives the same answer for ever. */
  command_id: string
  pos: "before" | "with" | "after"
  who: string[]
  /** Refused unless the stream has this many events. */
  expect?: { version?: number }
  /** Without it: all. */
  mode?: "one" | "any" | "all" | "seq"
  /** Without it: the open node in which the caller holds a slot. */
  node?: string
  /** Without it: the caller's first open one. */
  slot?: string
}
export type ApprovalAddSignerResult = CommandResult

export interface ApprovalApproveParams {
  approval: string
  /** Made by the client; the same id gives the same answer for ever. */
  command_id: string
  /** What was read. */
  revision: number
  /** What was read. */
  revision_digest: string
  /** Refused unless the stream has this many events. */
  expect?: { version?: number }
  /** Without it: the open node in which the caller holds a slot. */
  node?: string
  opinion?: string
  /** Persons for nodes that the route lets the caller name. */
  picks?: Record<string, string[]>
  /** Without it: the caller's first open one. */
  slot?: string
}
export type ApprovalApproveResult = CommandResult

export interface ApprovalClaimParams {
  approval: string
  /** Made by the client; the same id gives the same answer for ever. */
  command_id: string
  /** Refused unless the stream has this many events. */
  expect?: { version?: number }
  /** Without it: the open node in which the caller holds a slot. */
  node?: string
  /** Without it: the caller's first open one. */
  slot?: string
}
export type ApprovalClaimResult = CommandResult

export interface ApprovalCommentParams {
  approval: string
  /** Made by the client; the same id gives the same answer for ever. */
  command_id: string
  text: string
  /** Refused unless the stream has this many events. */
  expect?: { version?: number }
  to?: string[]
}
export type ApprovalCommentResult = CommandResult

export interface ApprovalCopyParams {
  approval: string
  /** Made by the client; the same id gives the same answer for ever. */
  command_id: string
  to: string[]
  /** Refused unless the stream has this many events. */
  expect?: { version?: number }
}
export type ApprovalCopyResult = CommandResult

export interface ApprovalDelegateParams {
  approval: string
  /** Made by the client; the same id gives the same answer for ever. */
  command_id: string
  /** a person's log-in name: 1 to 64 of a-z, 0-9, '.' and '-' */
  to: string
  /** Refused unless the stream has this many events. */
  expect?: { version?: number }
  /** Without it: the open node in which the caller holds a slot. */
  node?: string
  opinion?: string
  /** Without it: the caller's first open one. */
  slot?: string
}
export type ApprovalDelegateResult = CommandResult

export interface ApprovalDropSignerParams {
  approval: string
  /** Made by the client; the same id gives the same answer for ever. */
  command_id: string
  /** The added signer's. */
  slot: string
  /** Refused unless the stream has this many events. */
  expect?: { version?: number }
  node?: string
}
export type ApprovalDropSignerResult = CommandResult

export interface ApprovalEndParams {
  approval: string
  /** Made by the client; the same id gives the same answer for ever. */
  command_id: string
  opinion: string
  /** Refused unless the stream has this many events. */
  expect?: { version?: number }
  /** Without it: the open node in which the caller holds a slot. */
  node?: string
  /** Without it: the caller's first open one. */
  slot?: string
}
export type ApprovalEndResult = CommandResult

export interface ApprovalForecastParams {
  approval: string
  /** Wait until the answer holds this position. */
  at_least?: string
}
export interface ApprovalForecastResult {
  /** There is more than is listed. */
  cut?: boolean
  /** The last position that the answer holds. */
  position: string
  steps: ({
    kind: "task" | "choose" | "par" | "inc" | "each" | "cc" | "goto" | "auto" | "wait" | "sub"
    name: string
    node: string
    reason?: "none" | "empty" | "self" | "dedupe" | "when" | "goto" | "left" | "jump" | "migrated"
    /** Those who have yet to speak. */
    slots: ({
      holders: string[]
      /** Why the slot is passed over. */
      reason?: "none" | "empty" | "self" | "dedupe" | "when" | "goto" | "left" | "jump" | "migrated"
      seat?: Seat
      slot: string
      who?: string
    })[]
    state: "open" | "would_open" | "would_skip"
  })[]
}

export interface ApprovalGetParams {
  approval: string
  /** Wait until the answer holds this position. */
  at_least?: string
}
export interface ApprovalGetResult {
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
  /** The last position that the answer holds. */
  position: string
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
  task: string
  title: string
  unit: UnitRef
  ver: number
  version: number
  /** Who can act now. */
  waiting: ({ holders: string[]; node: string; slot: string })[]
}

export interface ApprovalHoldParams {
  approval: string
  /** Made by the client; the same id gives the same answer for ever. */
  command_id: string
  opinion: string
  /** Refused unless the stream has this many events. */
  expect?: { version?: number }
  /** Without it: the open node in which the caller holds a slot. */
  node?: string
  /** Without it: the caller's first open one. */
  slot?: string
}
export type ApprovalHoldResult = CommandResult

export interface ApprovalJumpParams {
  approval: string
  /** Made by the client; the same id gives the same answer for ever. */
  command_id: string
  opinion: string
  to: string
  /** Refused unless the stream has this many events. */
  expect?: { version?: number }
}
export type ApprovalJumpResult = CommandResult

export interface ApprovalMigrateParams {
  approval: string
  /** Made by the client; the same id gives the same answer for ever. */
  command_id: string
  opinion: string
  /** Of the approval's route. */
  ver: number
  /** Refused unless the stream has this many events. */
  expect?: { version?: number }
}
export type ApprovalMigrateResult = CommandResult

export interface ApprovalMigrationParams {
  approval: string
  /** Of the approval's route. */
  ver: number
  /** Wait until the answer holds this position. */
  at_least?: string
}
export interface ApprovalMigrationResult {
  allowed: boolean
  blocked: ({
    node: string
    /** The node is open, or a return stands on it. */
    reason: "open" | "stack"
  })[]
  changes: ({ change: "added" | "removed" | "changed"; node: string })[]
  from: number
  /** The last position that the answer holds. */
  position: string
  to: number
}

export interface ApprovalMoveDueParams {
  approval: string
  /** Made by the client; the same id gives the same answer for ever. */
  command_id: string
  /** Refused unless the stream has this many events. */
  expect?: { version?: number }
}
export type ApprovalMoveDueResult = CommandResult

export interface ApprovalReadParams {
  approval: string
  /** Made by the client; the same id gives the same answer for ever. */
  command_id: string
  /** Refused unless the stream has this many events. */
  expect?: { version?: number }
}
export type ApprovalReadResult = CommandResult

export interface ApprovalReassignParams {
  approval: string
  /** Made by the client; the same id gives the same answer for ever. */
  command_id: string
  opinion: string
  /** a person's log-in name: 1 to 64 of a-z, 0-9, '.' and '-' */
  to: string
  /** Refused unless the stream has this many events. */
  expect?: { version?: number }
  /** Without it: the open node in which the caller holds a slot. */
  node?: string
  /** Without it: the caller's first open one. */
  slot?: string
}
export type ApprovalReassignResult = CommandResult

export interface ApprovalReclaimParams {
  approval: string
  /** Made by the client; the same id gives the same answer for ever. */
  command_id: string
  /** Refused unless the stream has this many events. */
  expect?: { version?: number }
  /** Without it: the open node in which the caller holds a slot. */
  node?: string
  /** Without it: the caller's first open one. */
  slot?: string
}
export type ApprovalReclaimResult = CommandResult

export interface ApprovalRejectParams {
  approval: string
  /** Made by the client; the same id gives the same answer for ever. */
  command_id: string
  /** What was read. */
  revision: number
  /** What was read. */
  revision_digest: string
  /** Refused unless the stream has this many events. */
  expect?: { version?: number }
  /** Without it: the open node in which the caller holds a slot. */
  node?: string
  opinion?: string
  /** Without it: the caller's first open one. */
  slot?: string
}
export type ApprovalRejectResult = CommandResult

export interface ApprovalReleaseParams {
  approval: string
  /** Made by the client; the same id gives the same answer for ever. */
  command_id: string
  /** Refused unless the stream has this many events. */
  expect?: { version?: number }
  /** Without it: the open node in which the caller holds a slot. */
  node?: string
  /** Without it: the caller's first open one. */
  slot?: string
}
export type ApprovalReleaseResult = CommandResult

export interface ApprovalResolveParams {
  approval: string
  /** Made by the client; the same id gives the same answer for ever. */
  command_id: string
  opinion: string
  /** What was read. */
  revision: number
  /** What was read. */
  revision_digest: string
  /** Refused unless the stream has this many events. */
  expect?: { version?: number }
  /** Without it: the open node in which the caller holds a slot. */
  node?: string
  /** Without it: the caller's first open one. */
  slot?: string
}
export type ApprovalResolveResult = CommandResult

export interface ApprovalResumeParams {
  approval: string
  /** Made by the client; the same id gives the same answer for ever. */
  command_id: string
  /** Refused unless the stream has this many events. */
  expect?: { version?: number }
  opinion?: string
}
export type ApprovalResumeResult = CommandResult

export interface ApprovalReturnParams {
  approval: string
  /** Made by the client; the same id gives the same answer for ever. */
  command_id: string
  /** What was read. */
  revision: number
  /** What was read. */
  revision_digest: string
  /** Refused unless the stream has this many events. */
  expect?: { version?: number }
  /** Without it: the open node in which the caller holds a slot. */
  node?: string
  opinion?: string
  /** Without it: the caller's first open one. */
  slot?: string
  /** Where the route asks: every step again, or straight back. */
  then?: "rerun" | "jump"
  /** start, prev or a node; see the route. */
  to?: string
}
export type ApprovalReturnResult = CommandResult

export interface ApprovalRevokeParams {
  approval: string
  /** Made by the client; the same id gives the same answer for ever. */
  command_id: string
  opinion: string
  /** Refused unless the stream has this many events. */
  expect?: { version?: number }
}
export type ApprovalRevokeResult = CommandResult

export interface ApprovalTransferParams {
  approval: string
  /** Made by the client; the same id gives the same answer for ever. */
  command_id: string
  /** a person's log-in name: 1 to 64 of a-z, 0-9, '.' and '-' */
  to: string
  /** Refused unless the stream has this many events. */
  expect?: { version?: number }
  /** Without it: the open node in which the caller holds a slot. */
  node?: string
  opinion?: string
  /** Without it: the caller's first open one. */
  slot?: string
}
export type ApprovalTransferResult = CommandResult

export interface ApprovalUrgeParams {
  approval: string
  /** Made by the client; the same id gives the same answer for ever. */
  command_id: string
  /** Refused unless the stream has this many events. */
  expect?: { version?: number }
  text?: string
}
export type ApprovalUrgeResult = CommandResult

export interface ApprovalVoidParams {
  approval: string
  /** Made by the client; the same id gives the same answer for ever. */
  command_id: string
  opinion: string
  /** Refused unless the stream has this many events. */
  expect?: { version?: number }
}
export type ApprovalVoidResult = CommandResult

export interface ApprovalWithdrawParams {
  approval: string
  /** Made by the client; the same id gives the same answer for ever. */
  command_id: string
  /** Refused unless the stream has this many events. */
  expect?: { version?: number }
  opinion?: string
}
export type ApprovalWithdrawResult = CommandResult

export interface ApprovalMethods {
  /** 加签: persons before, with or after the caller's slot. */
  'approval.add_signer': { params: ApprovalAddSignerParams; result: ApprovalAddSignerResult }
  /** 同意: for the caller's slot. */
  'approval.approve': { params: ApprovalApproveParams; result: ApprovalApproveResult }
  /** 认领: takes a pool's work for the caller alone. */
  'approval.claim': { params: ApprovalClaimParams; result: ApprovalClaimResult }
  /** 附言: in any state; addressed to some, read by all who see it. */
  'approval.comment': { params: ApprovalCommentParams; result: ApprovalCommentResult }
  /** 抄送: to persons who see the task; `copied` names those who had no copy. */
  'approval.copy': { params: ApprovalCopyParams; result: ApprovalCopyResult }
  /** 委派: asks another for his opinion; the slot comes back with it. */
  'approval.delegate': { params: ApprovalDelegateParams; result: ApprovalDelegateResult }
  /** 减签: takes out a signer whom the caller added. */
  'approval.drop_signer': { params: ApprovalDropSignerParams; result: ApprovalDropSignerResult }
  /** 终止: by the office's head, or by who is asked in a node that offers it. */
  'approval.end': { params: ApprovalEndParams; result: ApprovalEndResult }
  /** What is open in an approval, and what comes after it when everybody approves. */
  'approval.forecast': { params: ApprovalForecastParams; result: ApprovalForecastResult }
  /** One approval: its nodes with who holds them today, its closed rounds, its copies. */
  'approval.get': { params: ApprovalGetParams; result: ApprovalGetResult }
  /** 挂起: stops the approval and its clocks. */
  'approval.hold': { params: ApprovalHoldParams; result: ApprovalHoldResult }
  /** 跳转: by the office's head, to a node or block of the route's own list. */
  'approval.jump': { params: ApprovalJumpParams; result: ApprovalJumpResult }
  /** Moves a running approval to another version of its route. */
  'approval.migrate': { params: ApprovalMigrateParams; result: ApprovalMigrateResult }
  /** What moving to that version would change, and what blocks it. */
  'approval.migration': { params: ApprovalMigrationParams; result: ApprovalMigrationResult }
  /** Counts its open due days anew on the present calendar; see calendar.moves. */
  'approval.move_due': { params: ApprovalMoveDueParams; result: ApprovalMoveDueResult }
  /** 已阅: marks the caller's copies as read. */
  'approval.read': { params: ApprovalReadParams; result: ApprovalReadResult }
  /** 变更处理人: by the office's head, to any active person. */
  'approval.reassign': { params: ApprovalReassignParams; result: ApprovalReassignResult }
  /** 拿回: the caller's last decision, or what he delegated, while nobody has acted on it. */
  'approval.reclaim': { params: ApprovalReclaimParams; result: ApprovalReclaimResult }
  /** 不同意: for the caller's slot. */
  'approval.reject': { params: ApprovalRejectParams; result: ApprovalRejectResult }
  /** 释放: gives claimed work back to the pool. */
  'approval.release': { params: ApprovalReleaseParams; result: ApprovalReleaseResult }
  /** 委派办理: the delegate's opinion. */
  'approval.resolve': { params: ApprovalResolveParams; result: ApprovalResolveResult }
  /** 恢复: ends the hold; what was left of its clocks is left. */
  'approval.resume': { params: ApprovalResumeParams; result: ApprovalResumeResult }
  /** 退回: sends it back to an earlier node. */
  'approval.return': { params: ApprovalReturnParams; result: ApprovalReturnResult }
  /** 通过后撤销: takes back what has passed; for those whom the route names. What it did is undone. */
  'approval.revoke': { params: ApprovalRevokeParams; result: ApprovalRevokeResult }
  /** 转办: gives the caller's slot to another, for good. */
  'approval.transfer': { params: ApprovalTransferParams; result: ApprovalTransferResult }
  /** 催办: `urged` names those whom it waits for. Nothing else changes. */
  'approval.urge': { params: ApprovalUrgeParams; result: ApprovalUrgeResult }
  /** 作废: by the office's head or a leader, in any state. */
  'approval.void': { params: ApprovalVoidParams; result: ApprovalVoidResult }
  /** 撤回: by who submitted it, while the route lets him. */
  'approval.withdraw': { params: ApprovalWithdrawParams; result: ApprovalWithdrawResult }
}
