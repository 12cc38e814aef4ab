// Days and moments as officials write them, in the office's time (UTC+8, no summer time), whatever
// the browser's zone is.
const officeMs = 8 * 3600_000
const dayMs = 24 * 3600_000

/** The day number of a moment in the office. */
export function officeDay(moment: number): number {
  return Math.floor((moment + officeMs) / dayMs)
}

function dayOfDate(date: string): number {
  return Math.floor(Date.parse(`${date}T00:00:00Z`) / dayMs)
}

export interface DateWords {
  /** Y, M, D to "2026年6月5日". */
  full: (year: number, month: number, day: number) => string
  /** M, D within the current year. */
  short: (month: number, day: number) => string
  today: string
  yesterday: string
}

export const zhDates: DateWords = {
  full: (year, month, day) => `${year}年${month}月${day}日`,
  short: (month, day) => `${month}月${day}日`,
  today: '今日',
  yesterday: '昨日',
}
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
export const enDates: DateWords = {
  full: (year, month, day) => `${day} ${months[month - 1] ?? ''} ${year}`,
  short: (month, day) => `${day} ${months[month - 1] ?? ''}`,
  today: 'today',
  yesterday: 'yesterday',
}

function dayText(day: number, today: number, words: DateWords, alwaysYear: boolean): string {
  const date = new Date(day * dayMs)
  const year = date.getUTCFullYear()
  const thisYear = new Date(today * dayMs).getUTCFullYear()
  return year === thisYear && !alwaysYear
    ? words.short(date.getUTCMonth() + 1, date.getUTCDate())
    : words.full(year, date.getUTCMonth() + 1, date.getUTCDate())
}

/** A day such as "2026-09-01"; with its year where it is not the current one, or always. */
export function dateText(date: string, now: number, words: DateWords, alwaysYear = false): string {
  return dayText(dayOfDate(date), officeDay(now), words, alwaysYear)
}

/** "HH:MM" in the office. */
export function clockText(moment: number, seconds = false): string {
  return new Date(moment + officeMs).toISOString().slice(11, seconds ? 19 : 16)
}

/** A moment: "今日 14:31", "昨日 09:20", "6月4日 11:30". */
export function momentText(time: string, now: number, words: DateWords): string {
  const moment = Date.parse(time)
  const day = officeDay(moment)
  const today = officeDay(now)
  const name = day === today ? words.today : day === today - 1 ? words.yesterday : dayText(day, today, words, false)
  return `${name} ${clockText(moment)}`
}

/** A deadline: the day, and 24:00 for a moment that is midnight. */
export function deadlineText(moment: string, now: number, words: DateWords): string {
  const end = Date.parse(moment)
  const midnight = (end + officeMs) % dayMs === 0
  const today = officeDay(now)
  return midnight
    ? `${dayText(officeDay(end) - 1, today, words, false)}24:00`
    : `${dayText(officeDay(end), today, words, false)}${clockText(end)}`
}

/** Calendar days from today to the day; negative when it has passed. */
export function daysUntil(date: string, now: number): number {
  return dayOfDate(date) - officeDay(now)
}
