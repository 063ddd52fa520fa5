// Runs tests with one mistake planted, in a process of its own: node scripts/mutants/attempt.ts TESTS [MUTANT], both as JSON. The last line that it prints is the outcome.

import { join } from 'node:path'
import { BaseSequencer, startVitest, type TestSpecification } from 'vitest/node'
import type { Mutant, Outcome } from './mutant.ts'

const root = join(import.meta.dirname, '../..')
/** What the double says when it breaks itself, which catches nothing. */
const broke = 'the double broke'

type Task = {
  readonly name: string
  readonly tasks?: readonly Task[]
  readonly result?: { readonly state?: string; readonly errors?: readonly { readonly message?: string }[] }
}

/** The tests run in the order that they are given in, until one fails. */
async function outcomeOf(tests: readonly string[], mutant: Mutant | undefined): Promise<Outcome> {
  const plugin = {
    name: 'mutant',
    enforce: 'pre' as const,
    transform: (code: string, id: string) =>
      mutant !== undefined && id === join(root, mutant.file) ? code.replace(mutant.from, () => mutant.to) : undefined,
  }
  class InOrder extends BaseSequencer {
    override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
      const place = ({ moduleId }: TestSpecification) => tests.findIndex((test) => moduleId === join(root, test))
      return [...files].sort((a, b) => place(a) - place(b))
    }
  }
  const config = {
    ...{ watch: false, bail: 1, reporters: [{}], include: [...tests], root, config: false as const },
    // One thread: it ends with this process, whatever a mistake makes of it.
    ...{ pool: 'threads' as const, fileParallelism: false, isolate: false, sequence: { sequencer: InOrder } },
    ...{ testTimeout: 60_000, hookTimeout: 60_000 },
  }
  const vitest = await startVitest('test', [], config, { plugins: [plugin] })
  const [first] = vitest.state.getFiles().flatMap((file) => failures(file as Task).map((failure) => ({ ...failure, file: file.name })))
  if (first === undefined) return { fate: 'survived', by: '', file: '' }
  return { fate: first.message.includes(broke) ? 'broke the double' : 'caught', by: first.name, file: first.file }
}

function failures({ name, tasks = [], result }: Task): readonly { readonly name: string; readonly message: string }[] {
  const own = result?.state === 'fail' && result.errors !== undefined && result.errors.length > 0
  const message = (result?.errors ?? []).map((error) => error.message ?? '').join('\n')
  return [...(own ? [{ name, message }] : []), ...tasks.flatMap(failures)]
}

const [tests = '[]', mutant] = process.argv.slice(2)
const outcome = await outcomeOf(JSON.parse(tests), mutant === undefined ? undefined : JSON.parse(mutant))
process.stdout.write(`\n${JSON.stringify(outcome)}\n`, () => process.exit(0))
