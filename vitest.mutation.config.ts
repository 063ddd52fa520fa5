// The tests that mutants of text, finding and change have to survive: those that end quickly, without the program around them.

import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/{text,finding,change,report,laws,discover}/**/*.test.ts', 'test/{pulls,example,scan}.test.ts'],
    exclude: ['test/laws/fuzz.test.ts'],
    testTimeout: 60_000,
  },
})
