// The tests that take long: histories, failures at every call, large pull requests. CI runs them, `npm run check` does not.

import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: { include: ['test/**/*.slow.ts'], testTimeout: 240_000, hookTimeout: 60_000, teardownTimeout: 5_000, maxWorkers: 2 },
})
