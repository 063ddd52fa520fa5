// Plants mistakes in the review and in fix pull requests, one at a time, and asks whether the tests notice: npm run mutants [-- PART OF A NAME]

import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fixPulls } from './mutants/fix-pulls.ts'
import type { Fate, Mutant, Outcome } from './mutants/mutant.ts'
import { review } from './mutants/review.ts'

const root = join(import.meta.dirname, '..')
/** Attempts at the same time. */
const lanes = 2
/** Milliseconds of one attempt: a run that never ends is red wherever it is made. */
const longest = 600_000

type Asked = { readonly mutant: Mutant; readonly tests: readonly string[] }

/** What becomes of one mistake, or of none. */
function attempt(tests: readonly string[], mutant?: Mutant): Promise<Outcome> {
  const words = [join(root, 'scripts/mutants/attempt.ts'), JSON.stringify(tests), ...(mutant === undefined ? [] : [JSON.stringify(mutant)])]
  return new Promise((resolve, reject) => {
    execFile(
      process.execPath,
      words,
      { cwd: root, timeout: longest, killSignal: 'SIGKILL', maxBuffer: 2 ** 26 },
      (error, said, complaint) => {
        if (error === null) resolve(JSON.parse(said.trim().split('\n').at(-1) ?? ''))
        else if (error.killed === true) resolve({ fate: 'no end', by: '', file: '' })
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
  const fates = new Map<Fate, number>()
  const catchers = new Set<string>()
  const waiting = [...asked]
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const { fate, by, file } = await attempt(next.tests, next.mutant)
      fates.set(fate, (fates.get(fate) ?? 0) + 1)
      if (file !== '') catchers.add(file)
      console.log(`${fate.padEnd(16)} ${next.mutant.name}${by === '' ? '' : `  (${by})`}`)
    }
  }
  await Promise.all(Array.from({ length: lanes }, work))
  // A test that is red without any mistake catches nothing.
  const whole = await attempt([...catchers])
  if (whole.fate !== 'survived') throw new Error(`${whole.file} fails without any mutant: ${whole.by}`)
  const count = (fate: Fate) => fates.get(fate) ?? 0
  const survivors = count('survived') + count('broke the double')
  console.log(`\n${count('caught')} caught, ${count('no end')} without end, ${survivors} not`)
  process.exitCode = survivors > 0 ? 1 : 0
}

await main()
