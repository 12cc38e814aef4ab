// DubanClient: one session of the protocol over a WebSocket that comes back by itself.
//
// Calls are answered once. A call that was sent and not answered when the connection is lost is
// sent again after it is back, until its time is up: questions change nothing, and commands carry
// an id under which the server acts once. Subscriptions go on from their cursor.
// The page gives no token: its cookie goes with the upgrade request. Programs give one.
import { Backoff, type BackoffOptions } from './backoff.js'
import { clientClosed, connectionLost, errorOfAnswer, signedOut } from './errors.js'
import { commandMethods, type Methods, type Pushes, type SessionOpenResult } from './generated/index.js'
import { commandId } from './ids.js'
import { PendingCalls, type CallDone } from './pending_calls.js'
import { Subscription, type SubscriptionOptions } from './subscription.js'

/** What the client asks of a WebSocket; that of browsers and that of `ws` have it. */
export interface Socket {
  onopen: ((event: never) => void) | null
  onmessage: ((event: never) => void) | null
  onclose: ((event: never) => void) | null
  onerror: ((event: never) => void) | null
  send(text: string): void
  close(code?: number, reason?: string): void
}

export type MakeSocket = (url: string, protocol: string) => Socket

/**
 * connecting: no session yet, or a new try is under way. open: all is live. waiting: the connection
 * was lost and the next try is set. signed_out: the server takes the token or cookie no more; a new
 * log-in and `reconnect()` go on. refused: the server does not want this session back. closed: by us.
 */
export type ConnectionState = 'connecting' | 'open' | 'waiting' | 'signed_out' | 'refused' | 'closed'

export interface ClientEvents {
  state: (state: ConnectionState) => void
  /** The session is open, for the first time or again. */
  opened: (session: SessionOpenResult, again: boolean) => void
  /** The server has another log than before: nothing that was read from it holds any more. */
  log_changed: (log: string) => void
  /** The session that came back is another person's. */
  person_changed: (person: string) => void
  /** The token ends soon; `renew` goes on without a break. */
  expiring: (inMs: number) => void
  /** The newest position that was heard of. */
  head: (position: string) => void
}

export interface ClientOptions {
  /** "ws://…/ws" or "wss://…/ws". */
  url: string
  /** Left out where a cookie goes with the upgrade request. */
  token?: string
  makeSocket?: MakeSocket
  backoff?: BackoffOptions
  /** Until a call is given up. */
  callMs?: number
}

export type Command = { [M in keyof Methods]: Methods[M]['params'] extends { command_id: string } ? M : never }[keyof Methods]

export type CallParams<M extends keyof Methods> = M extends Command
  ? Omit<Methods[M]['params'], 'command_id'> & { command_id?: string }
  : Methods[M]['params']

type Listeners = { [E in keyof ClientEvents]: Set<ClientEvents[E]> }

const subprotocol = 'duban.v1'
const openMs = 10_000
const defaultCallMs = 30_000
// Close codes that tell not to come back as one is.
const closeTokenExpired = 4101
const closeForever = (code: number) => code >= 4000 && code < 4100 && code !== 4008

