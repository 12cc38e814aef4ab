// Made by scripts/generate.mjs from what the server says of itself. Not to be edited.
import type { CommandResult } from './shapes.js'

export interface PostGrantParams {
  /** Made by the client; the same id gives the same answer for ever. */
  command_id: string
  /** a person's log-in name: 1 to 64 of a-z, 0-9, '.' and '-' */
  person: string
  post: {
    /** Auditors: the units that may be read; without it all. */
    mandate?: string[]
    post: "clerk" | "section" | "deputy" | "head" | "leader" | "auditor" | "system_admin" | "security_admin" | "audit_admin"
    /** a unit's code: 1 to 64 of a-z, 0-9, '.' and '-' */
    unit: string
  }
  /** Refused unless the stream has this many events. */
  expect?: { version?: number }
}
export type PostGrantResult = CommandResult

export interface PostRevokeParams {
  /** Made by the client; the same id gives the same answer for ever. */
  command_id: string
  /** a person's log-in name: 1 to 64 of a-z, 0-9, '.' and '-' */
  person: string
  post: "clerk" | "section" | "deputy" | "head" | "leader" | "auditor" | "system_admin" | "security_admin" | "audit_admin"
  /** a unit's code: 1 to 64 of a-z, 0-9, '.' and '-' */
  unit: string
  /** Refused unless the stream has this many events. */
  expect?: { version?: number }
}
export type PostRevokeResult = CommandResult

export interface PostMethods {
  /** Gives a person a post in a unit. */
  'post.grant': { params: PostGrantParams; result: PostGrantResult }
  /** Takes a post from a person. */
  'post.revoke': { params: PostRevokeParams; result: PostRevokeResult }
}
