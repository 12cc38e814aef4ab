// Filters of the ledger: they live in the address, so that a picture can be sent to somebody.
import type { LocationQuery } from 'vue-router'

import { lightKind } from '../../format/lights'
import type { Row } from './ledger'

export interface Filters {
  unit: string
  light: string
  state: string
}

export const noFilters: Filters = { unit: '', light: '', state: '' }
export const lightKinds = ['red', 'yellow', 'green', 'none', 'held', 'done'] as const
export const states = ['established', 'issued', 'done', 'held'] as const

const word = (value: LocationQuery[string] | undefined) => (typeof value === 'string' ? value : '')

export function filtersOf(query: LocationQuery): Filters {
  return { unit: word(query['unit']), light: word(query['light']), state: word(query['state']) }
}

export function queryOf(filters: Filters, plan: string | undefined): Record<string, string> {
  const entries = Object.entries({ ...filters, plan: plan ?? '' }).filter(([, value]) => value !== '')
  return Object.fromEntries(entries)
}

export function fits(row: Row, filters: Filters): boolean {
  const inUnit =
    filters.unit === '' || row.lead.code === filters.unit || row.co.some((unit) => unit.code === filters.unit)
  const inLight = filters.light === '' || lightKind(row) === filters.light
  const inState = filters.state === '' || (filters.state === 'held' ? row.held : row.state === filters.state && !row.held)
  return inUnit && inLight && inState
}

/** Units with a part in any row, leads first, each once. */
export function unitsOf(rows: readonly Row[]): { code: string; name: string }[] {
  const units = new Map<string, string>()
  for (const row of rows) units.set(row.lead.code, row.lead.name)
  for (const row of rows) for (const unit of row.co) units.set(unit.code, unit.name)
  return [...units].map(([code, name]) => ({ code, name }))
}
