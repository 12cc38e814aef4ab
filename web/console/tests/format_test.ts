import { describe, expect, it } from 'vitest'

import { clockText, dateText, daysUntil, deadlineText, enDates, momentText, zhDates } from '../src/format/dates'
import { lightKind, lightOf } from '../src/format/lights'
import { decimalText, targetFigure } from '../src/format/numbers'
import { changeCount, textDiff, tokensOf } from '../src/format/text_diff'

const now = Date.parse('2026-06-05T06:32:07Z') // 14:32:07 in the office

describe('dates', () => {
  it('are those of the office, whatever the zone of the browser', () => {
    expect(momentText('2026-06-04T15:59:00Z', now, zhDates)).toBe('昨日 23:59')
    expect(momentText('2026-06-04T16:00:00Z', now, zhDates)).toBe('今日 00:00')
    expect(momentText('2026-05-29T10:00:00Z', now, zhDates)).toBe('5月29日 18:00')
    expect(momentText('2025-12-31T15:00:00Z', now, zhDates)).toBe('2025年12月31日 23:00')
    expect(clockText(now, true)).toBe('14:32:07')
  })

  it('name the year where it is another one, or where it is asked for', () => {
    expect(dateText('2026-06-30', now, zhDates)).toBe('6月30日')
    expect(dateText('2026-06-30', now, zhDates, true)).toBe('2026年6月30日')
    expect(dateText('2028-12-31', now, zhDates)).toBe('2028年12月31日')
    expect(dateText('2026-06-30', now, enDates)).toBe('30 Jun')
  })

  it('end deadlines at 24:00 of the day before midnight', () => {
    expect(deadlineText('2026-06-08T16:00:00Z', now, zhDates)).toBe('6月8日24:00')
    expect(deadlineText('2026-06-08T09:30:00Z', now, zhDates)).toBe('6月8日17:30')
  })

  it('count calendar days of the office', () => {
    expect(daysUntil('2026-06-05', now)).toBe(0)
    expect(daysUntil('2026-06-07', now)).toBe(2)
    expect(daysUntil('2026-06-04', Date.parse('2026-06-04T16:30:00Z'))).toBe(-1)
  })
})

describe('numbers', () => {
  it('have separators at thousands and stay exact', () => {
    expect(decimalText('12350')).toBe('12,350')
    expect(decimalText('-1234567.50')).toBe('-1,234,567.50')
    expect(decimalText('999')).toBe('999')
    expect(decimalText('12345678901234567890')).toBe('12,345,678,901,234,567,890')
    expect(decimalText('已完成')).toBe('已完成')
  })

  it('write a target as the issued list does', () => {
    const of = (op: string, target: string[], unit = '名') => targetFigure({ op, target, unit })
    expect(of('between', ['2', '3'])).toBe('2–3名')
    expect(of('ge', ['16'], '学时')).toBe('≥16学时')
    expect(of('le', ['1200'], '元')).toBe('≤1,200元')
    expect(of('eq', ['30'], '%')).toBe('30%')
    expect(of('done', [])).toBeUndefined()
  })
})

describe('lights', () => {
  const task = (light: 'none' | 'green' | 'yellow' | 'red', days_left = 0, more = {}) => ({ light: { light, days_left }, state: 'issued', held: false, due: '2026-06-30', ...more })

  it('have a shape and a word', () => {
    expect(lightOf(task('red', -5))).toEqual({ shape: 'r', word: 'light.overdue', values: { n: 5 } })
    expect(lightOf(task('red', 3))).toMatchObject({ shape: 'r', word: 'light.red' })
    expect(lightOf(task('yellow', 2))).toEqual({ shape: 'y', word: 'light.left', values: { n: 2 } })
    expect(lightOf(task('yellow', 0))).toMatchObject({ word: 'light.dueToday' })
    expect(lightOf(task('yellow', 90))).toMatchObject({ word: 'light.yellow' })
    expect(lightOf(task('none', 0, { state: 'established' }))).toMatchObject({ shape: 'n', word: 'light.unissued' })
  })

  it('say that a task is done or on hold before they say how late it is', () => {
    expect(lightOf(task('red', -5, { held: true }))).toMatchObject({ shape: 'h', word: 'light.held' })
    expect(lightOf(task('red', -5, { state: 'done' }))).toMatchObject({ shape: 'd', word: 'light.done' })
    expect(lightKind(task('red', -5, { held: true }))).toBe('held')
  })
})

describe('textDiff', () => {
  const shown = (old: string, next: string) =>
    textDiff(old, next).map((part) => (part.kind === 'same' ? part.text : part.kind === 'old' ? `[-${part.text}-]` : `[+${part.text}+]`)).join('')

  it('takes numbers and Latin words as wholes', () => {
    expect(tokensOf('训9,860人次ABC，12.4%')).toEqual(['训', '9,860', '人', '次', 'ABC', '，', '12.4%'])
    expect(shown('累计培训9,860人次', '累计培训8,920人次')).toBe('累计培训[-9,860-][+8,920+]人次')
  })

  it('shows the old before the new, and joins changes with less than two characters between', () => {
    expect(shown('甲乙丙丁', '甲子丙丑')).toBe('甲[-乙丙丁-][+子丙丑+]')
    expect(shown('甲乙丙丁戊己', '甲子丙丁丑己')).toBe('甲[-乙-][+子+]丙丁[-戊-][+丑+]己')
  })

  it('gives back both texts, whatever they are', () => {
    const texts = ['', '一', '进度偏慢。', '进度偏慢，补贴资金拨付与台账尚未逐人核对。', '6月底前与财政金融局逐人核对', '🙂甲🙂', 'a b c', '1,2,3']
    for (const old of texts) {
      for (const next of texts) {
        const parts = textDiff(old, next)
        expect(parts.filter((part) => part.kind !== 'new').map((part) => part.text).join('')).toBe(old)
        expect(parts.filter((part) => part.kind !== 'old').map((part) => part.text).join('')).toBe(next)
      }
    }
  })

  it('counts an old text and the new one in its place as one change', () => {
    expect(changeCount(textDiff('甲乙丙丁', '甲子丙丁丑'))).toBe(2)
    expect(changeCount(textDiff('同', '同'))).toBe(0)
  })

  it('is not held up by long texts', () => {
    const long = (seed: number) => Array.from({ length: 20_000 }, (_, i) => String.fromCharCode(0x4e00 + ((i * seed) % 900))).join('')
    const started = Date.now()
    const parts = textDiff(long(7), long(11))
    expect(parts.some((part) => part.kind === 'new')).toBe(true)
    expect(Date.now() - started).toBeLessThan(5000)
  })
})
