import { describe, expect, it } from 'vitest'

import { Backoff, commandId, comparePositions } from '../src/index.js'

describe('Backoff', () => {
  it('doubles up to its limit and draws between half and all of it', () => {
    const low = new Backoff({ firstMs: 100, mostMs: 1000, random: () => 0 })
    expect([1, 2, 3, 4, 5, 6].map(() => low.next())).toEqual([50, 100, 200, 400, 500, 500])
    const high = new Backoff({ firstMs: 100, mostMs: 1000, random: () => 1 })
    expect([1, 2, 3, 4, 5].map(() => high.next())).toEqual([100, 200, 400, 800, 1000])
  })

  it('begins anew after a reset', () => {
    const backoff = new Backoff({ firstMs: 100, random: () => 1 })
    backoff.next()
    backoff.next()
    backoff.reset()
    expect(backoff.next()).toBe(100)
  })

  it('never comes before the time that the server asks for, and not all at once', () => {
    expect(new Backoff({ firstMs: 100, random: () => 0 }).next(3000)).toBe(3000)
    expect(new Backoff({ firstMs: 100, random: () => 0.5 }).next(3000)).toBe(3050)
  })
})

describe('commandId', () => {
  it('has the form that the server takes, and is new each time', () => {
    const ids = new Set(Array.from({ length: 200 }, commandId))
    expect(ids.size).toBe(200)
    for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  })
})

describe('comparePositions', () => {
  it('orders decimal strings by value beyond what a number holds', () => {
    const ordered = ['-1', '0', '9', '10', '9007199254740992', '9007199254740993']
    for (let i = 1; i < ordered.length; ++i) {
      expect(comparePositions(ordered[i - 1] ?? '', ordered[i] ?? '')).toBeLessThan(0)
      expect(comparePositions(ordered[i] ?? '', ordered[i - 1] ?? '')).toBeGreaterThan(0)
    }
    expect(comparePositions('-1', '-1')).toBe(0)
    expect(comparePositions('41', '41')).toBe(0)
  })
})
