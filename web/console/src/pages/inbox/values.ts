// Reported values beside what the task asks for, and what became of them between two revisions.
import type { EvidenceFile, ReportedValue, TaskGetResult } from '@duban/client'

import { decimalText, targetFigure } from '../../format/numbers'
import { has, periodText, t } from '../../i18n'

export interface ValueRow {
  key: string
  name: string
  target: string
  is: string
  was: string
  changed: boolean
  difference: string
  /** What a ratio is made of. */
  parts: string
  note: string
}

type Value = Pick<ReportedValue, 'indicator' | 'member' | 'period' | 'value' | 'numerator' | 'denominator' | 'note'> & { grade?: string }

const cell = (value: Value) => [value.indicator, value.member, value.period].join('|')

function figure(value: Value | undefined, unit: string): string {
  if (!value) return ''
  if (value.value !== '') return decimalText(value.value) + (/^-?[\d.]+$/.test(value.value) ? unit : '')
  return value.numerator === '' ? '' : `${decimalText(value.numerator)} ÷ ${decimalText(value.denominator)}`
}

/** The difference of two decimals, exactly, by their digits. */
export function differenceText(was: string, is: string): string {
  const form = /^-?\d+(?:\.\d+)?$/
  if (!form.test(was) || !form.test(is)) return ''
  const places = Math.max(was.split('.')[1]?.length ?? 0, is.split('.')[1]?.length ?? 0)
  const scaled = (text: string) => {
    const [whole = '0', rest = ''] = text.replace('-', '').split('.')
    const digits = BigInt(whole + rest.padEnd(places, '0'))
    return text.startsWith('-') ? -digits : digits
  }
  const by = scaled(is) - scaled(was)
  const digits = (by < 0n ? -by : by).toString().padStart(places + 1, '0')
  const text = places === 0 ? digits : `${digits.slice(0, -places)}.${digits.slice(-places)}`
  return `${by < 0n ? '−' : '+'}${decimalText(text)}`
}

export function valueRows(is: readonly Value[], was: readonly Value[] | undefined, task: TaskGetResult | undefined): ValueRow[] {
  const indicators = new Map((task?.mandate.indicators ?? []).map((indicator) => [indicator.id, indicator]))
  const before = new Map((was ?? []).map((value) => [cell(value), value]))
  const after = new Map(is.map((value) => [cell(value), value]))
  const cells = [...new Set([...after.keys(), ...before.keys()])]
  return cells.map((key) => {
    const now = after.get(key)
    const old = before.get(key)
    const one = (now ?? old)!
    const indicator = indicators.get(one.indicator)
    const unit = indicator?.unit ?? ''
    const label = [indicator?.name ?? one.indicator, one.member].filter(Boolean).join(' ')
    const period = one.period !== '' && one.period !== 'once' ? `（${periodText(one.period)}）` : ''
    const word = indicator && has(`ledger.target.${indicator.op}`) ? t(`ledger.target.${indicator.op}`) : ''
    const changed = was !== undefined && JSON.stringify([now?.value, now?.numerator, now?.denominator, now?.grade]) !== JSON.stringify([old?.value, old?.numerator, old?.denominator, old?.grade])
    return {
      key,
      name: label + period,
      target: indicator ? (targetFigure(indicator) ?? word) : '',
      is: figure(now, unit),
      was: figure(old, unit),
      changed,
      difference: !old ? t('inbox.added') : !now ? t('inbox.removed') : differenceText(old.value, now.value),
      parts: now && now.value !== '' && now.numerator !== '' ? `${decimalText(now.numerator)} ÷ ${decimalText(now.denominator)}` : '',
      note: now?.note ?? '',
    }
  })
}

export interface FileChange {
  name: string
  digest: string
  state: 'same' | 'added' | 'removed'
}

export function fileChanges(is: readonly EvidenceFile[], was: readonly EvidenceFile[] | undefined): FileChange[] {
  const before = new Set((was ?? []).map((file) => `${file.digest}|${file.name}`))
  const after = new Set(is.map((file) => `${file.digest}|${file.name}`))
  const standing = is.map((file): FileChange => ({
    name: file.name,
    digest: file.digest,
    state: was === undefined || before.has(`${file.digest}|${file.name}`) ? 'same' : 'added',
  }))
  const gone = (was ?? []).filter((file) => !after.has(`${file.digest}|${file.name}`))
  return [...standing, ...gone.map((file): FileChange => ({ name: file.name, digest: file.digest, state: 'removed' }))]
}
