import type { AmendGetResult, IssueGetResult } from '@duban/client'
import { describe, expect, it } from 'vitest'

import { amendmentLines, issueLines, type Wording } from '../src/pages/inbox/mandate_text'

const words: Wording = { unit: (code) => `单位${code}`, day: (date) => date, period: (period) => period, yes: '是', no: '否' }

const amendment = (due: string) =>
  ({ content: { changes: { due, co: ['jzy', 'rsj'] }, reason: '工期顺延' }, from: { due: '2026-11-30', co: ['jzy'] } }) as unknown as AmendGetResult

describe('an amendment as lines', () => {
  it('stands against the mandate in its first revision', () => {
    expect(amendmentLines(amendment('2026-12-31'), undefined, words, false)).toEqual([
      { key: 'mandate.co', is: '单位jzy、单位rsj', was: '单位jzy' },
      { key: 'mandate.due', is: '2026-12-31', was: '2026-11-30' },
      { key: 'reason', is: '工期顺延', was: undefined },
    ])
  })

  it('stands against the revision before in a later one, and alone in full', () => {
    const lines = amendmentLines(amendment('2026-12-20'), amendment('2026-12-31'), words, false)
    expect(lines[1]).toEqual({ key: 'mandate.due', is: '2026-12-20', was: '2026-12-31' })
    expect(amendmentLines(amendment('2026-12-20'), amendment('2026-12-31'), words, true).map((line) => line.was)).toEqual([undefined, undefined, undefined])
  })
})

describe('an issue as lines', () => {
  it('leaves out what neither revision says', () => {
    const issue = (sign_by?: string) =>
      ({ content: { reason: '尽快', terms: { due: '2026-12-31', duties: [{ unit: 'jtj', duty: '牵头' }], key: true, routes: [], ...(sign_by && { sign_by }) } } }) as unknown as IssueGetResult
    expect(issueLines(issue(), undefined, words).map((line) => line.key)).toEqual(['mandate.due', 'terms.key', 'terms.duties', 'reason'])
    expect(issueLines(issue(), issue('2026-09-10'), words)).toContainEqual({ key: 'terms.signBy', is: '', was: '2026-09-10' })
  })
})
