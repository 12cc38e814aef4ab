// Made by scripts/generate.mjs from what the server says of itself. Not to be edited.
import type { CommandResult } from './shapes.js'

export interface GroupPutParams {
  /** Made by the client; the same id gives the same answer for ever. */
  command_id: string
  /** an id: 1 to 64 of a-z, 0-9, '.', '-' and '_' */
  group: string
  members: string[]
  name: string
  /** Refused unless the stream has this many events. */
  expect?: { version?: number }
}
export type GroupPutResult = CommandResult

export interface GroupMethods {
  /** Names persons whom a route can ask together; replaces an earlier group. */
  'group.put': { params: GroupPutParams; result: GroupPutResult }
}
