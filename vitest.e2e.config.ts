// The tests that run whole workflows; they need act, which scripts/act.ts builds.

import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: { include: ['test/e2e/**/*.e2e.ts'], testTimeout: 600_000, hookTimeout: 60_000, fileParallelism: false },
})
