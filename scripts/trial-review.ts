// Posts reviews of real history to the double: npm run trial:review -- [--commits N] [--seed N] [--output FOLDER] REPOSITORY...
// Each is said twice, and judged by what must hold on the page of any pull request; the folder gets a preview of each to look at.

import { mkdirSync, writeFileSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { UserError } from '../src/errors.ts'
import { changeBetween } from '../src/io/change.ts'
import { openRepository } from '../src/io/git-objects.ts'
import { bare } from '../src/review/marker.ts'
import { preview } from '../src/review/preview/page.ts'
import { type Published, publish } from '../src/review/publish.ts'
import { type Double, startDouble } from '../test/github/double.ts'
import { wrongIn } from '../test/github/oracle.ts'
import { reviewOf, talk } from '../test/github/shop.ts'
import { randomOf } from './random.ts'
import { drawCommits } from './trial/history.ts'

const { values, positionals: repositories } = parseArgs({
  allowPositionals: true,
  options: { commits: { type: 'string', default: '30' }, seed: { type: 'string', default: '7' }, output: { type: 'string' } },
})
if (repositories.length === 0) {
  console.error('name local repositories: npm run trial:review -- REPOSITORY...')
  process.exit(2)
}

const random = randomOf(Number(values.seed))
const wanted = Math.ceil(Number(values.commits) / repositories.length)
const failures: string[] = []
let said = 0
if (values.output !== undefined) mkdirSync(values.output, { recursive: true })
console.log('repository                      commit        files  in diff  elsewhere  longest comment  summary  calls  verdict')
for (const repository of repositories) {
  const name = basename(repository) === 'repo' ? basename(dirname(repository)) : basename(dirname(resolve(repository)))
  const double = await startDouble()
  double.hub.push('empty', {})
  double.hub.borrow(repository)
  let shown = 0
  // Commits that make nothing worse are quick to judge and say nothing: most are drawn for nothing.
  for (const commit of drawCommits(repository, wanted * 20, random)) {
    if (shown >= wanted) break
    const row = await reviewed(double, commit)
    if (row === undefined) continue
    shown += 1
    said += 1
    console.log(`${name.slice(0, 30).padEnd(30)}  ${commit.slice(0, 12)}  ${row}`)
  }
  failures.push(...double.violations.map((violation) => `${name}: ${violation}`))
  await double.stop()
}
for (const failure of failures) console.log(`FALLS SHORT: ${failure}`)
console.log(`\n${said} reviews of ${repositories.length} repositories, seed ${values.seed}`)
process.exit(failures.length === 0 ? 0 : 1)

/** Posts the review of a commit twice; a row of the table, undefined where there is nothing to say. */
async function reviewed(double: Double, commit: string): Promise<string | undefined> {
  const { hub } = double
  const number = hub.pulls.length
  hub.force(`base-${number}`, hub.find(`${commit}^`) ?? '')
  hub.force(`topic-${number}`, commit)
  const pull = hub.open(`topic-${number}`, `base-${number}`)
  // A copy without its largest files cannot show every commit.
  const review = await reviewOf(double, pull).catch((thrown: unknown) => {
    if (thrown instanceof UserError) return undefined
    throw thrown
  })
  if (review === undefined) return undefined
  if (!review.report.findings.some(({ state }) => state === 'new' || state === 'worsened')) {
    hub.pulls.pop()
    return undefined
  }
  const say = (): Promise<Published> => publish(review, talk(double, pull, review.head))
  const before = double.calls.length
  const { kind } = await say()
  const calls = double.calls.length - before
  if (kind !== 'done') failures.push(`${commit}: ${kind}`)
  failures.push(...wrongIn(pull, review).map((wrong) => `${commit}: ${wrong}`))
  const again = double.calls.length
  await say()
  if (double.calls.length !== again + 1) failures.push(`${commit}: a second run had something to do`)
  if (values.output !== undefined) {
    const names = { base: hub.baseOf(pull), head: commit, policy: `base-${number}` }
    const change = changeBetween(openRepository(hub.sandbox.folder), { ...names, policy: names.base }, names)
    writeFileSync(join(values.output, `${commit.slice(0, 12)}.html`), preview(review.report, change))
  }
  const bodies = pull.threads.flatMap(({ comments }) => comments.map(({ body }) => linesOf(body)))
  const summary = pull.comments[0]?.body ?? ''
  const elsewhere = /\*\*Not said in the diff\*\*\n\n([\s\S]*?)\n\n/.exec(summary)?.[1]?.split('\n').length ?? 0
  const cells = [
    String(review.report.coverage.judgedFiles).padStart(5),
    String(pull.threads.length).padStart(8),
    String(elsewhere).padStart(10),
    `${Math.max(0, ...bodies)} lines`.padStart(16),
    String(summary.length).padStart(8),
    String(calls).padStart(6),
  ]
  return `${cells.join(' ')}  ${review.report.verdict}`
}

/** Lines of a hundred characters before the first fold. */
function linesOf(body: string): number {
  const [shown = ''] = bare(body).split('<details>')
  return shown.split('\n').reduce((sum, line) => sum + Math.ceil(line.length / 100), 0)
}
