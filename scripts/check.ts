// Everything that must hold before a change is merged, one step after the other: npm run check [-- --without-tests]

import { spawnSync } from 'node:child_process'

/** The same words as in CONTRIBUTING.md. */
const steps: readonly (readonly [name: string, ...words: string[]])[] = [
  ['lint and format', 'biome', 'ci', '--error-on-warnings', '.'],
  ['types', 'tsc'],
  ['directions of imports', 'node', 'scripts/check-imports.ts'],
  ['unused code', 'knip'],
  ['tests', 'vitest', 'run'],
  ['generated files', 'node', 'scripts/generate.ts'],
  ['the engine is what its sources make', 'node', 'scripts/build-engine.ts', '--if-changed'],
  ['build', 'node', 'scripts/build.ts'],
  ['nothing generated was left uncommitted', 'git', 'diff', '--exit-code', '--stat', '--', 'dist', 'docs', 'NOTICE', 'README.md'],
  ['nothing built was left unknown to git', 'sh', '-c', 'test -z "$(git ls-files --others --exclude-standard dist docs)"'],
]

const withoutTests = process.argv.includes('--without-tests')
const start = performance.now()
for (const [name, command, ...words] of steps) {
  if (withoutTests && name === 'tests') continue
  const since = performance.now()
  const { status, error } = spawnSync(command ?? '', words, { stdio: 'inherit' })
  const seconds = ((performance.now() - since) / 1_000).toFixed(1)
  if (status !== 0) {
    console.error(
      `\ncheck: ${name} failed after ${seconds} s (${[command, ...words].join(' ')})${error === undefined ? '' : `: ${error.message}`}`,
    )
    process.exit(1)
  }
  console.log(`check: ${name}, ${seconds} s`)
}
console.log(`check: all is well after ${((performance.now() - start) / 1_000).toFixed(0)} s`)
