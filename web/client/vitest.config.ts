import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['tests/**/*_test.ts'],
    testTimeout: 20_000,
    hookTimeout: 60_000,
    pool: 'forks',
    poolOptions: { forks: { maxForks: 2 } },
  },
})
