// Made by scripts/generate.mjs from what the server says of itself. Not to be edited.
import type { CommandResult } from './shapes.js'

export interface ProxySetParams {
  /** Made by the client; the same id gives the same answer for ever. */
  command_id: string
  proxy: {
    /** a person's log-in name: 1 to 64 of a-z, 0-9, '.' and '-' */
    deputy: string
    from: string
    /** a person's log-in name: 1 to 64 of a-z, 0-9, '.' and '-' */
    principal: string
    until: string
  }
  /** Refused unless the stream has this many events. */
  expect?: { version?: number }
}
export type ProxySetResult = CommandResult

export interface ProxyMethods {
  /** Lets a deputy act for a principal from one day to another. */
  'proxy.set': { params: ProxySetParams; result: ProxySetResult }
}
