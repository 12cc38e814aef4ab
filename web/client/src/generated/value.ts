// Made by scripts/generate.mjs from what the server says of itself. Not to be edited.
import type { CommandResult } from './shapes.js'

export interface ValueCorrectParams {
  /** Made by the client; the same id gives the same answer for ever. */
  command_id: string
  /** 1 to 64 letters, digits, '.', '-' or '_' */
  indicator: string
  /** Of the cell, or of the report. */
  period: string
  reason: string
  task: string
  denominator?: string
  /** Refused unless the stream has this many events. */
  expect?: { version?: number }
  grade?: "met" | "partly" | "unmet"
  /** Of the indicator's scope. */
  member?: string
  note?: string
  numerator?: string
  /** Where several reports brought values that are meant. */
  report?: string
  /** That reported the value. */
  unit?: string
  /** A decimal string, yes or no, or words, as the indicator asks. */
  value?: string
}
export type ValueCorrectResult = CommandResult

export interface ValueMethods {
  /** 更正: the office puts another value in the place of an accepted one. Both stay on record, the report keeps what it said, and totals follow. */
  'value.correct': { params: ValueCorrectParams; result: ValueCorrectResult }
}
