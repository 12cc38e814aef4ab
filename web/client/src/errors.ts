// What can go wrong with a call, in one shape for whoever shows it to a person.
import { errorKinds, type ErrorKind } from './generated/errors.js'

export type Retry = 'no' | 'same' | 'after_ms' | 'new_token' | 'resnapshot'

/**
 * Kinds of the server, and those of the client itself:
 * `connection`: no answer, because the connection was lost or the time was up; whether a command
 * was carried out is not known, and the same command id may be sent again.
 * `closed`: the client was closed. `protocol`: an answer that is none.
 */
export type FailureKind = ErrorKind | 'connection' | 'closed' | 'protocol'

export interface FailureDetail {
  kind: FailureKind
  retry: Retry
  /** The field that is to blame, where one is. */
  field?: string
  /** The rule that refused. */
  rule?: string
  /** version_conflict: the version that is there. */
  current?: number
  /** The pause that the server asks for. */
  afterMs?: number
  code?: number
}

export class DubanError extends Error {
  readonly detail: FailureDetail

  constructor(message: string, detail: FailureDetail) {
    super(message)
    this.name = 'DubanError'
    this.detail = detail
  }

  get kind(): FailureKind {
    return this.detail.kind
  }
}

function isKind(kind: unknown): kind is ErrorKind {
  return typeof kind === 'string' && kind in errorKinds
}

/** The error of an answer as the server gave it. */
export function errorOfAnswer(error: unknown): DubanError {
  const given = (error ?? {}) as { code?: unknown; message?: unknown; data?: Record<string, unknown> }
  const data = given.data ?? {}
  const kind: FailureKind = isKind(data['kind']) ? data['kind'] : 'protocol'
  const detail: FailureDetail = {
    kind,
    retry: typeof data['retry'] === 'string' ? (data['retry'] as Retry) : 'no',
  }
  if (typeof data['field'] === 'string') detail.field = data['field']
  if (typeof data['rule'] === 'string') detail.rule = data['rule']
  if (typeof data['current'] === 'number') detail.current = data['current']
  if (typeof data['after_ms'] === 'number') detail.afterMs = data['after_ms']
  if (typeof given.code === 'number') detail.code = given.code
  return new DubanError(typeof given.message === 'string' ? given.message : 'no message', detail)
}

export function connectionLost(words: string): DubanError {
  return new DubanError(words, { kind: 'connection', retry: 'same' })
}

export function clientClosed(): DubanError {
  return new DubanError('the client was closed', { kind: 'closed', retry: 'no' })
}

export function signedOut(): DubanError {
  return new DubanError('the session is over', { kind: 'unauthenticated', retry: 'new_token' })
}
