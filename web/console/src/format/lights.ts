// Which shape and word stand for a task's light: shape and word first, colour third.

export interface LitTask {
  light: { light: 'none' | 'green' | 'yellow' | 'red'; days_left: number }
  state: string
  held: boolean
  due?: string
}

export type Shape = 'r' | 'y' | 'g' | 'n' | 'h' | 'd'

export interface ShownLight {
  shape: Shape
  /** Key of the catalogue. */
  word: string
  values: Record<string, number>
}

// From here on the days that are left are worth more than the word.
const nearDays = 10

export function lightOf(task: LitTask): ShownLight {
  const left = task.light.days_left
  if (task.state === 'done') return { shape: 'd', word: 'light.done', values: {} }
  if (task.held) return { shape: 'h', word: 'light.held', values: {} }
  switch (task.light.light) {
    case 'red':
      return left < 0 ? { shape: 'r', word: 'light.overdue', values: { n: -left } } : { shape: 'r', word: 'light.red', values: {} }
    case 'yellow':
      if (task.due !== undefined && left === 0) return { shape: 'y', word: 'light.dueToday', values: {} }
      return task.due !== undefined && left > 0 && left <= nearDays
        ? { shape: 'y', word: 'light.left', values: { n: left } }
        : { shape: 'y', word: 'light.yellow', values: {} }
    case 'green':
      return { shape: 'g', word: 'light.green', values: {} }
    case 'none':
      return { shape: 'n', word: task.state === 'issued' ? 'light.none' : 'light.unissued', values: {} }
  }
}

/** The kind under which a task is counted and filtered. */
export function lightKind(task: LitTask): 'red' | 'yellow' | 'green' | 'none' | 'held' | 'done' {
  if (task.state === 'done') return 'done'
  if (task.held) return 'held'
  return task.light.light
}
