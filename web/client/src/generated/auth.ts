// Made by scripts/generate.mjs from what the server says of itself. Not to be edited.
import type { PersonRef, UnitSeat2 } from './shapes.js'

export interface AuthLoginParams {
  password: string
  /** a person's log-in name: 1 to 64 of a-z, 0-9, '.' and '-' */
  person: string
}
export interface AuthLoginResult {
  expires_at: string
  person: PersonRef
  position: string
  posts: UnitSeat2[]
  token: string
}

export type AuthLogoutParams = Record<string, never>
export interface AuthLogoutResult {
  position: string
}

export interface AuthMeParams {
  /** Wait until the answer holds this position. */
  at_least?: string
}
export interface AuthMeResult {
  expires_at: string
  person: PersonRef
  /** The last position that the answer holds. */
  position: string
  posts: UnitSeat2[]
  proxy_for: PersonRef[]
  session: string
}

export interface AuthSetPasswordParams {
  new_password: string
  old_password?: string
  /** a person's log-in name: 1 to 64 of a-z, 0-9, '.' and '-' */
  person?: string
}
export interface AuthSetPasswordResult {
  person: PersonRef
  position: string
}

export interface AuthMethods {
  /** Opens a session. */
  'auth.login': { params: AuthLoginParams; result: AuthLoginResult }
  /** Ends the session. */
  'auth.logout': { params: AuthLogoutParams; result: AuthLogoutResult }
  /** Who is logged in, with posts and those for whom he is proxy today. */
  'auth.me': { params: AuthMeParams; result: AuthMeResult }
  /** One's own with the old one, or another person's as a security administrator. Ends the person's other sessions. */
  'auth.set_password': { params: AuthSetPasswordParams; result: AuthSetPasswordResult }
}
