// The page's session: who is logged in, and the one connection that all pages share.
import { DubanClient, DubanError, httpCall, logIn, logOut, type AuthMeResult, type ConnectionState } from '@duban/client'
import { computed, reactive, readonly } from 'vue'

export type Post = AuthMeResult['posts'][number]['post']

interface SessionState {
  /** unknown: not asked yet. out: nobody. in: `me` is logged in. */
  known: 'unknown' | 'out' | 'in'
  me: AuthMeResult | undefined
  connection: ConnectionState
  /** When the connection was last seen alive; the picture stands from then on. */
  liveAt: number
  /** The newest position of the log that was heard of. */
  head: string
  /** The session ended while somebody was working. */
  expired: boolean
  /** The server came back with another log. */
  restored: boolean
}

const state = reactive<SessionState>({
  known: 'unknown',
  me: undefined,
  connection: 'connecting',
  liveAt: Date.now(),
  head: '',
  expired: false,
  restored: false,
})

let client: DubanClient | undefined

function socketUrl(): string {
  return `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/ws`
}

function begin(me: AuthMeResult): void {
  state.me = me
  state.known = 'in'
  state.expired = false
  if (client && client.session?.person.id !== me.person.id) {
    client.close()
    client = undefined
  }
  if (client) return client.reconnect()
  const fresh = new DubanClient({ url: socketUrl() })
  client = fresh
  const touch = () => (state.liveAt = Date.now())
  fresh.on('state', (connection) => {
    if (state.connection === 'open') touch()
    state.connection = connection
    if (connection === 'signed_out' && state.known === 'in') {
      state.expired = true
      state.known = 'out'
    }
  })
  fresh.on('head', (head) => {
    state.head = head
    touch()
  })
  fresh.on('log_changed', () => (state.restored = true))
  // Another tab has logged somebody else in: nothing of this page is theirs.
  fresh.on('person_changed', () => location.reload())
  fresh.reconnect()
}

/** Asks the server whose cookie this is. Throws where it cannot be asked. */
export async function resume(): Promise<void> {
  try {
    begin(await httpCall('auth.me', {}))
  } catch (error) {
    if (!(error instanceof DubanError) || error.detail.retry !== 'new_token') throw error
    state.known = 'out'
  }
}

export async function enter(person: string, password: string): Promise<void> {
  await logIn(person, password)
  begin(await httpCall('auth.me', {}))
}

export async function leave(): Promise<void> {
  await logOut()
  client?.close()
  // Nothing of one person stays in memory for the next.
  location.hash = '#/login'
  location.reload()
}

/** The shared connection; there is one while somebody is logged in. */
export function theClient(): DubanClient {
  if (!client) throw new Error('nobody is logged in')
  return client
}

/** Tries again at once. */
export function retryNow(): void {
  if (client && state.connection === 'waiting') client.reconnect()
}

window.addEventListener('online', retryNow)
document.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'visible') retryNow()
})

export const session = readonly(state)

const businessPosts: ReadonlySet<Post> = new Set(['clerk', 'section', 'deputy', 'head', 'leader'])

/** Pages that this role has. */
export const roles = computed(() => {
  const posts = state.me?.posts ?? []
  const acts = posts.some((held) => businessPosts.has(held.post)) || (state.me?.proxy_for.length ?? 0) > 0
  const reads = acts || posts.some((held) => held.post === 'auditor')
  return { inbox: acts, ledger: reads }
})

export const home = computed(() => (roles.value.ledger ? '/ledger' : '/'))
