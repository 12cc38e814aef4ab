// What the ledger shows: the rows of one plan, what is known of each beyond its row, and what others
// have changed since the page was opened. Events say which rows were touched; their content comes
// from the server.
import { DubanError, type LogEvent, type PlanBoardResult, type PlanListResult, type TaskGetResult } from '@duban/client'
import { reactive, shallowReactive } from 'vue'

import { announce } from '../../live/announcer'
import { nameOf } from '../../live/directory'
import { isAct, taskOf, useLiveEvents } from '../../live/live_events'
import { t } from '../../i18n'
import { session, theClient } from '../../session/session'

export type Row = PlanBoardResult['items'][number]
export type Plan = PlanListResult['items'][number]

/** What somebody else did to a row, as long as the page is open. */
export interface Change {
  who: string
  /** Type of the event. */
  what: string
  time: string
  /** It was in view long enough. */
  seen: boolean
}

const standing: ReadonlySet<string> = new Set(['in_approval', 'returned', 'accepted'])

/** The newest report that says how the task stands; what was withdrawn or rejected does not. */
export function standingReport(task: TaskGetResult | undefined): TaskGetResult['reports'][number] | undefined {
  return task?.reports.filter((report) => standing.has(report.state)).at(-1)
}

const quietMs = 60
const betweenReadsMs = 400
const detailsAtOnce = 4

export function useLedger() {
  const state = reactive({
    plans: [] as Plan[],
    plan: undefined as Plan | undefined,
    rows: [] as Row[],
    loading: false,
    loaded: false,
    error: undefined as unknown,
    unreadable: 0,
    position: '',
  })
  const details = shallowReactive(new Map<string, TaskGetResult>())
  const changes = reactive(new Map<string, Change>())
  const wanted = new Set<string>()
  let reading = 0
  let touched = new Map<string, LogEvent>()
  let timer: ReturnType<typeof setTimeout> | undefined
  let readAt = 0

  async function load(plan?: string): Promise<void> {
    state.loading = true
    try {
      if (!state.loaded || plan !== undefined) await readPlans(plan)
      if (state.plan) await readBoard()
      state.loaded = true
      state.error = undefined
    } catch (error) {
      state.error = error
    } finally {
      state.loading = false
    }
  }

  async function readPlans(chosen?: string): Promise<void> {
    const plans: Plan[] = []
    let cursor: string | undefined
    do {
      const page = await theClient().call('plan.list', cursor ? { cursor } : {})
      plans.push(...page.items)
      cursor = page.next
    } while (cursor)
    state.plans = plans
    const plan = plans.find((one) => one.plan === chosen) ?? plans[0]
    if (plan?.plan !== state.plan?.plan) {
      details.clear()
      changes.clear()
      wanted.clear()
    }
    state.plan = plan
  }

  async function readBoard(): Promise<void> {
    if (!state.plan) return
    readAt = Date.now()
    const board = await theClient().call('plan.board', { plan: state.plan.plan })
    const before = new Map(state.rows.map((row) => [row.task, row.version]))
    state.rows = board.items
    state.position = board.position
    state.unreadable = board.unreadable?.length ?? 0
    for (const row of board.items) {
      if (details.has(row.task) && before.get(row.task) !== row.version) want(row.task)
    }
  }

  /** Asks for what is known of a task beyond its row, a few at a time. */
  function want(task: string): void {
    wanted.add(task)
    void readDetails()
  }

  function wantOnce(task: string): void {
    if (!details.has(task)) want(task)
  }

  async function readDetails(): Promise<void> {
    if (reading >= detailsAtOnce) return
    const [task] = wanted
    if (task === undefined) return
    wanted.delete(task)
    reading += 1
    try {
      details.set(task, await theClient().call('task.get', { task }))
    } catch (error) {
      // The row stays without them; a right that has gone takes the row away at the next reading.
      if (error instanceof DubanError && error.kind === 'not_found') details.delete(task)
    } finally {
      reading -= 1
      void readDetails()
    }
  }

  function onEvents(events: LogEvent[]): void {
    for (const event of events) {
      const task = taskOf(event)
      if (task === undefined || !state.plan || !task.startsWith(`${state.plan.plan}/`)) continue
      // One act is several events, and not all of them have a name for people.
      if (!touched.has(task) || isAct(event)) touched.set(task, event)
    }
    if (touched.size === 0 || timer !== undefined) return
    timer = setTimeout(refresh, Math.max(quietMs, readAt + betweenReadsMs - Date.now()))
  }

  async function refresh(): Promise<void> {
    timer = undefined
    const marks = touched
    touched = new Map()
    try {
      await readBoard()
    } catch {
      // The connection is being restored; what was touched is read then.
      for (const [task, event] of marks) if (!touched.has(task)) touched.set(task, event)
      timer = setTimeout(refresh, 1000)
      return
    }
    for (const [task, event] of marks) mark(task, event)
  }

  function mark(task: string, event: LogEvent): void {
    const row = state.rows.find((one) => one.task === task)
    if (!row || event.authid === session.me?.person.id) return
    changes.set(task, { who: nameOf(event.authid), what: event.type, time: event.time, seen: false })
    announce(() => {
      const fresh = [...changes.values()].filter((change) => !change.seen).length
      return fresh > 1 ? t('ledger.changed', { no: row.no, n: fresh }) : t('ledger.changedOne', { no: row.no })
    })
  }

  useLiveEvents(onEvents, () => {
    details.clear()
    void load()
  })

  return { state, details, changes, load, wantOnce }
}
