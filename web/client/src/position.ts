// Positions are decimal strings that may exceed what a number holds exactly. "-1" is before the
// first event.

export type Position = string

/** Negative when a is before b, 0 when they are the same. */
export function comparePositions(a: Position, b: Position): number {
  const before = (text: Position) => text.startsWith('-')
  if (before(a) || before(b)) return Number(before(b)) - Number(before(a))
  if (a.length !== b.length) return a.length - b.length
  return a < b ? -1 : a > b ? 1 : 0
}
