// One subscription for the whole page, handed to whoever shows something that may change.
import type { LogEvent } from '@duban/client'
import { onUnmounted, watch } from 'vue'

import { has } from '../i18n'
import { roles, session, theClient } from '../session/session'
import { countWaiting } from './waiting'

type OnEvents = (events: LogEvent[]) => void
interface Watcher {
  onEvents: OnEvents
  /** Everything has to be read anew. */
  onReset: () => void
}

const watchers = new Set<Watcher>()
const countPauseMs = 150
let countTimer: ReturnType<typeof setTimeout> | undefined

function countLater(): void {
  if (!roles.value.inbox || countTimer !== undefined) return
  countTimer = setTimeout(() => {
    countTimer = undefined
    countWaiting(theClient()).catch(() => undefined)
  }, countPauseMs)
}

function subscribe(): void {
  if (!roles.value.ledger && !roles.value.inbox) return
  countLater()
  theClient().subscribe({
    onEvents: (events) => {
      for (const watcher of [...watchers]) watcher.onEvents(events)
      countLater()
    },
    onReset: () => {
      for (const watcher of [...watchers]) watcher.onReset()
      countLater()
    },
  })
}

let subscribedFor: unknown
watch(
  () => session.me,
  (me) => {
    if (!me || subscribedFor === theClient()) return
    subscribedFor = theClient()
    subscribe()
  },
  { immediate: true },
)

/** For a component, as long as it is there. */
export function useLiveEvents(onEvents: OnEvents, onReset: () => void): void {
  const watcher = { onEvents, onReset }
  watchers.add(watcher)
  onUnmounted(() => watchers.delete(watcher))
}

/** The task of an event's stream "task/plan/1", if it is one. */
export function taskOf(event: LogEvent): string | undefined {
  return /^task\/([a-z0-9-]+\/\d+)/.exec(event.subject)?.[1]
}

/** Whether a person did that, in a word that people have for it. */
export function isAct(event: LogEvent): boolean {
  return event.authid !== 'system' && has(`event.${event.type}`)
}
