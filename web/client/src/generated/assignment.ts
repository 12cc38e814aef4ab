// Made by scripts/generate.mjs from what the server says of itself. Not to be edited.
import type { CommandResult } from './shapes.js'

export interface AssignmentAssignHandlerParams {
  /** Made by the client; the same id gives the same answer for ever. */
  command_id: string
  /** a person's log-in name: 1 to 64 of a-z, 0-9, '.' and '-' */
  handler: string
  task: string
  /** Refused unless the stream has this many events. */
  expect?: { version?: number }
  /** Without it: the one unit of the task in which the caller holds a post. */
  unit?: string
}
export type AssignmentAssignHandlerResult = CommandResult

export interface AssignmentBreakDownParams {
  /** Made by the client; the same id gives the same answer for ever. */
  command_id: string
  parts: ({
    due?: string
    /** a person's log-in name: 1 to 64 of a-z, 0-9, '.' and '-' */
    handler?: string
    title: string
  })[]
  task: string
  /** Refused unless the stream has this many events. */
  expect?: { version?: number }
  /** Without it: the one unit of the task in which the caller holds a post. */
  unit?: string
}
export type AssignmentBreakDownResult = CommandResult

export interface AssignmentObjectParams {
  /** Made by the client; the same id gives the same answer for ever. */
  command_id: string
  reason: string
  task: string
  /** Refused unless the stream has this many events. */
  expect?: { version?: number }
  /** Without it: the one unit of the task in which the caller holds a post. */
  unit?: string
}
export type AssignmentObjectResult = CommandResult

export interface AssignmentSettleParams {
  /** Made by the client; the same id gives the same answer for ever. */
  command_id: string
  outcome: "confirm" | "reassign" | "release"
  task: string
  /** Refused unless the stream has this many events. */
  expect?: { version?: number }
  reason?: string
  /** reassign: the unit that takes over. */
  to?: string
  /** a unit's code: 1 to 64 of a-z, 0-9, '.' and '-' */
  unit?: string
}
export type AssignmentSettleResult = CommandResult

export interface AssignmentSignParams {
  /** Made by the client; the same id gives the same answer for ever. */
  command_id: string
  task: string
  /** Refused unless the stream has this many events. */
  expect?: { version?: number }
  /** Without it: the one unit of the task in which the caller holds a post. */
  unit?: string
}
export type AssignmentSignResult = CommandResult

export interface AssignmentMethods {
  /** 指派: names who handles the unit's part. */
  'assignment.assign_handler': { params: AssignmentAssignHandlerParams; result: AssignmentAssignHandlerResult }
  /** 分解: the pieces of the unit's work; replaces an earlier list. */
  'assignment.break_down': { params: AssignmentBreakDownParams; result: AssignmentBreakDownResult }
  /** 退签: the unit objects to its part. */
  'assignment.object': { params: AssignmentObjectParams; result: AssignmentObjectResult }
  /** 退签裁定: the office decides on an objection. */
  'assignment.settle': { params: AssignmentSettleParams; result: AssignmentSettleResult }
  /** 签收: the unit takes its part. */
  'assignment.sign': { params: AssignmentSignParams; result: AssignmentSignResult }
}
