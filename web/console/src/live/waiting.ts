// How many items wait for me: the number beside 我的事项. Pages that read the box set it; events
// about anything else that I may see ask for it again.
import type { DubanClient } from '@duban/client'
import { ref } from 'vue'

export const waitingCount = ref(0)

const pageSize = 500

export async function countWaiting(client: DubanClient): Promise<void> {
  let cursor: string | undefined
  let count = 0
  do {
    const page = await client.call('inbox.list', { box: 'todo', limit: pageSize, ...(cursor ? { cursor } : {}) })
    count += page.items.length
    cursor = page.next
  } while (cursor)
  waitingCount.value = count
}
