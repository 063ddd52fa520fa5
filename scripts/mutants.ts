// Plants mistakes in the review and in fix pull requests, one at a time, and asks whether the tests notice: npm run mutants [-- PART OF A NAME]

import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fixPulls } from './mutants/fix-pulls.ts'
import type { Fate, Mutant, Outcome } from './mutants/mutant.ts'
import { review } from './mutants/review.ts'

const root = join(import.meta.dirname, '..')
/** As many may survive, each with its reason in docs/trials.md. */
const mostSurvivors = 2
/** Attempts at the same time. */
const lanes = 2
/** How many times as long as all tests take where nothing is wrong one attempt may take: a run that never ends is red wherever it is made. */
const patience = 3

type Asked = { readonly mutant: Mutant; readonly tests: readonly string[] }

/** What becomes of one mistake, or of none, within so many milliseconds. */
function attempt(tests: readonly string[], mutant?: Mutant, longest = 0): Promise<Outcome> {
  const words = [join(root, 'scripts/mutants/attempt.ts'), JSON.stringify(tests), ...(mutant === undefined ? [] : [JSON.stringify(mutant)])]
  return new Promise((resolve, reject) => {
    execFile(
      process.execPath,
      words,
      { cwd: root, timeout: longest, killSignal: 'SIGKILL', maxBuffer: 2 ** 26 },
      (error, said, complaint) => {
        if (error === null) resolve(JSON.parse(said.trim().split('\n').at(-1) ?? ''))
        else if (error.killed === true) resolve({ fate: 'caught', by: `no end within ${Math.round(longest / 1_000)} s` })
        else reject(new Error(`an attempt failed: ${complaint}`))
      },
    )
  })
}

/** All mistakes whose file or name holds these words. Throws where one can no longer be planted or has no tests. */
function askedFor(words: string): readonly Asked[] {
  const all = [review, fixPulls].flatMap(({ mutants, tests }) => mutants.map((mutant) => ({ mutant, tests: tests[mutant.file] ?? [] })))
  for (const { mutant, tests } of all) {
    if (!readFileSync(join(root, mutant.file), 'utf8').includes(mutant.from))
      throw new Error(`mutant "${mutant.name}": ${mutant.file} holds no "${mutant.from}"`)
    if (tests.length === 0) throw new Error(`mutant "${mutant.name}": no tests are named for ${mutant.file}`)
  }
  return all.filter(({ mutant: { name, file } }) => `${file} ${name}`.includes(words))
}

async function main(): Promise<void> {
  const [words = ''] = process.argv.slice(2)
  const asked = askedFor(words)
  const begin = performance.now()
  const whole = await attempt([...new Set(asked.flatMap(({ tests }) => tests))])
  if (whole.fate !== 'survived') throw new Error(`the tests fail without any mutant: ${whole.by}`)
  const longest = patience * (performance.now() - begin)
  const fates = new Map<Fate, number>()
  const waiting = [...asked]
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const { fate, by } = await attempt(next.tests, next.mutant, longest)
      fates.set(fate, (fates.get(fate) ?? 0) + 1)
      console.log(`${fate.padEnd(16)} ${next.mutant.name}${by === '' ? '' : `  (${by})`}`)
    }
  }
  await Promise.all(Array.from({ length: lanes }, work))
  const survivors = (fates.get('survived') ?? 0) + (fates.get('broke the double') ?? 0)
  console.log(`\n${fates.get('caught') ?? 0} caught, ${survivors} not`)
  process.exitCode = survivors > mostSurvivors ? 1 : 0
}

await main()
