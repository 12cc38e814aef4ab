// A subscription that outlives connections: its cursor is the position up to which everything was
// handed over, and each new connection goes on from there.
import type { DubanError } from './errors.js'
import type { Pushes, SessionOpenResult, SubOpenParams, SubOpenResult } from './generated/index.js'
import type { CallDone } from './pending_calls.js'

/** An event as it stands in the log; its fields beyond these belong to its type. */
export interface LogEvent {
  /** Such as "task.issued". */
  type: string
  time: string
  /** The stream, such as "task/plan/1". */
  subject: string
  /** The person who acted, or "system". */
  authid: string
  [field: string]: unknown
}

export interface SubscriptionOptions {
  filter?: NonNullable<SubOpenParams['filter']>
  /** Without it: what happens from now on. */
  after?: { position: string; log: string }
  onEvents: (events: LogEvent[], to: string) => void
  /** Whether everything up to the head was handed over. */
  onState?: (state: 'live' | 'behind') => void
  /**
   * The place to go on from is gone (another log, or a position that is no longer kept): what was
   * read before has to be read anew. The subscription goes on from now.
   */
  onReset?: (kind: string) => void
  /** It is over, with the kind of the reason. */
  onEnd?: (kind: string) => void
}

export interface SubscriptionHost {
  call(method: string, params: Record<string, unknown>, done: CallDone): void
  forget(): void
}

const ignored: CallDone = { resolve: () => undefined, reject: () => undefined }

export class Subscription {
  readonly name: string
  readonly #options: SubscriptionOptions
  readonly #host: SubscriptionHost
  #cursor: string | undefined
  #log: string | undefined
  #live = false
  #over = false
  #opening = 0

  constructor(name: string, options: SubscriptionOptions, host: SubscriptionHost) {
    this.name = name
    this.#options = options
    this.#host = host
    this.#cursor = options.after?.position
    this.#log = options.after?.log
  }

  /** Up to where everything was handed over; undefined until the server has said where it begins. */
  get cursor(): string | undefined {
    return this.#cursor
  }
  get live(): boolean {
    return this.#live
  }

  close(): void {
    if (this.#over) return
    this.#over = true
    this.#host.forget()
    this.#host.call('sub.close', { sub: this.name }, ignored)
  }

  // ---- for the client ----

  /** On a session that has just opened, or again after a gap. */
  open(session: SessionOpenResult): void {
    if (this.#over) return
    this.#opening += 1
    if (this.#cursor !== undefined && this.#log !== session.log) {
      this.#cursor = undefined
      this.#options.onReset?.('log_mismatch')
    }
    this.#log = session.log
    this.#send(this.#opening)
  }

  connectionLost(): void {
    this.#opening += 1
    this.#setLive(false)
  }

  ended(kind: string): void {
    if (this.#over) return
    this.#over = true
    this.#options.onEnd?.(kind)
  }

  onEvents(frame: Pushes['events']): void {
    if (this.#over) return
    if (frame.from !== this.#cursor) return this.#reopen()
    this.#cursor = frame.to
    this.#options.onEvents(frame.events as unknown as LogEvent[], frame.to)
  }

  onCheckpoint(frame: Pushes['checkpoint']): void {
    if (this.#over) return
    if (frame.from !== this.#cursor) return this.#reopen()
    this.#cursor = frame.to
  }

  onState(frame: Pushes['sub.state']): void {
    if (!this.#over) this.#setLive(frame.state === 'live')
  }

  onEnded(frame: Pushes['sub.ended']): void {
    if (this.#over) return
    if (frame.error.kind === 'position_gone' || frame.error.kind === 'log_mismatch') {
      return this.#startAnew(frame.error.kind)
    }
    this.#host.forget()
    this.ended(frame.error.kind)
  }

  #send(opening: number): void {
    const start = this.#cursor === undefined ? { live: true } : { after: this.#cursor, log: this.#log }
    const params = { sub: this.name, start, ...(this.#options.filter ? { filter: this.#options.filter } : {}) }
    const current = () => opening === this.#opening && !this.#over
    this.#host.call('sub.open', params, {
      resolve: (result) => {
        if (current()) this.#onOpened(result as SubOpenResult)
      },
      reject: (error) => {
        if (current()) this.#onRefused(error)
      },
    })
  }

  #onOpened(opened: SubOpenResult): void {
    this.#cursor ??= opened.cursor
    this.#setLive(opened.mode === 'live')
  }

  #onRefused(error: DubanError): void {
    if (error.kind === 'connection') return
    if (error.detail.retry === 'resnapshot' || error.kind === 'position_ahead') return this.#startAnew(error.kind)
    this.#host.forget()
    this.ended(error.kind)
  }

  #startAnew(kind: string): void {
    this.#cursor = undefined
    this.#opening += 1
    this.#options.onReset?.(kind)
    this.#send(this.#opening)
  }

  /** A frame did not follow the one before: everything after the cursor is asked for again. */
  #reopen(): void {
    this.#opening += 1
    const opening = this.#opening
    const again = () => {
      if (opening === this.#opening && !this.#over) this.#send(opening)
    }
    this.#host.call('sub.close', { sub: this.name }, { resolve: again, reject: again })
  }

  #setLive(live: boolean): void {
    if (this.#live === live) return
    this.#live = live
    this.#options.onState?.(live ? 'live' : 'behind')
  }
}
