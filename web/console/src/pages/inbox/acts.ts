// What the reader may do with an approval: his open slot, the acts that the route's node offers, what
// each asks for, and who is next by the server's forecast. Pure.
import type { ApprovalForecastResult, ApprovalGetResult, InboxListResult, RouteGetResult } from '@duban/client'

export type Item = InboxListResult['items'][number]
export type Approval = ApprovalGetResult
export type Forecast = ApprovalForecastResult
export type Act = 'approve' | 'reject' | 'return' | 'transfer' | 'delegate' | 'claim'

export interface NodeDefinition {
  id: string
  name?: string
  kind?: string
  mode?: string
  acts?: string[]
  opinion?: Record<string, 'opt' | 'must'>
  dissent?: 'veto' | 'record' | 'escalate'
  due?: { over?: string }
  return?: { to?: string[]; then?: 'rerun' | 'jump' | 'ask' }
  steps?: NodeDefinition[]
  branches?: { steps?: NodeDefinition[] }[]
}

export type Route = RouteGetResult['route']

/** The definition of a node; "sign@rsj" is the node "sign" in the run of a unit. */
export function nodeDefinition(route: Route, node: string): NodeDefinition | undefined {
  const id = node.split('@')[0]
  const search = (nodes: NodeDefinition[]): NodeDefinition | undefined => {
    for (const one of nodes) {
      if (one.id === id) return one
      const inner = search([...(one.steps ?? []), ...(one.branches ?? []).flatMap((branch) => branch.steps ?? [])])
      if (inner) return inner
    }
    return undefined
  }
  return search(route.steps as unknown as NodeDefinition[])
}

export interface MySlot {
  node: string
  slot: string
}

/** Where the approval waits for one of these persons; that of the item first. */
export function mySlot(approval: Approval, me: readonly string[], item?: Pick<Item, 'node' | 'slot'>): MySlot | undefined {
  const mine = approval.waiting.filter((entry) => entry.holders.some((holder) => me.includes(holder)))
  const found = mine.find((entry) => entry.node === item?.node && entry.slot === item?.slot) ?? mine[0]
  return found && { node: found.node, slot: found.slot }
}

const known: readonly Act[] = ['approve', 'reject', 'return', 'transfer', 'delegate']

/** In the order in which they stand: what goes on first. */
export function offeredActs(definition: NodeDefinition | undefined, mustClaim: boolean): Act[] {
  if (mustClaim) return ['claim']
  const offered = definition?.acts ?? ['approve', 'reject']
  return known.filter((act) => act === 'approve' || offered.includes(act))
}

/** Whether an act asks for words. */
export function needsWords(definition: NodeDefinition | undefined, act: Act): boolean {
  if (act !== 'approve' && act !== 'reject' && act !== 'return') return false
  return (definition?.opinion?.[act] ?? (act === 'approve' ? 'opt' : 'must')) === 'must'
}

export interface ReturnTarget {
  /** For approval.return. */
  to: string
  name: string
  /** Who decided there last, or submitted. */
  person: string | undefined
}

/** Where a return may go: nodes that were passed, as the route names them, each once. */
export function returnTargets(approval: Approval, definition: NodeDefinition | undefined, from: string): ReturnTarget[] {
  const passed = approval.history.filter(
    (round) => round.node !== from && (round.end === 'approved' || round.end === 'deemed' || round.end === 'dissented'),
  )
  const target = (to: string, round: (typeof passed)[number] | undefined): ReturnTarget[] =>
    round ? [{ to, name: round.name, person: round.person?.id ?? round.slots.find((slot) => slot.by)?.by }] : []
  const newestOf = (node: string) => [...passed].reverse().find((round) => round.node === node)
  const starts = approval.history.find((round) => round.slots.length === 0 && round.person?.id === approval.starter.id)
  const start = starts && newestOf(starts.node)
  const targets = (definition?.return?.to ?? []).flatMap((entry) => {
    if (entry === 'start') return target('start', start)
    if (entry === 'prev') return target('prev', passed.at(-1))
    if (entry === 'any') {
      const nodes = [...new Set(passed.map((round) => round.node))]
      return nodes.flatMap((node) => target(node, newestOf(node)))
    }
    const node = entry.replace(/^#/, '')
    return target(node, newestOf(node))
  })
  return targets.filter((one, at) => targets.findIndex((other) => other.name === one.name && other.person === one.person) === at)
}

export interface Next {
  /** Others who have yet to speak where it is open. */
  waits: string[]
  /** The steps that would open after that, in order. */
  steps: { name: string; holders: string[] }[]
}

const anyDecides = ['one', 'any', 'claim', 'random']

/** What follows when the slot approves, by the server's forecast. */
export function nextOf(forecast: Forecast, slot: MySlot, definition: NodeDefinition | undefined): Next {
  const decidesAlone = anyDecides.includes(definition?.mode ?? 'one')
  const waits = forecast.steps
    .filter((step) => step.state === 'open')
    .flatMap((step) =>
      step.node === slot.node && decidesAlone ? [] : step.slots.filter((one) => step.node !== slot.node || one.slot !== slot.slot),
    )
    .flatMap((one) => one.holders.slice(0, 1))
  const steps = forecast.steps
    .filter((step) => step.state === 'would_open' && (step.kind === 'task' || step.kind === 'cc' || step.kind === 'sub'))
    .map((step) => ({ name: step.name, holders: step.slots.flatMap((one) => one.holders.slice(0, 1)) }))
  return { waits: [...new Set(waits)], steps }
}

/** The revision against which changes are shown: the last that the reader decided on, else the one before. */
export function baseRevision(approval: Approval, me: readonly string[], shown: number): { no: number; mine: boolean } | undefined {
  const rounds = [...approval.history, ...approval.nodes.map((node) => ({ ...node, revision: approval.revision }))]
  const decided = rounds.flatMap((round) =>
    (round.slots ?? []).filter((slot) => slot.by !== undefined && me.includes(slot.by)).map((slot) => slot.revision ?? round.revision),
  )
  const read = Math.max(0, ...decided.filter((no) => no < shown))
  if (read > 0) return { no: read, mine: true }
  return shown > 1 ? { no: shown - 1, mine: false } : undefined
}
