// Doing an act: the same command id until it is known what became of it, so that trying again after
// a lost answer cannot act twice.
import { commandId, DubanError } from '@duban/client'
import { ref } from 'vue'

import { theClient } from '../../session/session'
import type { Act, Approval, MySlot } from './acts'

export interface Order {
  act: Act | 'read' | 'comment'
  words: string
  to?: string
  then?: 'rerun' | 'jump'
}

/** How to undo what was done, as long as nobody after has acted, and the words for it. */
export interface TakeBack {
  run: () => Promise<unknown>
  words: string
}

// What these rules say is that somebody was faster, not that the reader did something wrong.
const overtaken = new Set(['already_decided', 'node_not_open', 'approval_not_running', 'already_claimed', 'not_your_turn', 'wrong_revision'])

export function wasOvertaken(error: unknown): boolean {
  return error instanceof DubanError && (error.kind === 'version_conflict' || (error.kind === 'rule_violation' && overtaken.has(error.detail.rule ?? '')))
}

export function useActing() {
  const busy = ref(false)
  let sent: { content: string; id: string } | undefined

  async function send(approval: Approval, shown: number, digest: string, slot: MySlot | undefined, order: Order): Promise<void> {
    const content = JSON.stringify([approval.approval, shown, slot, order])
    if (sent?.content !== content) sent = { content, id: commandId() }
    busy.value = true
    try {
      await dispatch(approval, shown, digest, slot, order, sent.id)
      sent = undefined
    } catch (error) {
      const known = error instanceof DubanError && error.detail.retry === 'no'
      if (known) sent = undefined
      throw error
    } finally {
      busy.value = false
    }
  }

  function dispatch(approval: Approval, revision: number, digest: string, slot: MySlot | undefined, order: Order, id: string) {
    const client = theClient()
    const place = { approval: approval.approval, command_id: id, ...(slot ?? {}) }
    const decision = { ...place, revision, revision_digest: digest, ...(order.words === '' ? {} : { opinion: order.words }) }
    const handing = { ...place, to: order.to ?? '', ...(order.words === '' ? {} : { opinion: order.words }) }
    switch (order.act) {
      case 'approve':
        return client.call('approval.approve', decision)
      case 'reject':
        return client.call('approval.reject', decision)
      case 'return':
        return client.call('approval.return', { ...decision, ...(order.to ? { to: order.to } : {}), ...(order.then ? { then: order.then } : {}) })
      case 'transfer':
        return client.call('approval.transfer', handing)
      case 'delegate':
        return client.call('approval.delegate', handing)
      case 'claim':
        return client.call('approval.claim', place)
      case 'read':
        return client.call('approval.read', { approval: approval.approval, command_id: id })
      case 'comment':
        return client.call('approval.comment', { approval: approval.approval, command_id: id, text: order.words })
    }
  }

  return { busy, send }
}
