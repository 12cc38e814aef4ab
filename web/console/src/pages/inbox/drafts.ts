// Words that were typed and not sent, kept in the browser until they are.

const prefix = 'duban.draft.'

export function keptDraft(key: string): string {
  try {
    return localStorage.getItem(prefix + key) ?? ''
  } catch {
    return ''
  }
}

export function keepDraft(key: string, words: string): void {
  try {
    if (words === '') localStorage.removeItem(prefix + key)
    else localStorage.setItem(prefix + key, words)
  } catch {
    // Without storage the words stand in the page alone.
  }
}
