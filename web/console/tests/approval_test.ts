import { describe, expect, it } from 'vitest'

import { baseRevision, mySlot, needsWords, nextOf, nodeDefinition, offeredActs, returnTargets, type Approval, type Forecast, type Route } from '../src/pages/inbox/acts'
import { pathOf, roundsOf } from '../src/pages/inbox/opinions'

const route = {
  route: 'report',
  steps: [
    { id: 'fill', name: '填报', do: 'fill' },
    { id: 'unit', name: '单位内审', mode: 'seq', acts: ['approve', 'return', 'transfer', 'add_before'], opinion: { approve: 'opt', return: 'must' }, return: { then: 'ask', to: ['prev', 'start'] } },
    { id: 'cosign', kind: 'each', steps: [{ id: 'co_op', name: '拟办意见', mode: 'claim', acts: ['approve', 'reject'] }] },
    { id: 'dissent', kind: 'choose', branches: [{ steps: [{ id: 'mediate', name: '协调', opinion: { approve: 'must' } }] }, { steps: [] }] },
    { id: 'check', name: '初审', return: { to: ['any'] } },
    { id: 'adopt', name: '审定', return: { to: ['#check', '#fill'] } },
  ],
} as unknown as Route

const slot = (number: string, state: string, more = {}) => ({ slot: number, state, holders: [], ...more })
const round = (node: string, name: string, end: string, more = {}) => ({ node, name, end, round: 1, revision: 1, revision_digest: '', opinion: '', opened: 't', time: 't', slots: [], ...more })

function approval(more = {}): Approval {
  return {
    approval: 'p/1/a1', revision: 1, state: 'running', starter: { id: 'jtj.clerk', name: '王' }, history: [], nodes: [], waiting: [], comments: [],
    ...more,
  } as unknown as Approval
}

describe('nodeDefinition', () => {
  it('finds nodes at any depth, and those of a unit by their base', () => {
    expect(nodeDefinition(route, 'unit')?.name).toBe('单位内审')
    expect(nodeDefinition(route, 'co_op@jzy')?.name).toBe('拟办意见')
    expect(nodeDefinition(route, 'mediate')?.name).toBe('协调')
    expect(nodeDefinition(route, 'nothing')).toBeUndefined()
  })
})

describe('acts', () => {
  it('are those that the node offers', () => {
    expect(offeredActs(nodeDefinition(route, 'unit'), false)).toEqual(['approve', 'return', 'transfer'])
    expect(offeredActs(nodeDefinition(route, 'co_op@jzy'), false)).toEqual(['approve', 'reject'])
    expect(offeredActs(nodeDefinition(route, 'mediate'), false)).toEqual(['approve', 'reject'])
    expect(offeredActs(nodeDefinition(route, 'co_op@jzy'), true)).toEqual(['claim'])
  })

  it('ask for words where the route does; only to approve may go without', () => {
    const unit = nodeDefinition(route, 'unit')
    expect(needsWords(unit, 'approve')).toBe(false)
    expect(needsWords(unit, 'return')).toBe(true)
    expect(needsWords(nodeDefinition(route, 'co_op'), 'reject')).toBe(true)
    expect(needsWords(nodeDefinition(route, 'mediate'), 'approve')).toBe(true)
    expect(needsWords(unit, 'transfer')).toBe(false)
  })

  it('belong to the slot of the item, else to the first that waits for me', () => {
    const waits = approval({ waiting: [{ node: 'a', slot: '1', holders: ['x'] }, { node: 'b', slot: '1', holders: ['me'] }, { node: 'c', slot: '2', holders: ['boss', 'me'] }] })
    expect(mySlot(waits, ['me'], { node: 'c', slot: '2' })).toEqual({ node: 'c', slot: '2' })
    expect(mySlot(waits, ['me'])).toEqual({ node: 'b', slot: '1' })
    expect(mySlot(waits, ['me', 'x'], { node: 'gone', slot: '1' })).toEqual({ node: 'a', slot: '1' })
    expect(mySlot(waits, ['other'])).toBeUndefined()
  })
})

describe('returnTargets', () => {
  const passed = approval({
    history: [
      round('fill', '填报', 'approved', { person: { id: 'jtj.clerk', name: '王' } }),
      round('unit', '单位内审', 'approved', { slots: [slot('1', 'approved', { by: 'jtj.section' })] }),
      round('check', '初审', 'approved', { slots: [slot('1', 'approved', { by: 'office.clerk' })] }),
      round('dissent', '有无不同意见', 'skipped'),
    ],
  })

  it('are the passed nodes that the route names', () => {
    expect(returnTargets(passed, nodeDefinition(route, 'adopt'), 'adopt')).toEqual([
      { to: 'check', name: '初审', person: 'office.clerk' },
      { to: 'fill', name: '填报', person: 'jtj.clerk' },
    ])
  })

  it('name one place once, under the first name that the route gives it', () => {
    const first = approval({ history: passed.history.slice(0, 1) })
    expect(returnTargets(first, nodeDefinition(route, 'unit'), 'unit')).toEqual([{ to: 'prev', name: '填报', person: 'jtj.clerk' }])
  })

  it('are all passed nodes where any may be returned to', () => {
    expect(returnTargets(passed, nodeDefinition(route, 'check'), 'check').map((target) => target.to)).toEqual(['fill', 'unit'])
  })
})

