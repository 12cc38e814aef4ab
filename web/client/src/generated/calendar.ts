// Made by scripts/generate.mjs from what the server says of itself. Not to be edited.
import type { CommandResult } from './shapes.js'

export interface CalendarAddWorkdaysParams {
  days: number
  from: string
  /** Wait until the answer holds this position. */
  at_least?: string
}
export interface CalendarAddWorkdaysResult {
  day: string
  /** The last position that the answer holds. */
  position: string
  /** A year on the way was not published yet. */
  provisional: boolean
  /** Of the calendar that was counted on. */
  ver: number
}

export interface CalendarGetParams {
  /** Wait until the answer holds this position. */
  at_least?: string
}
export interface CalendarGetResult {
  /** The last position that the answer holds. */
  position: string
  /** How often anything was published. */
  ver: number
  years: ({
    /** What the days rest on. */
    notice: string
    /** Days off that are no weekends, or all. */
    off: string[]
    ver: number
    /** Weekends that are worked. */
    work: string[]
    year: number
  })[]
}

export interface CalendarMovesParams {
  /** Wait until the answer holds this position. */
  at_least?: string
}
export interface CalendarMovesResult {
  items: ({
    approval: string
    /** Version of the calendar. */
    counted_on: number
    due: string
    new_due: string
    node: string
    provisional: boolean
    task: string
  })[]
  /** The last position that the answer holds. */
  position: string
  /** Tasks that are left out because what is stored of them cannot be read; the operator has to run `duban rebuild`. */
  unreadable?: string[]
  ver: number
}

export interface CalendarPublishParams {
  calendar: {
    /** What the days rest on. */
    notice: string
    /** Days off that are no weekends, or all. */
    off: string[]
    /** Weekends that are worked. */
    work: string[]
    year: number
  }
  /** Made by the client; the same id gives the same answer for ever. */
  command_id: string
  /** Refused unless the stream has this many events. */
  expect?: { version?: number }
}
export type CalendarPublishResult = CommandResult

export interface CalendarMethods {
  /** The working day that many after a day, which does not count. */
  'calendar.add_workdays': { params: CalendarAddWorkdaysParams; result: CalendarAddWorkdaysResult }
  /** The years that were published. Others have their weekends alone. */
  'calendar.get': { params: CalendarGetParams; result: CalendarGetResult }
  /** The open due days that the present calendar would move; approval.move_due moves them. */
  'calendar.moves': { params: CalendarMovesParams; result: CalendarMovesResult }
  /** Publishes the working days of a year in place of what it had; moves no due day. */
  'calendar.publish': { params: CalendarPublishParams; result: CalendarPublishResult }
}
