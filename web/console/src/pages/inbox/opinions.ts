// The opinions of an approval as one list of rounds, newest first. Pure.
import type { Approval, Forecast } from './acts'

export type Slot = Approval['history'][number]['slots'][number]

export interface Opinion {
  key: string
  glyph: string
  /** Key under inbox.slot. */
  word: string
  /** no: dissent or return. wait: nothing said yet. deem: silence. */
  tone: 'yes' | 'no' | 'wait' | 'deem'
  person: string | undefined
  unit: string | undefined
  post: string | undefined
  onBehalfOf: string | undefined
  /** Why a slot was passed over. */
  reason: string | undefined
  stuck: boolean
  words: string
  time: string | undefined
  mine: boolean
}

export interface Round {
  key: string
  name: string
  round: number
  revision: number
  /** Key under inbox.roundEnd; undefined while it is open. */
  end: string | undefined
  time: string | undefined
  due: string | undefined
  opinions: Opinion[]
}

const glyphs: Record<string, string> = {
  approved: '✓', rejected: '✕', returned: '↩', open: '○', idle: '○', skipped: '–', kept: '=', waiting: '…', passing: '⇄',
  transferred: '→', timed_out: '超', deemed: '◌', cancelled: '–', dropped: '–',
}
const tones: Record<string, Opinion['tone']> = {
  approved: 'yes', kept: 'yes', rejected: 'no', returned: 'no', deemed: 'deem', timed_out: 'deem', skipped: 'deem', cancelled: 'deem', dropped: 'deem',
}

function opinionOf(slot: Slot, key: string, me: readonly string[]): Opinion {
  const holds = slot.state === 'open' && (slot.holders ?? []).some((holder) => me.includes(holder))
  return {
    key,
    glyph: glyphs[slot.state] ?? '·',
    word: holds ? 'mine' : slot.state,
    tone: tones[slot.state] ?? 'wait',
    person: slot.by ?? slot.claimed_by ?? slot.who ?? (slot.holders?.length === 1 ? slot.holders[0] : undefined),
    unit: slot.seat?.unit,
    post: slot.seat?.post,
    onBehalfOf: slot.on_behalf_of,
    reason: slot.state === 'skipped' ? slot.reason : undefined,
    stuck: slot.stuck === true,
    words: slot.opinion ?? '',
    time: slot.at,
    mine: holds || (slot.by !== undefined && me.includes(slot.by)),
  }
}

/** A vacant seat or an author passed over says nothing about the subject: it stands last. */
const weight = (opinion: Opinion) => (opinion.word === 'skipped' ? 1 : 0)

export function roundsOf(approval: Approval, me: readonly string[]): Round[] {
  const open: Round[] = approval.nodes
    .filter((node) => node.state === 'open')
    .map((node) => ({
      key: `${node.node}:${node.round}:open`,
      name: node.name,
      round: node.round,
      revision: approval.revision,
      end: undefined,
      time: node.opened,
      due: node.due_at,
      opinions: (node.slots ?? []).map((slot) => opinionOf(slot, slot.slot, me)).sort((a, b) => weight(a) - weight(b)),
    }))
  const closed: Round[] = approval.history.map((round, at) => {
    // Submitting passes the round of whoever fills, without a word in a slot.
    const spoken = round.slots.some((slot) => slot.by !== undefined)
    const submitted = !spoken && round.person !== undefined && round.end === 'approved'
    const opinions = submitted ? [] : round.slots.map((slot) => opinionOf(slot, `${at}:${slot.slot}`, me)).sort((a, b) => weight(a) - weight(b))
    if (!spoken && round.person) {
      opinions.push({
        key: `${at}:person`, glyph: submitted ? '✓' : '·', word: 'approved', tone: 'yes', person: round.person.id, unit: undefined,
        post: undefined, onBehalfOf: round.on_behalf_of?.id, reason: undefined, stuck: false, words: round.opinion, time: round.time,
        mine: me.includes(round.person.id),
      })
    }
    return {
      key: `${round.node}:${round.round}:${at}`,
      name: round.name,
      round: round.round,
      revision: round.revision,
      end: submitted ? 'submitted' : round.end,
      time: round.time,
      due: undefined,
      opinions,
    }
  })
  return [...open, ...closed.reverse()]
}

/**
 * The route in one line: what was passed, where it is, and what the forecast expects; steps that are
 * only for the case of dissent stand there when they open.
 */
export function pathOf(approval: Approval, forecast: Forecast | undefined): { node: string; name: string; state: 'past' | 'open' | 'later' }[] {
  const expected = new Set(forecast?.steps.map((step) => step.node))
  const inRuns = forecast?.steps.some((step) => step.node.includes('@') && step.state === 'would_open') ?? false
  const later = (node: Approval['nodes'][number]) => expected.has(node.node) || (node.kind === 'each' && inRuns)
  return approval.nodes
    .filter((node) => node.kind === 'task' || node.kind === 'each' || node.kind === 'par' || node.kind === 'sub')
    .filter((node) => !node.node.includes('@') && node.state !== 'skipped')
    .filter((node) => node.state !== 'idle' || later(node))
    .map((node) => ({
      node: node.node,
      name: node.name,
      state: node.state === 'open' ? 'open' : node.state === 'idle' ? 'later' : 'past',
    }))
}
