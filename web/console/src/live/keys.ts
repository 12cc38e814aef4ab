// Single keys: they work where no field has the focus, and a person can turn them off. None acts by
// itself.
import { onMounted, onUnmounted, ref } from 'vue'
import { useRouter } from 'vue-router'

import { roles } from '../session/session'

const kept = 'duban.keys'
export const keysOn = ref(readKept())
export const helpOpen = ref(false)

function readKept(): boolean {
  try {
    return localStorage.getItem(kept) !== 'off'
  } catch {
    return true
  }
}

export function turnKeys(on: boolean): void {
  keysOn.value = on
  try {
    localStorage.setItem(kept, on ? 'on' : 'off')
  } catch {
    // Without storage it holds for this page.
  }
}

export function inField(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.matches('input, textarea, select') || target.isContentEditable)
}

/** A dialog that was closed stays in the page, hidden. */
function dialogOpen(): boolean {
  return [...document.querySelectorAll<HTMLElement>('.el-overlay')].some((overlay) => overlay.style.display !== 'none')
}

export type KeyMap = Record<string, (event: KeyboardEvent) => void>

/** Keys of a page, by `KeyboardEvent.key` in lower case. Ctrl+Enter is "ctrl+enter" and works in fields too. */
export function usePageKeys(keys: KeyMap): void {
  const onKey = (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.isComposing || dialogOpen()) return
    if (event.ctrlKey && event.key === 'Enter') {
      const act = keys['ctrl+enter']
      if (act) {
        event.preventDefault()
        act(event)
      }
      return
    }
    if (!keysOn.value || event.ctrlKey || event.altKey || event.metaKey || inField(event.target)) return
    const act = keys[event.key.toLowerCase()]
    if (!act) return
    event.preventDefault()
    act(event)
  }
  onMounted(() => window.addEventListener('keydown', onKey))
  onUnmounted(() => window.removeEventListener('keydown', onKey))
}

/** G and then a letter goes to a page, ? shows the keys. */
export function useGlobalKeys(): void {
  const router = useRouter()
  let waitingUntil = 0
  const go = (path: string, allowed: boolean) => {
    if (allowed && Date.now() < waitingUntil) void router.push(path)
    waitingUntil = 0
  }
  usePageKeys({
    g: () => (waitingUntil = Date.now() + 1500),
    i: () => go('/inbox', roles.value.inbox),
    l: () => go('/ledger', roles.value.ledger),
    '?': () => (helpOpen.value = true),
  })
}