export class DubanClient {
  readonly #options: ClientOptions
  readonly #backoff: Backoff
  readonly #calls = new PendingCalls()
  readonly #subscriptions = new Map<string, Subscription>()
  readonly #listeners: Listeners = {
    state: new Set(),
    opened: new Set(),
    log_changed: new Set(),
    person_changed: new Set(),
    expiring: new Set(),
    head: new Set(),
  }
  #state: ConnectionState = 'connecting'
  #socket: Socket | undefined
  #token: string | undefined
  #session: SessionOpenResult | undefined
  #timer: ReturnType<typeof setTimeout> | undefined
  #silence: ReturnType<typeof setTimeout> | undefined
  #silenceMs = 60_000
  #nextPauseMs = 0
  #subscriptionCount = 0

  constructor(options: ClientOptions) {
    this.#options = options
    this.#token = options.token
    this.#backoff = new Backoff(options.backoff)
  }

  get state(): ConnectionState {
    return this.#state
  }
  /** Of the newest session; undefined before the first. */
  get session(): SessionOpenResult | undefined {
    return this.#session
  }

  on<E extends keyof ClientEvents>(event: E, listener: ClientEvents[E]): () => void {
    this.#listeners[event].add(listener)
    return () => this.#listeners[event].delete(listener)
  }

  /** Begins, or begins at once instead of after the pause; also after a new log-in. */
  reconnect(token?: string): void {
    if (this.#state === 'closed') throw clientClosed()
    if (token !== undefined) this.#token = token
    if (this.#socket) return
    clearTimeout(this.#timer)
    this.#connect()
  }

  /** Ends for good. What waits for an answer is told so. */
  close(): void {
    if (this.#state === 'closed') return
    this.#set('closed')
    clearTimeout(this.#timer)
    this.#drop(1000)
    this.#calls.rejectAll(clientClosed())
    for (const subscription of this.#subscriptions.values()) subscription.ended('closed')
    this.#subscriptions.clear()
  }

  /**
   * One call. Commands get their id here unless one is given; who shows a failure and offers to try
   * again gives the same id again.
   */
  call<M extends keyof Methods & string>(
    method: M,
    params: CallParams<M>,
    options: { timeoutMs?: number } = {},
  ): Promise<Methods[M]['result']> {
    if (this.#state === 'closed') return Promise.reject(clientClosed())
    if (this.#state === 'signed_out' || this.#state === 'refused') return Promise.reject(signedOut())
    const given = params as Record<string, unknown>
    const whole =
      commandMethods.has(method) && given['command_id'] === undefined
        ? { ...given, command_id: commandId() }
        : given
    const timeoutMs = options.timeoutMs ?? this.#options.callMs ?? defaultCallMs
    return new Promise((resolve, reject) => {
      const done = { resolve: resolve as (result: unknown) => void, reject }
      this.#sendCall(this.#calls.add(method, whole, timeoutMs, done, (id) => this.#sendCall(id)))
    })
  }

  /** Goes on with a newer token of the same person, on the connection that is open. */
  async renew(token: string): Promise<void> {
    await this.call('session.renew', { token })
    this.#token = token
  }

  /** Events from now on (or from a cursor), across reconnections, until it is closed. */
  subscribe(options: SubscriptionOptions): Subscription {
    if (this.#state === 'closed') throw clientClosed()
    this.#subscriptionCount += 1
    const name = `s${this.#subscriptionCount}`
    const subscription = new Subscription(name, options, {
      call: (method, params, done) => this.#callNow(method, params, done),
      forget: () => this.#subscriptions.delete(name),
    })
    this.#subscriptions.set(name, subscription)
    if (this.#state === 'open' && this.#session) subscription.open(this.#session)
    return subscription
  }

  #set(state: ConnectionState): void {
    if (this.#state === state || this.#state === 'closed') return
    this.#state = state
    this.#emit('state', state)
  }

  #emit<E extends keyof ClientEvents>(event: E, ...values: Parameters<ClientEvents[E]>): void {
    for (const listener of [...this.#listeners[event]]) {
      (listener as (...values: Parameters<ClientEvents[E]>) => void)(...values)
    }
  }

  #connect(): void {
    this.#set('connecting')
    let socket: Socket
    try {
      socket = (this.#options.makeSocket ?? browserSocket)(this.#options.url, subprotocol)
    } catch {
      return this.#comeBack()
    }
    this.#socket = socket
    const mine = (step: () => void) => () => {
      if (this.#socket === socket) step()
    }
    this.#watch(openMs)
    socket.onopen = mine(() => this.#openSession())
    socket.onerror = () => undefined
    socket.onmessage = ((event: { data: unknown }) => {
      if (this.#socket === socket) this.#onMessage(event.data)
    }) as Socket['onmessage']
    socket.onclose = ((event: { code: number }) => {
      if (this.#socket === socket) this.#onClose(event.code)
    }) as Socket['onclose']
  }

  // Whoever hears nothing for longer than two heartbeats has no connection, whatever it looks like.
  #watch(ms: number): void {
    this.#silenceMs = ms
    this.#heard()
  }
  #heard(): void {
    clearTimeout(this.#silence)
    this.#silence = setTimeout(() => this.#onClose(1006), this.#silenceMs)
  }

  #openSession(): void {
    const params = this.#token === undefined ? {} : { token: this.#token }
    this.#callNow('session.open', params, {
      resolve: (result) => this.#onOpened(result as SessionOpenResult),
      reject: (error) => {
        if (error.kind === 'connection') return
        if (error.detail.retry === 'new_token') return this.#endWith('signed_out')
        this.#nextPauseMs = error.detail.afterMs ?? 0
        this.#onClose(1006)
      },
    })
  }

  #onOpened(session: SessionOpenResult): void {
    const before = this.#session
    this.#session = session
    this.#watch(session.heartbeat_ms * 2 + 5000)
    this.#backoff.reset()
    this.#nextPauseMs = 0
    // What one person asked for is not done in the name of another.
    const samePerson = !before || before.person.id === session.person.id
    if (!samePerson) this.#calls.rejectAll(signedOut())
    this.#set('open')
    if (!samePerson) this.#emit('person_changed', session.person.id)
    if (before && before.log !== session.log) this.#emit('log_changed', session.log)
    this.#emit('opened', session, before !== undefined)
    this.#emit('head', session.head)
    for (const subscription of [...this.#subscriptions.values()]) subscription.open(session)
    for (const id of this.#calls.waiting()) this.#sendCall(id)
  }

  #onMessage(data: unknown): void {
    this.#heard()
    let message: { id?: unknown; method?: unknown; params?: unknown; result?: unknown; error?: unknown }
    try {
      message = JSON.parse(String(data))
    } catch {
      return this.#onClose(1006)
    }
    if (typeof message.method === 'string') return this.#onPush(message.method, message.params)
    if (typeof message.id !== 'number') return
    if (message.error === undefined) return this.#calls.resolve(message.id, message.result)
    const error = errorOfAnswer(message.error)
    // The server will take it later, or on the next connection; the call's own time bounds this.
    if (error.detail.retry === 'after_ms' && this.#calls.repeatLater(message.id, error.detail.afterMs ?? 1000)) return
    this.#calls.reject(message.id, error)
  }

  #onPush(method: string, params: unknown): void {
    switch (method as keyof Pushes) {
      case 'hb':
        return this.#emit('head', (params as Pushes['hb']).head)
      case 'session.expiring':
        return this.#emit('expiring', (params as Pushes['session.expiring']).in_ms)
      case 'session.drain':
        this.#nextPauseMs = (params as Pushes['session.drain']).reconnect_after_ms
        return
      case 'events':
        this.#emit('head', (params as Pushes['events']).to)
        return this.#subscriptions.get((params as Pushes['events']).sub)?.onEvents(params as Pushes['events'])
      case 'checkpoint':
        this.#emit('head', (params as Pushes['checkpoint']).to)
        return this.#subscriptions.get((params as Pushes['checkpoint']).sub)?.onCheckpoint(params as Pushes['checkpoint'])
      case 'sub.state':
        return this.#subscriptions.get((params as Pushes['sub.state']).sub)?.onState(params as Pushes['sub.state'])
      case 'sub.ended':
        return this.#subscriptions.get((params as Pushes['sub.ended']).sub)?.onEnded(params as Pushes['sub.ended'])
      default:
        return
    }
  }

  #onClose(code: number): void {
    this.#drop()
    if (this.#state === 'closed') return
    if (code === closeTokenExpired) return this.#endWith('signed_out')
    if (closeForever(code)) return this.#endWith('refused')
    this.#comeBack()
  }

  #comeBack(): void {
    this.#set('waiting')
    const pause = this.#backoff.next(this.#nextPauseMs)
    this.#nextPauseMs = 0
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.#connect(), pause)
  }

  #endWith(state: 'signed_out' | 'refused'): void {
    this.#drop()
    this.#set(state)
    this.#calls.rejectAll(signedOut())
  }

  #drop(code?: number): void {
    clearTimeout(this.#silence)
    const socket = this.#socket
    this.#socket = undefined
    for (const subscription of this.#subscriptions.values()) subscription.connectionLost()
    this.#calls.connectionLost(connectionLost('the connection was lost'))
    if (!socket) return
    socket.onopen = socket.onmessage = socket.onclose = null
    try {
      socket.close(code)
    } catch {
      // It is gone already.
    }
  }

  /** A call that belongs to this connection and is not sent again on the next. */
  #callNow(method: string, params: Record<string, unknown>, done: CallDone): void {
    this.#write(this.#calls.add(method, params, openMs, done))
  }

  #sendCall(id: number): void {
    if (this.#state === 'open') this.#write(id)
  }

  #write(id: number): void {
    const text = this.#calls.textOf(id)
    if (text === undefined || !this.#socket) return
    try {
      this.#socket.send(text)
    } catch {
      this.#onClose(1006)
    }
  }
}

function browserSocket(url: string, protocol: string): Socket {
  return new WebSocket(url, protocol) as unknown as Socket
}
