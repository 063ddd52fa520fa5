// Asks whether the double notices mistakes in our client of GitHub: npm run mutants [-- PART OF A NAME]

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { startVitest } from 'vitest/node'
import { fixMutants } from './mutants/fix-pulls.ts'
import { type Mutant, mutants } from './mutants/list.ts'

const root = join(import.meta.dirname, '..')
/** The tests that speak to the double; the slow ones are only asked about what the quick ones let through. */
const reviewTests = [['test/review/publish.test.ts', 'test/review/page.test.ts'], ['test/review/trouble.slow.ts']]
const fixTests = [
  ['test/review/fix-pulls/trouble.test.ts', 'test/review/fix-pulls/plan.test.ts', 'test/review/fix-pulls/group.test.ts'],
  ['test/review/fix-pulls/story.test.ts', 'test/io/fix-pulls.test.ts'],
  ['test/review/fix-pulls/story.slow.ts'],
]
/** As many may survive, each with its reason in docs/trials.md. */
const mostSurvivors = 2
/** What the double says when it breaks itself, which catches nothing. */
const broke = 'the double broke'

type Fate = 'caught' | 'survived' | 'broke the double'

type Outcome = { readonly fate: Fate; readonly by: string }

async function fateOf(mutant: Mutant | undefined, tests: readonly (readonly string[])[]): Promise<Outcome> {
  for (const include of tests) {
    const outcome = await outcomeOf(mutant, include)
    if (outcome.fate !== 'survived') return outcome
  }
  return { fate: 'survived', by: '' }
}

async function outcomeOf(mutant: Mutant | undefined, include: readonly string[]): Promise<Outcome> {
  const plugin = {
    name: 'mutant',
    enforce: 'pre' as const,
    transform: (code: string, id: string) =>
      mutant !== undefined && id === join(root, mutant.file) ? code.replace(mutant.from, () => mutant.to) : undefined,
  }
  const config = {
    watch: false,
    bail: 1,
    reporters: [{}],
    include: [...include],
    fileParallelism: false,
    testTimeout: 60_000,
    config: false as const,
    root,
  }
  const vitest = await startVitest('test', [], config, { plugins: [plugin] })
  try {
    const failed = vitest.state.getFiles().flatMap((file) => failures(file as Task))
    const [first] = failed
    if (first === undefined) return { fate: 'survived', by: '' }
    return { fate: first.message.includes(broke) ? 'broke the double' : 'caught', by: first.name }
  } finally {
    await vitest.close()
  }
}

type Task = {
  readonly name: string
  readonly tasks?: readonly Task[]
  readonly result?: { readonly state?: string; readonly errors?: readonly { readonly message?: string }[] }
}

function failures({ name, tasks = [], result }: Task): readonly { readonly name: string; readonly message: string }[] {
  const own = result?.state === 'fail' && result.errors !== undefined && result.errors.length > 0
  const message = (result?.errors ?? []).map((error) => error.message ?? '').join('\n')
  return [...(own ? [{ name, message }] : []), ...tasks.flatMap(failures)]
}

async function main(): Promise<void> {
  const [wanted = ''] = process.argv.slice(2)
  const all = [...mutants.map((mutant) => ({ mutant, tests: reviewTests })), ...fixMutants.map((mutant) => ({ mutant, tests: fixTests }))]
  for (const { mutant } of all)
    if (!readFileSync(join(root, mutant.file), 'utf8').includes(mutant.from))
      throw new Error(`mutant "${mutant.name}": ${mutant.file} holds no "${mutant.from}"`)
  const asked = all.filter(({ mutant: { name, file } }) => `${file} ${name}`.includes(wanted))
  for (const tests of new Set(asked.map((one) => one.tests)))
    if ((await fateOf(undefined, tests)).fate !== 'survived') throw new Error('the tests fail without any mutant')
  const fates = new Map<Fate, number>()
  for (const { mutant, tests } of asked) {
    const { fate, by } = await fateOf(mutant, tests)
    fates.set(fate, (fates.get(fate) ?? 0) + 1)
    console.log(`${fate.padEnd(16)} ${mutant.name}${by === '' ? '' : `  (${by})`}`)
  }
  const survivors = (fates.get('survived') ?? 0) + (fates.get('broke the double') ?? 0)
  console.log(`\n${fates.get('caught') ?? 0} caught, ${survivors} not`)
  process.exitCode = survivors > mostSurvivors ? 1 : 0
}

await main()
