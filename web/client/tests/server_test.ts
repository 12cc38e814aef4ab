import { webcrypto } from 'node:crypto'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { WebSocket as NodeSocket } from 'ws'

import { generate, outdated } from '../scripts/generate.mjs'
import { commandId, DubanClient, httpCall, type LogEvent, type Socket } from '../src/index.js'
import { demoPassword, serverBinary, TestServer } from '../testing/server.mjs'

// Node 18 has it only under its module.
globalThis.crypto ??= webcrypto as typeof globalThis.crypto

const plan = 'jiyuan-vocational'
const binary = serverBinary()

async function until(met: () => boolean, what: string): Promise<void> {
  for (let i = 0; i < 400; ++i) {
    if (met()) return
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
  throw new Error(`it did not happen: ${what}`)
}

describe.skipIf(binary === undefined)('the server that DUBAN_BINARY names', () => {
  const server = new TestServer(['--demo'])
  const open: DubanClient[] = []

  beforeAll(() => server.start())
  afterAll(async () => {
    for (const client of open) client.close()
    await server.remove()
  })

  const token = async (person: string) =>
    (await httpCall('auth.login', { person, password: demoPassword }, { base: server.url })).token

  async function connected(person: string): Promise<DubanClient> {
    const client = new DubanClient({
      url: server.socketUrl,
      token: await token(person),
      makeSocket: (url, protocol) => new NodeSocket(url, protocol) as unknown as Socket,
      backoff: { firstMs: 50, mostMs: 500 },
    })
    open.push(client)
    client.reconnect()
    await until(() => client.state === 'open', 'the session opens')
    return client
  }

  it('is described by what is committed in src/generated', async () => {
    expect(await outdated(await generate())).toEqual([])
  })

  it('answers typed calls on both ways', async () => {
    const client = await connected('office.clerk')
    const board = await client.call('plan.board', { plan })
    expect(board.items.map((row) => row.no)).toEqual(Array.from({ length: 24 }, (_, i) => i + 1))
    const over = await httpCall('plan.board', { plan }, { base: server.url, token: await token('office.clerk') })
    expect(over.items).toEqual(board.items)
  })

  it('carries a command out once, however often its id is sent', async () => {
    const client = await connected('office.clerk')
    const command = { task: `${plan}/1`, due: '2099-06-30', command_id: commandId() }
    const first = await client.call('task.issue', command)
    const again = await client.call('task.issue', command)
    expect(first.duplicate).toBe(false)
    expect(again).toEqual({ ...first, duplicate: true })
  })

  it('tells a refusal as the server gave it', async () => {
    const client = await connected('office.clerk')
    const refused = client.call('task.get', { task: `${plan}/999` })
    await expect(refused).rejects.toMatchObject({ detail: { kind: 'not_found', retry: 'no' } })
  })

  it('goes on with a newer token on the same connection, and with no other person', async () => {
    const client = await connected('jtj.clerk')
    const session = client.session?.session
    await client.renew(await token('jtj.clerk'))
    expect(client.state).toBe('open')
    expect((await client.call('auth.me', {})).session).not.toBe(session)
    await expect(client.renew(await token('rsj.clerk'))).rejects.toMatchObject({ detail: { kind: 'forbidden' } })
    expect((await client.call('auth.me', {})).person.id).toBe('jtj.clerk')
  })

  it('says signed_out when the token is none', async () => {
    const client = new DubanClient({
      url: server.socketUrl,
      token: 'no-such-token',
      makeSocket: (url, protocol) => new NodeSocket(url, protocol) as unknown as Socket,
    })
    open.push(client)
    client.reconnect()
    await until(() => client.state === 'signed_out', 'the session is refused')
  })

  it('loses no event and repeats none while the server is killed and started again', async () => {
    const reader = await connected('office.head')
    const writer = await connected('office.clerk')
    const seen: LogEvent[] = []
    const resets: string[] = []
    const stream = reader.subscribe({
      filter: { type: ['task.issued'] },
      onEvents: (events) => seen.push(...events),
      onReset: (kind) => resets.push(kind),
    })
    await until(() => stream.live, 'the subscription is live')
    const issue = (no: number) => writer.call('task.issue', { task: `${plan}/${no}`, due: '2099-06-30' })
    await issue(2)
    await until(() => seen.length === 1, 'the first event')
    await server.stop('SIGKILL')
    await until(() => reader.state === 'waiting', 'the loss is noticed')
    const duringOutage = issue(3)
    await server.start()
    await duringOutage
    await issue(4)
    await until(() => seen.length >= 3, 'the others')
    await new Promise((resolve) => setTimeout(resolve, 300))
    expect(seen.map((event) => event.subject)).toEqual([2, 3, 4].map((no) => `task/${plan}/${no}`))
    expect(resets).toEqual([])
  })
})
