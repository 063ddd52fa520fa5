// Tests run against the sources; those of pages need a browser, which test/browser/chromium.ts looks for.

import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: { include: ['test/**/*.test.ts'], testTimeout: 60_000, hookTimeout: 60_000, teardownTimeout: 5_000, maxWorkers: 2, isolate: false },
})
