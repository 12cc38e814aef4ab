// What changed, for screen readers: politely, joined, at most once in five seconds.
import { ref } from 'vue'

const pauseMs = 5000
export const announcement = ref('')
let waiting: (() => string) | undefined
let timer: ReturnType<typeof setTimeout> | undefined

function say(): void {
  timer = undefined
  if (!waiting) return
  announcement.value = waiting()
  waiting = undefined
  timer = setTimeout(say, pauseMs)
}

/** The newest of what is announced within the pause is said. */
export function announce(words: () => string): void {
  waiting = words
  if (timer === undefined) say()
}
