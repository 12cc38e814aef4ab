// The time that pages show, moving on by itself.
import { readonly, ref } from 'vue'

const clock = ref(Date.now())
setInterval(() => (clock.value = Date.now()), 1000)

export const now = readonly(clock)
