// Calls that wait for their answer. A call with `repeat` outlives its connection and is sent again.
import { connectionLost, type DubanError } from './errors.js'

/** Called at once when the answer is there: what follows it on the wire may depend on it. */
export interface CallDone {
  resolve: (result: unknown) => void
  reject: (error: DubanError) => void
}

interface Pending {
  method: string
  params: Record<string, unknown>
  repeat: ((id: number) => void) | undefined
  done: CallDone
  timer: ReturnType<typeof setTimeout>
  pause: ReturnType<typeof setTimeout> | undefined
}

export class PendingCalls {
  readonly #pending = new Map<number, Pending>()
  #count = 0

  add(
    method: string,
    params: Record<string, unknown>,
    timeoutMs: number,
    done: CallDone,
    repeat?: (id: number) => void,
  ): number {
    this.#count += 1
    const id = this.#count
    const timer = setTimeout(
      () => this.reject(id, connectionLost(`no answer to ${method} within ${timeoutMs} ms`)),
      timeoutMs,
    )
    this.#pending.set(id, { method, params, repeat, done, timer, pause: undefined })
    return id
  }

  textOf(id: number): string | undefined {
    const call = this.#pending.get(id)
    if (!call || call.pause !== undefined) return undefined
    return JSON.stringify({ jsonrpc: '2.0', id, method: call.method, params: call.params })
  }

  /** Those to be sent on a new connection, in the order in which they were made. */
  waiting(): number[] {
    return [...this.#pending].filter(([, call]) => call.repeat !== undefined).map(([id]) => id)
  }

  resolve(id: number, result: unknown): void {
    this.#take(id)?.done.resolve(result)
  }

  reject(id: number, error: DubanError): void {
    this.#take(id)?.done.reject(error)
  }

  /** Whether the call is one that is sent again. */
  repeatLater(id: number, ms: number): boolean {
    const call = this.#pending.get(id)
    const repeat = call?.repeat
    if (!call || !repeat) return false
    clearTimeout(call.pause)
    call.pause = setTimeout(() => {
      call.pause = undefined
      repeat(id)
    }, ms)
    return true
  }

  /** Calls of this connection alone end with it. */
  connectionLost(error: DubanError): void {
    for (const [id, call] of [...this.#pending]) {
      if (call.repeat === undefined) this.reject(id, error)
    }
  }

  rejectAll(error: DubanError): void {
    for (const id of [...this.#pending.keys()]) this.reject(id, error)
  }

  #take(id: number): Pending | undefined {
    const call = this.#pending.get(id)
    if (!call) return undefined
    this.#pending.delete(id)
    clearTimeout(call.timer)
    clearTimeout(call.pause)
    return call
  }
}
