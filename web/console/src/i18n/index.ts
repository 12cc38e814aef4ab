import { createI18n } from 'vue-i18n'

import { enDates, zhDates, type DateWords } from '../format/dates'
import { en } from './en'
import { zh, type Catalogue } from './zh'

export type Language = 'zh' | 'en'

const keptLanguage = 'duban.language'

function chosenLanguage(): Language {
  try {
    return localStorage.getItem(keptLanguage) === 'en' ? 'en' : 'zh'
  } catch {
    return 'zh'
  }
}

export const i18n = createI18n<[Catalogue], Language, false>({
  legacy: false,
  locale: chosenLanguage(),
  fallbackLocale: 'zh',
  messages: { zh, en },
})

export function language(): Language {
  return i18n.global.locale.value
}

export function setLanguage(to: Language): void {
  i18n.global.locale.value = to
  document.documentElement.lang = to === 'zh' ? 'zh-CN' : 'en'
  try {
    localStorage.setItem(keptLanguage, to)
  } catch {
    // Without storage it holds for this page.
  }
}

export function dateWords(): DateWords {
  return language() === 'zh' ? zhDates : enDates
}

type Values = Record<string, string | number>

/** A text of the catalogue, for code outside of components. */
export function t(key: string, values: Values = {}): string {
  return i18n.global.t(key, values)
}

export function has(key: string): boolean {
  return i18n.global.te(key) || i18n.global.te(key, 'zh')
}

/** Names one after the other, as the language joins them. */
export function joined(names: readonly string[]): string {
  return names.join(t('common.and'))
}

/** A reporting period: "2026-11" as "11月". */
export function periodText(period: string): string {
  const month = /^(\d{4})-(\d{2})$/.exec(period)
  if (month) return t('period.month', { year: month[1] ?? '', month: Number(month[2]) })
  const quarter = /^(\d{4})-?Q([1-4])$/.exec(period)
  if (quarter) return t('period.quarter', { year: quarter[1] ?? '', quarter: quarter[2] ?? '' })
  if (/^\d{4}$/.test(period)) return t('period.year', { year: period })
  return period === 'once' ? t('period.once') : t('period.other', { text: period })
}
