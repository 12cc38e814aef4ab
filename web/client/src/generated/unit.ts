// Made by scripts/generate.mjs from what the server says of itself. Not to be edited.
import type { CommandResult } from './shapes.js'

export interface UnitPutParams {
  /** Made by the client; the same id gives the same answer for ever. */
  command_id: string
  unit: {
    /** a unit's code: 1 to 64 of a-z, 0-9, '.' and '-' */
    code: string
    kind?: string
    name: string
  }
  /** Refused unless the stream has this many events. */
  expect?: { version?: number }
}
export type UnitPutResult = CommandResult

export interface UnitMethods {
  /** Adds a unit or changes its name and kind. */
  'unit.put': { params: UnitPutParams; result: UnitPutResult }
}
