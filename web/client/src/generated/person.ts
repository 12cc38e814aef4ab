// Made by scripts/generate.mjs from what the server says of itself. Not to be edited.
import type { CommandResult } from './shapes.js'

export interface PersonHandOverParams {
  /** Made by the client; the same id gives the same answer for ever. */
  command_id: string
  /** a person's log-in name: 1 to 64 of a-z, 0-9, '.' and '-' */
  from: string
  opinion: string
  /** a person's log-in name: 1 to 64 of a-z, 0-9, '.' and '-' */
  to: string
  /** Refused unless the stream has this many events. */
  expect?: { version?: number }
}
export type PersonHandOverResult = CommandResult

export interface PersonPutParams {
  /** Made by the client; the same id gives the same answer for ever. */
  command_id: string
  name: string
  /** a person's log-in name: 1 to 64 of a-z, 0-9, '.' and '-' */
  person: string
  active?: boolean
  /** Refused unless the stream has this many events. */
  expect?: { version?: number }
}
export type PersonPutResult = CommandResult

export interface PersonMethods {
  /** 离职转办: what approvals ask of one person by name goes to another; seats follow posts. */
  'person.hand_over': { params: PersonHandOverParams; result: PersonHandOverResult }
  /** Adds a person or changes the name or whether the account is active. */
  'person.put': { params: PersonPutParams; result: PersonPutResult }
}
