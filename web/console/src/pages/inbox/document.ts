// One approval as somebody reads it: the approval, what comes next, its route, and the subject in the
// revision that is shown, with the one it is compared with.
import {
  type AmendGetResult,
  type ApprovalForecastResult,
  type ClosingGetResult,
  type ExtensionGetResult,
  type IssueGetResult,
  type LogEvent,
  type ReportGetResult,
  type TaskGetResult,
} from '@duban/client'
import { computed, reactive, shallowReactive, type Ref, watch } from 'vue'

import { taskOf, useLiveEvents } from '../../live/live_events'
import { session, theClient } from '../../session/session'
import { baseRevision, mySlot, nodeDefinition, type Approval, type Item, type Route } from './acts'

export type Subject =
  | { kind: 'report'; is: ReportGetResult; was: ReportGetResult | undefined }
  | { kind: 'extension'; is: ExtensionGetResult; was: ExtensionGetResult | undefined }
  | { kind: 'closing'; is: ClosingGetResult; was: ClosingGetResult | undefined }
  | { kind: 'amendment'; is: AmendGetResult; was: AmendGetResult | undefined }
  | { kind: 'issue'; is: IssueGetResult; was: IssueGetResult | undefined }

const routes = new Map<string, Route>()
const quietMs = 80

async function readRoute(route: string, ver: number): Promise<Route> {
  const key = `${route}/${ver}`
  const known = routes.get(key)
  if (known) return known
  const read = (await theClient().call('route.get', { route, ver })).route
  routes.set(key, read)
  return read
}

async function readSubject(approval: Approval, shown: number, base: number | undefined): Promise<Subject> {
  const client = theClient()
  const { id, kind } = approval.subject
  switch (kind) {
    case 'report': {
      const [is, was] = await Promise.all([
        client.call('report.get', { report: id, revision: shown }),
        base === undefined ? undefined : client.call('report.get', { report: id, revision: base }),
      ])
      return { kind, is, was }
    }
    case 'extension': {
      const [is, was] = await Promise.all([
        client.call('extension.get', { extension: id, revision: shown }),
        base === undefined ? undefined : client.call('extension.get', { extension: id, revision: base }),
      ])
      return { kind, is, was }
    }
    case 'closing': {
      const [is, was] = await Promise.all([
        client.call('closing.get', { closing: id, revision: shown }),
        base === undefined ? undefined : client.call('closing.get', { closing: id, revision: base }),
      ])
      return { kind, is, was }
    }
    case 'amendment': {
      const [is, was] = await Promise.all([
        client.call('amend.get', { amendment: id, revision: shown }),
        base === undefined ? undefined : client.call('amend.get', { amendment: id, revision: base }),
      ])
      return { kind, is, was }
    }
    case 'issue': {
      const [is, was] = await Promise.all([
        client.call('issue.get', { issue: id, revision: shown }),
        base === undefined ? undefined : client.call('issue.get', { issue: id, revision: base }),
      ])
      return { kind, is, was }
    }
  }
}

export function useDocument(item: Ref<Item | undefined>) {
  const state = reactive({ loading: false, error: undefined as unknown, fresh: new Set<string>() })
  const content = shallowReactive({
    approval: undefined as Approval | undefined,
    forecast: undefined as ApprovalForecastResult | undefined,
    route: undefined as Route | undefined,
    subject: undefined as Subject | undefined,
    task: undefined as TaskGetResult | undefined,
    /** The revision that is on the screen; decisions name it. */
    shown: 0,
    base: undefined as { no: number; mine: boolean } | undefined,
    /** There was a slot of mine when it was opened. */
    hadSlot: false,
  })
  let readings = 0
  let timer: ReturnType<typeof setTimeout> | undefined

  const me = computed(() => [session.me?.person.id ?? '', ...(session.me?.proxy_for ?? []).map((person) => person.id)])
  const slot = computed(() => content.approval && mySlot(content.approval, me.value, item.value))
  const definition = computed(() => (content.route && slot.value ? nodeDefinition(content.route, slot.value.node) : undefined))
  /** A newer revision than the one that was read. */
  const newer = computed(() => (content.approval && content.shown > 0 && content.approval.revision > content.shown ? content.approval.revision : undefined))

  async function read(anew: boolean): Promise<void> {
    const wanted = item.value
    readings += 1
    const reading = readings
    const current = () => reading === readings
    if (anew) {
      Object.assign(content, { approval: undefined, forecast: undefined, route: undefined, subject: undefined, task: undefined, shown: 0, base: undefined, hadSlot: false })
      state.fresh.clear()
    }
    if (!wanted) return
    state.loading = true
    try {
      const client = theClient()
      const task = client.call('task.get', { task: wanted.task })
      if (wanted.approval === undefined) {
        const read = await task
        if (current()) Object.assign(content, { task: read })
        return
      }
      const [approval, forecast, taskRead] = await Promise.all([
        client.call('approval.get', { approval: wanted.approval }),
        // Without it the acts stay; their consequence says that it is not known.
        client.call('approval.forecast', { approval: wanted.approval }).catch(() => undefined),
        task,
      ])
      const route = await readRoute(approval.route, approval.route_version)
      const shown = anew ? approval.revision : content.shown
      const base = baseRevision(approval, me.value, shown)
      const subject = anew || !content.subject ? await readSubject(approval, shown, base?.no) : content.subject
      if (!current()) return
      if (!anew && content.approval) markFresh(content.approval, approval)
      Object.assign(content, { approval, forecast, route, subject, task: taskRead, shown, base })
      if (anew) content.hadSlot = slot.value !== undefined
    } catch (error) {
      if (current()) state.error = error
      return
    } finally {
      if (current()) state.loading = false
    }
    if (current()) state.error = undefined
  }

  function markFresh(before: Approval, after: Approval): void {
    const said = (approval: Approval) =>
      new Set([...approval.nodes, ...approval.history].flatMap((round) => (round.slots ?? []).map((one) => `${one.by ?? ''}@${one.at ?? ''}`)))
    const known = said(before)
    for (const one of said(after)) {
      if (!known.has(one) && !one.startsWith('@') && !me.value.includes(one.split('@')[0] ?? '')) state.fresh.add(one)
    }
  }

  /** The newest revision, compared with the one that was on the screen. */
  async function showNewest(): Promise<void> {
    const approval = content.approval
    if (!approval) return
    const base = { no: content.shown, mine: true }
    const subject = await readSubject(approval, approval.revision, base.no)
    Object.assign(content, { subject, shown: approval.revision, base })
  }

  watch(
    () => (item.value ? `${item.value.task}|${item.value.approval ?? ''}|${item.value.node ?? ''}|${item.value.slot ?? ''}` : ''),
    () => void read(true),
    { immediate: true },
  )

  useLiveEvents(
    (events: LogEvent[]) => {
      if (!item.value || !events.some((event) => taskOf(event) === item.value?.task)) return
      timer ??= setTimeout(() => {
        timer = undefined
        void read(false)
      }, quietMs)
    },
    () => void read(true),
  )

  return { state, content, me, slot, definition, newer, read, showNewest }
}