describe('nextOf', () => {
  const forecast = {
    steps: [
      { node: 'unit', name: '单位内审', kind: 'task', state: 'open', slots: [{ slot: '1', holders: ['me'] }, { slot: '3', holders: ['head', 'deputy'] }] },
      { node: 'other', name: '会签', kind: 'task', state: 'open', slots: [{ slot: '1', holders: ['cosigner'] }] },
      { node: 'skip', name: '跳过的', kind: 'task', state: 'would_skip', slots: [] },
      { node: 'check', name: '初审', kind: 'task', state: 'would_open', slots: [{ slot: '1', holders: ['office'] }] },
    ],
  } as unknown as Forecast

  it('waits for the rest of a node where each has to speak, and for what is open beside it', () => {
    expect(nextOf(forecast, { node: 'unit', slot: '1' }, { id: 'unit', mode: 'seq' })).toEqual({
      waits: ['head', 'cosigner'],
      steps: [{ name: '初审', holders: ['office'] }],
    })
  })

  it('waits for nobody else of a node that one decides', () => {
    expect(nextOf(forecast, { node: 'unit', slot: '1' }, { id: 'unit', mode: 'claim' }).waits).toEqual(['cosigner'])
    expect(nextOf(forecast, { node: 'unit', slot: '1' }, { id: 'unit' }).waits).toEqual(['cosigner'])
  })
})

describe('baseRevision', () => {
  it('is the one that I decided on last, else the one before', () => {
    const decided = approval({ revision: 3, history: [round('unit', '内审', 'returned', { revision: 1, slots: [slot('1', 'returned', { by: 'me' })] })] })
    expect(baseRevision(decided, ['me'], 3)).toEqual({ no: 1, mine: true })
    expect(baseRevision(decided, ['other'], 3)).toEqual({ no: 2, mine: false })
    expect(baseRevision(decided, ['other'], 1)).toBeUndefined()
    expect(baseRevision(decided, ['me'], 1)).toBeUndefined()
  })
})

describe('opinions', () => {
  const both = approval({
    revision: 2,
    history: [
      round('fill', '填报', 'approved', { person: { id: 'jtj.clerk', name: '王' } }),
      round('sign', '会签', 'returned', {
        slots: [
          slot('1', 'skipped', { reason: 'empty' }),
          slot('2', 'rejected', { by: 'me', opinion: '重复计次', at: 't2' }),
          slot('3', 'deemed', { seat: { unit: 'tyj', post: 'head' } }),
        ],
      }),
    ],
    nodes: [{ node: 'sign', name: '会签', kind: 'task', state: 'open', round: 2, slots: [slot('2', 'open', { holders: ['me'] })] }, { node: 'later', name: '审定', kind: 'task', state: 'idle', round: 0 }],
  })

  it('stand newest first, and what is mine is marked', () => {
    const rounds = roundsOf(both, ['me'])
    expect(rounds.map((one) => [one.name, one.round, one.end])).toEqual([['会签', 2, undefined], ['会签', 1, 'returned'], ['填报', 1, 'submitted']])
    expect(rounds[0]!.opinions[0]).toMatchObject({ word: 'mine', mine: true, tone: 'wait' })
  })

  it('name who submitted again, not the seat that was asked', () => {
    const again = approval({ history: [round('fill', '填报', 'approved', { round: 2, revision: 2, person: { id: 'jtj.clerk', name: '王' }, slots: [slot('1', 'cancelled')] })] })
    const [one] = roundsOf(again, ['me'])
    expect(one).toMatchObject({ end: 'submitted', round: 2 })
    expect(one!.opinions.map((opinion) => opinion.person)).toEqual(['jtj.clerk'])
  })

  it('never fold dissent, and name silence by its name', () => {
    const words = roundsOf(both, ['me'])[1]!.opinions.map((opinion) => [opinion.word, opinion.tone, opinion.words])
    expect(words).toEqual([['rejected', 'no', '重复计次'], ['deemed', 'deem', ''], ['skipped', 'deem', '']])
  })

  it('show of the route what was passed, where it is and what is expected', () => {
    const none = pathOf(both, undefined)
    expect(none).toEqual([{ node: 'sign', name: '会签', state: 'open' }])
    const forecast = { steps: [{ node: 'later', state: 'would_open' }] } as unknown as Forecast
    expect(pathOf(both, forecast).map((step) => step.state)).toEqual(['open', 'later'])
  })
})
