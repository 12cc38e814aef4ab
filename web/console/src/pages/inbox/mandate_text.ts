// What an amendment or an issue asks for, as lines of text.
import type { AmendGetResult, IssueGetResult } from '@duban/client'

type Changes = AmendGetResult['content']['changes']

/** How the page writes what is no text by itself. */
export interface Wording {
  unit(code: string): string
  day(date: string): string
  period(period: string): string
  yes: string
  no: string
}

export interface Line {
  key: string
  is: string
  was: string | undefined
}

const members = ['lead', 'co', 'title', 'text', 'due', 'report_period', 'document_no', 'indicators'] as const

function memberText(changes: Changes, member: (typeof members)[number], words: Wording): string | undefined {
  const value = changes[member]
  if (value === undefined) return undefined
  switch (member) {
    case 'lead':
      return words.unit(changes.lead ?? '')
    case 'co':
      return (changes.co ?? []).map((code) => words.unit(code)).join('、')
    case 'due':
      return changes.due === undefined ? '' : words.day(changes.due)
    case 'report_period':
      return words.period(changes.report_period ?? '')
    case 'indicators':
      return (changes.indicators ?? []).map((one) => one.name).join('；')
    default:
      return String(value)
  }
}

/** Each member that is to change, against the revision before or else against the mandate. */
export function amendmentLines(is: AmendGetResult, was: AmendGetResult | undefined, words: Wording, full: boolean): Line[] {
  const lines = members.flatMap((member): Line[] => {
    const text = memberText(is.content.changes, member, words)
    if (text === undefined) return []
    const before = memberText(was ? was.content.changes : is.from, member, words)
    return [{ key: `mandate.${member}`, is: text, was: full ? undefined : (before ?? '') }]
  })
  return [...lines, { key: 'reason', is: is.content.reason, was: full ? undefined : was?.content.reason }]
}

function termLines(content: IssueGetResult['content'], words: Wording): { key: string; text: string }[] {
  const { terms } = content
  return [
    { key: 'mandate.due', text: terms.due === undefined ? '' : words.day(terms.due) },
    { key: 'terms.signBy', text: terms.sign_by === undefined ? '' : words.day(terms.sign_by) },
    { key: 'mandate.report_period', text: terms.report_period === undefined ? '' : words.period(terms.report_period) },
    { key: 'terms.key', text: terms.key ? words.yes : words.no },
    { key: 'terms.duties', text: terms.duties.map(({ unit, duty }) => `${words.unit(unit)}：${duty}`).join('；') },
    { key: 'terms.routes', text: terms.routes.map(({ route }) => route).join('、') },
    { key: 'reason', text: content.reason },
  ]
}

/** What stands in the terms; with a revision before, what stood there too. */
export function issueLines(is: IssueGetResult, was: IssueGetResult | undefined, words: Wording): Line[] {
  const before = was && termLines(was.content, words)
  return termLines(is.content, words)
    .map(({ key, text }, at) => ({ key, is: text, was: before?.[at]?.text }))
    .filter((line) => line.is !== '' || (line.was ?? '') !== '')
}
