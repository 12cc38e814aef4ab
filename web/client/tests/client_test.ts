import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

import { DubanClient, type ClientOptions, type LogEvent, type Socket } from '../src/index.js'
import { FakeSocket } from '../testing/fake_socket.mjs'

const urge = { task: 'p/1' } as const

function made(number: number): FakeSocket {
  const socket = FakeSocket.made[number]
  if (!socket) throw new Error(`there is no connection ${number}`)
  return socket
}

function client(more: Partial<ClientOptions> = {}): DubanClient {
  const opened = new DubanClient({
    url: 'ws://nowhere/ws',
    token: 't-1',
    makeSocket: () => new FakeSocket() as unknown as Socket,
    backoff: { firstMs: 100, random: () => 1 },
    ...more,
  })
  opened.reconnect()
  return opened
}

beforeEach(() => {
  FakeSocket.made = []
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

describe('DubanClient', () => {
  it('sends a call that was lost with its connection again, with the same command id', async () => {
    const duban = client()
    made(0).open()
    const answer = duban.call('task.urge', urge)
    const first = made(0).call('task.urge')
    made(0).lose()
    expect(duban.state).toBe('waiting')
    await vi.advanceTimersByTimeAsync(100)
    made(1).open()
    const second = made(1).call('task.urge')
    expect(second.params.command_id).toBe(first.params.command_id)
    made(1).answer('task.urge', { position: '11', version: 3, duplicate: true })
    expect((await answer).duplicate).toBe(true)
  })

  it('keeps the command id that it is given, so that a person may try again', () => {
    const duban = client()
    made(0).open()
    const id = '00000000-0000-4000-8000-000000000001'
    void duban.call('task.urge', { ...urge, command_id: id }).catch(() => undefined)
    expect(made(0).call('task.urge').params.command_id).toBe(id)
  })

  it('gives a call up when its time is over and says that it is the connection', async () => {
    const duban = client({ callMs: 5000 })
    const answer = duban.call('plan.list', {})
    const refused = expect(answer).rejects.toMatchObject({ detail: { kind: 'connection', retry: 'same' } })
    await vi.advanceTimersByTimeAsync(5001)
    await refused
  })

  it('asks again after the pause that an overloaded server names', async () => {
    const duban = client()
    made(0).open()
    const answer = duban.call('plan.list', {})
    made(0).push({
      id: made(0).call('plan.list').id,
      error: { code: 50302, message: 'busy', data: { kind: 'overloaded', retry: 'after_ms', after_ms: 700 } },
    })
    await vi.advanceTimersByTimeAsync(699)
    expect(made(0).sent.filter((message) => message.method === 'plan.list')).toHaveLength(1)
    await vi.advanceTimersByTimeAsync(2)
    expect(made(0).sent.filter((message) => message.method === 'plan.list')).toHaveLength(2)
    made(0).answer('plan.list', { items: [], next: '', position: '10' })
    expect((await answer).items).toEqual([])
  })

  it('hands a refusal over with rule and field', async () => {
    const duban = client()
    made(0).open()
    const answer = duban.call('task.urge', urge)
    const data = { kind: 'rule_violation', retry: 'no', rule: 'once_an_hour', field: 'units' }
    made(0).push({ id: made(0).call('task.urge').id, error: { code: 42201, message: 'no', data } })
    await expect(answer).rejects.toMatchObject({ detail: { kind: 'rule_violation', rule: 'once_an_hour', field: 'units' } })
  })

  it('tells a person to log in again, and does nothing of one session in the next', async () => {
    const duban = client()
    made(0).open()
    const lost = expect(duban.call('task.urge', urge)).rejects.toMatchObject({ detail: { kind: 'unauthenticated' } })
    made(0).lose(4101)
    expect(duban.state).toBe('signed_out')
    await lost
    await vi.advanceTimersByTimeAsync(60_000)
    expect(FakeSocket.made).toHaveLength(1)
    duban.reconnect('t-2')
    made(1).open()
    expect(made(1).call('session.open').params.token).toBe('t-2')
    expect(made(1).call('task.urge')).toBeUndefined()
  })

  it('does nothing in the name of another person whose session comes back', async () => {
    const duban = client()
    const seen: string[] = []
    duban.on('person_changed', (person) => seen.push(person))
    made(0).open()
    const lost = expect(duban.call('task.urge', urge)).rejects.toMatchObject({ detail: { kind: 'unauthenticated' } })
    made(0).lose()
    await vi.advanceTimersByTimeAsync(100)
    made(1).open({ person: { id: 'c.d', name: '乙' } })
    await lost
    expect(made(1).call('task.urge')).toBeUndefined()
    expect(seen).toEqual(['c.d'])
  })

  it('renews the session in place', async () => {
    const duban = client()
    const soon: number[] = []
    duban.on('expiring', (ms) => soon.push(ms))
    made(0).open()
    made(0).push({ method: 'session.expiring', params: { in_ms: 60_000 } })
    expect(soon).toEqual([60_000])
    const renewed = duban.renew('t-2')
    expect(made(0).call('session.renew').params).toEqual({ token: 't-2' })
    made(0).answer('session.renew', { session: 's-2', token_expires_in_ms: 1000, position: '10' })
    await renewed
    made(0).lose()
    await vi.advanceTimersByTimeAsync(100)
    made(1).onopen({})
    expect(made(1).call('session.open').params.token).toBe('t-2')
  })

  it('takes silence for a lost connection', async () => {
    const duban = client()
    made(0).open()
    await vi.advanceTimersByTimeAsync(44_000)
    made(0).push({ method: 'hb', params: { head: '12', subs: {} } })
    await vi.advanceTimersByTimeAsync(44_000)
    expect(duban.state).toBe('open')
    await vi.advanceTimersByTimeAsync(1001)
    expect(duban.state).toBe('waiting')
    expect(made(0).closed).toBe(true)
  })

  it('comes back after the pause that a server names which is about to stop', async () => {
    client()
    made(0).open()
    made(0).push({ method: 'session.drain', params: { close_in_ms: 1000, reconnect_after_ms: 2000, hint: 'x' } })
    made(0).lose(1012)
    await vi.advanceTimersByTimeAsync(1999)
    expect(FakeSocket.made).toHaveLength(1)
    await vi.advanceTimersByTimeAsync(200)
    expect(FakeSocket.made).toHaveLength(2)
  })

  it('does not come back to a server that will not have it', async () => {
    const duban = client()
    made(0).open()
    made(0).lose(4003)
    await vi.advanceTimersByTimeAsync(60_000)
    expect(duban.state).toBe('refused')
    expect(FakeSocket.made).toHaveLength(1)
  })

  it('tells what waits that it was closed, and takes nothing more', async () => {
    const duban = client()
    made(0).open()
    const answer = duban.call('plan.list', {})
    duban.close()
    await expect(answer).rejects.toMatchObject({ detail: { kind: 'closed' } })
    await expect(duban.call('plan.list', {})).rejects.toMatchObject({ detail: { kind: 'closed' } })
    expect(() => duban.reconnect()).toThrow()
  })
})

describe('Subscription', () => {
  const frame = (from: string, to: string, type: string) => ({
    method: 'events',
    params: { sub: 's1', from, to, events: [{ type, time: 't' }] },
  })

  function subscribed() {
    const duban = client()
    const types: string[] = []
    const resets: string[] = []
    const ends: string[] = []
    const subscription = duban.subscribe({
      onEvents: (events: LogEvent[]) => types.push(...events.map((event) => event.type)),
      onReset: (kind) => resets.push(kind),
      onEnd: (kind) => ends.push(kind),
    })
    made(0).open()
    made(0).answer('sub.open', { sub: 's1', cursor: '10', head: '10', log: 'log-1', mode: 'live', position: '10' })
    return { duban, subscription, types, resets, ends }
  }

  it('goes on from its cursor on the next connection', async () => {
    const { subscription, types } = subscribed()
    expect(made(0).call('sub.open').params.start).toEqual({ live: true })
    made(0).push(frame('10', '11', 'a'))
    made(0).push({ method: 'checkpoint', params: { sub: 's1', from: '11', to: '15' } })
    made(0).lose()
    expect(subscription.live).toBe(false)
    await vi.advanceTimersByTimeAsync(100)
    made(1).open()
    expect(made(1).call('sub.open').params.start).toEqual({ after: '15', log: 'log-1' })
    made(1).answer('sub.open', { sub: 's1', cursor: '15', head: '16', log: 'log-1', mode: 'catchup', position: '16' })
    made(1).push(frame('15', '16', 'b'))
    made(1).push({ method: 'sub.state', params: { sub: 's1', state: 'live', cursor: '16', head: '16' } })
    expect(types).toEqual(['a', 'b'])
    expect(subscription.live).toBe(true)
  })

  it('asks for what is missing when a frame does not follow the one before', () => {
    const { types } = subscribed()
    made(0).push(frame('12', '13', 'later'))
    made(0).answer('sub.close', { sub: 's1', cursor: '13', position: '13' })
    expect(made(0).call('sub.open').params.start).toEqual({ after: '10', log: 'log-1' })
    made(0).answer('sub.open', { sub: 's1', cursor: '10', head: '13', log: 'log-1', mode: 'catchup', position: '13' })
    made(0).push(frame('10', '13', 'all'))
    expect(types).toEqual(['all'])
  })

  it('says that all is to be read anew when the server has another log', async () => {
    const { duban, resets } = subscribed()
    const logs: string[] = []
    duban.on('log_changed', (log) => logs.push(log))
    made(0).lose()
    await vi.advanceTimersByTimeAsync(100)
    made(1).open({ log: 'log-2' })
    expect(resets).toEqual(['log_mismatch'])
    expect(logs).toEqual(['log-2'])
    expect(made(1).call('sub.open').params.start).toEqual({ live: true })
  })

  it('says so when its place is no longer kept, and goes on from now', () => {
    const { resets, types } = subscribed()
    made(0).push({ method: 'sub.ended', params: { sub: 's1', cursor: '10', error: { code: 41001, kind: 'position_gone' } } })
    expect(resets).toEqual(['position_gone'])
    expect(made(0).call('sub.open').params.start).toEqual({ live: true })
    made(0).answer('sub.open', { sub: 's1', cursor: '90', head: '90', log: 'log-1', mode: 'live', position: '90' })
    made(0).push(frame('90', '91', 'new'))
    expect(types).toEqual(['new'])
  })

  it('ends with its reason when the right to read is gone', async () => {
    const { ends, types } = subscribed()
    made(0).push({ method: 'sub.ended', params: { sub: 's1', cursor: '10', error: { code: 40303, kind: 'access_revoked' } } })
    expect(ends).toEqual(['access_revoked'])
    made(0).push(frame('10', '11', 'late'))
    made(0).lose()
    await vi.advanceTimersByTimeAsync(100)
    made(1).open()
    expect(made(1).call('sub.open')).toBeUndefined()
    expect(types).toEqual([])
  })
})
