// What changed between two texts, in units that a Chinese reader sees: single characters, and whole
// numbers and Latin words. Changes with less than two unchanged characters between them are joined.

export interface DiffPart {
  kind: 'same' | 'old' | 'new'
  text: string
}

const tokensMax = 4000

/** Numbers with their separators and sign, Latin words, else one character. */
export function tokensOf(text: string): string[] {
  return text.match(/\d[\d,.]*\d%?|\d%?|[A-Za-z]+(?:['-][A-Za-z]+)*|[\s\S]/gu) ?? []
}

/** Lengths of the longest common subsequences of the rests, row by row. */
function commonLengths(old: string[], next: string[]): Uint16Array[] {
  const rows = Array.from({ length: old.length + 1 }, () => new Uint16Array(next.length + 1))
  for (let i = old.length - 1; i >= 0; --i) {
    const row = rows[i]!
    const below = rows[i + 1]!
    for (let j = next.length - 1; j >= 0; --j) {
      row[j] = old[i] === next[j] ? below[j + 1]! + 1 : Math.max(below[j]!, row[j + 1]!)
    }
  }
  return rows
}

function push(parts: DiffPart[], kind: DiffPart['kind'], text: string): void {
  if (text === '') return
  const last = parts[parts.length - 1]
  if (last && last.kind === kind) last.text += text
  else parts.push({ kind, text })
}

/** Within a run of changes the old text stands before the new. */
function ordered(parts: DiffPart[]): DiffPart[] {
  const result: DiffPart[] = []
  let before = ''
  let after = ''
  const flush = () => {
    push(result, 'old', before)
    push(result, 'new', after)
    before = after = ''
  }
  parts.forEach((part, at) => {
    if (part.kind === 'old') before += part.text
    else if (part.kind === 'new') after += part.text
    else if (at > 0 && at < parts.length - 1 && [...part.text].length < 2) {
      before += part.text
      after += part.text
    } else {
      flush()
      push(result, 'same', part.text)
    }
  })
  flush()
  return result
}

export function textDiff(old: string, next: string): DiffPart[] {
  if (old === next) return old === '' ? [] : [{ kind: 'same', text: old }]
  const a = tokensOf(old)
  const b = tokensOf(next)
  let head = 0
  while (head < a.length && head < b.length && a[head] === b[head]) head += 1
  let tail = 0
  while (tail < a.length - head && tail < b.length - head && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail += 1
  const middleA = a.slice(head, a.length - tail)
  const middleB = b.slice(head, b.length - tail)
  const parts: DiffPart[] = []
  push(parts, 'same', a.slice(0, head).join(''))
  if (middleA.length > tokensMax || middleB.length > tokensMax) {
    push(parts, 'old', middleA.join(''))
    push(parts, 'new', middleB.join(''))
  } else {
    const lengths = commonLengths(middleA, middleB)
    let i = 0
    let j = 0
    while (i < middleA.length || j < middleB.length) {
      if (i < middleA.length && j < middleB.length && middleA[i] === middleB[j]) {
        push(parts, 'same', middleA[i]!)
        i += 1
        j += 1
      } else if (j === middleB.length || (i < middleA.length && lengths[i + 1]![j]! >= lengths[i]![j + 1]!)) {
        push(parts, 'old', middleA[i]!)
        i += 1
      } else {
        push(parts, 'new', middleB[j]!)
        j += 1
      }
    }
  }
  push(parts, 'same', a.slice(a.length - tail).join(''))
  return ordered(parts)
}

/** How many places differ: an old text and the new one in its place are one. */
export function changeCount(parts: DiffPart[]): number {
  return parts.filter((part, at) => part.kind !== 'same' && (at === 0 || parts[at - 1]!.kind === 'same')).length
}
