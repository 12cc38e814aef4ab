// The boxes: what is in the open one, what came and went while it was open.
import type { InboxListParams, LogEvent } from '@duban/client'
import { reactive } from 'vue'

import { nameOf } from '../../live/directory'
import { isAct, taskOf, useLiveEvents } from '../../live/live_events'
import { waitingCount } from '../../live/waiting'
import { session, theClient } from '../../session/session'
import type { Item } from './acts'

export type Box = Exclude<InboxListParams['box'], 'followed'>
export const boxes: readonly Box[] = ['todo', 'done', 'to_read', 'started', 'proxy']

export interface Entry {
  key: string
  item: Item
  /** It came while the page was open. */
  fresh: boolean
  /** It left by somebody else's act: who and when, until that was read. */
  gone: { who: string; time: string } | undefined
}

/** The same matter in two readings of a box. */
export function keyOf(item: Item): string {
  return [item.event, item.task, item.approval ?? '', item.node ?? '', item.slot ?? '', item.duty ?? item.act ?? item.reason ?? '', item.seat?.unit.code ?? ''].join('|')
}

const quietMs = 60

export function useInbox() {
  const state = reactive({
    box: 'todo' as Box,
    entries: [] as Entry[],
    next: '',
    loading: false,
    loaded: false,
    error: undefined as unknown,
  })
  const mine = new Set<string>() // keys of what I have acted on just now
  let lastActs = new Map<string, LogEvent>()
  let timer: ReturnType<typeof setTimeout> | undefined
  let readings = 0

  async function open(box: Box): Promise<void> {
    if (box !== state.box) {
      state.entries = []
      state.loaded = false
      state.next = ''
    }
    state.box = box
    await read(false)
  }

  async function read(live: boolean): Promise<void> {
    readings += 1
    const reading = readings
    state.loading = true
    try {
      const limit = Math.min(500, Math.max(50, state.entries.length))
      const page = await theClient().call('inbox.list', { box: state.box, limit })
      if (reading !== readings) return
      merge(page.items, live && state.loaded)
      state.next = page.next
      state.loaded = true
      state.error = undefined
      if (state.box === 'todo' && page.next === '') waitingCount.value = page.items.length
    } catch (error) {
      if (reading === readings) state.error = error
    } finally {
      if (reading === readings) state.loading = false
    }
  }

  async function more(): Promise<void> {
    if (state.next === '') return
    const page = await theClient().call('inbox.list', { box: state.box, cursor: state.next, limit: 100 })
    state.entries.push(...page.items.map((item) => ({ key: keyOf(item), item, fresh: false, gone: undefined })))
    state.next = page.next
  }

  // What somebody is reading does not move: items keep their places, new ones come where the server
  // puts them, and what left by another's act stays struck until that was read.
  function merge(items: Item[], live: boolean): void {
    const before = new Map(state.entries.map((entry) => [entry.key, entry]))
    const entries = items.map((item): Entry => {
      const key = keyOf(item)
      return { key, item, fresh: before.get(key)?.fresh ?? live, gone: undefined }
    })
    const there = new Set(entries.map((entry) => entry.key))
    if (live && state.box !== 'done') {
      state.entries.forEach((entry, at) => {
        if (there.has(entry.key) || mine.has(entry.key)) return
        const act = lastActs.get(entry.item.task)
        const by = act && act.authid !== session.me?.person.id ? { who: nameOf(act.authid), time: act.time } : undefined
        const gone = entry.gone ?? by
        if (gone) entries.splice(Math.min(at, entries.length), 0, { ...entry, gone })
      })
    }
    state.entries = entries
  }

  function dismiss(key: string): void {
    state.entries = state.entries.filter((entry) => entry.key !== key)
  }

  /** What I do myself leaves without a trace here; 已办 has it. */
  function acted(key: string): void {
    mine.add(key)
    state.entries = state.entries.filter((entry) => entry.key !== key)
    waitingCount.value = Math.max(0, waitingCount.value - (state.box === 'todo' ? 1 : 0))
  }

  function onEvents(events: LogEvent[]): void {
    for (const event of events) {
      const task = taskOf(event)
      if (task !== undefined && (isAct(event) || !lastActs.has(task))) lastActs.set(task, event)
    }
    timer ??= setTimeout(() => {
      timer = undefined
      void read(true).then(() => (lastActs = new Map()))
    }, quietMs)
  }

  useLiveEvents(onEvents, () => void read(false))

  return { state, open, more, dismiss, acted, again: () => read(false) }
}
