// Single calls over POST /rpc, and the log-in of a page. No stream: DubanClient has that.
import { connectionLost, DubanError, errorOfAnswer } from './errors.js'
import { commandMethods, type AuthLoginResult, type Methods } from './generated/index.js'
import { commandId } from './ids.js'
import type { CallParams } from './client.js'

export interface HttpOptions {
  /** "http://…" without a path; "" in a page of the server itself. */
  base?: string
  /** Left out in a page, whose cookie goes along. */
  token?: string
  timeoutMs?: number
}

export async function httpCall<M extends keyof Methods & string>(
  method: M,
  params: CallParams<M>,
  options: HttpOptions = {},
): Promise<Methods[M]['result']> {
  const given = params as Record<string, unknown>
  const whole =
    commandMethods.has(method) && given['command_id'] === undefined ? { ...given, command_id: commandId() } : given
  const headers: Record<string, string> = { 'Content-Type': 'application/json' }
  if (options.token !== undefined) headers['Authorization'] = `Bearer ${options.token}`
  const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method, params: whole })
  const answer = await send(`${options.base ?? ''}/rpc`, { method: 'POST', headers, body }, options.timeoutMs)
  if ('error' in answer) throw errorOfAnswer(answer['error'])
  return answer['result'] as Methods[M]['result']
}

/** Who logged in through a page; the token stays in a cookie that no script reads. */
export type PageSession = Omit<AuthLoginResult, 'token'>

/** Logs a page in: the server answers with a cookie that goes along from then on. */
export async function logIn(person: string, password: string): Promise<PageSession> {
  const headers = { 'Content-Type': 'application/json' }
  const answer = await send('/session', { method: 'POST', headers, body: JSON.stringify({ person, password }) })
  if ('error' in answer) throw errorOfAnswer(answer['error'])
  return answer['result'] as PageSession
}

/** Ends the page's session, here and on the server. */
export async function logOut(): Promise<void> {
  await send('/session', { method: 'DELETE' })
}

async function send(url: string, request: RequestInit, timeoutMs = 30_000): Promise<Record<string, unknown>> {
  const limit = new AbortController()
  const timer = setTimeout(() => limit.abort(), timeoutMs)
  try {
    const answer = await fetch(url, { ...request, signal: limit.signal, credentials: 'same-origin' })
    if (answer.status === 204) return {}
    const parsed: unknown = await answer.json()
    if (typeof parsed === 'object' && parsed !== null) return parsed as Record<string, unknown>
  } catch (error) {
    throw connectionLost(error instanceof Error ? error.message : 'no answer')
  } finally {
    clearTimeout(timer)
  }
  throw new DubanError('the answer is none of the protocol', { kind: 'protocol', retry: 'no' })
}
