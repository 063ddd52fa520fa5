// One run that keeps the fix pull requests of the double's repository, as the Action makes it.

import { policyOf } from '../../src/config.ts'
import { treeOfCommit } from '../../src/io/change.ts'
import { type Kept, keepFixPulls } from '../../src/io/fix-pulls.ts'
import { fixingForPulls } from '../../src/io/fixing.ts'
import { openRepository } from '../../src/io/git-objects.ts'
import { executablesIn } from '../../src/io/git-tree.ts'
import { connect } from '../../src/io/github.ts'
import type { FixPullInputs } from '../../src/io/inputs.ts'
import type { MendedTree } from '../../src/io/judge.ts'
import { engine } from '../../src/io/rendering.ts'
import { refusing } from '../../src/render/refusing.ts'
import type { Report } from '../../src/report/report.ts'
import { judgeTree } from '../../src/scan.ts'
import { silent } from '../../src/watch.ts'
import { rulebook } from '../program.ts'
import type { Double } from './double.ts'
import { strictly } from './strict.ts'

export type Judged = { readonly whole: Report; readonly mended: MendedTree }
export type Settings = Partial<FixPullInputs> & { readonly token?: string; readonly key?: string }

/** Unsafe fixes too, unless a test says otherwise. */
const usual: FixPullInputs = { grouping: 'component', limit: 5, severity: 'medium', isUnsafeWanted: true }

/** All there is to mend on main. */
export async function judged({ hub }: Double, settings: Settings = {}): Promise<Judged> {
  const commit = hub.find('main') ?? ''
  const repository = openRepository(hub.sandbox.folder)
  const tree = treeOfCommit(repository, commit, commit.slice(0, 12))
  const policy = policyOf({}, {}, { source: 'built-in defaults', ignore: [] })
  const fixing = fixingForPulls({ ...usual, ...settings })
  const { report, mended } = await judgeTree(tree, { policy, rulebook, watch: silent, engine, sources: refusing, fixing })
  if (mended === undefined) throw new Error('nothing was mended')
  return { whole: report, mended: { commit, tree, written: mended, executables: executablesIn(repository, commit) } }
}

/** Says on GitHub what a judgement comes to. */
export function keepAs(double: Double, found: Judged, { token = 'ghs_fixer', key = 'default', ...settings }: Settings = {}): Promise<Kept> {
  const github = strictly(connect(token, { api: double.url, pace: 1, tell: () => {} }))
  const place = { owner: 'acme', repo: 'shop', server: 'https://github.example', key, branch: 'main', pace: 1 }
  return keepFixPulls(found, place, { github, settings: { ...usual, ...settings } })
}

/** A whole run. */
export async function keep(double: Double, settings: Settings = {}): Promise<Kept> {
  return keepAs(double, await judged(double, settings), settings)
}

/** A judgement that proves each group once, however often it is kept. */
export function remembering({ whole, mended }: Judged): Judged {
  const known = new Map<string, ReturnType<typeof mended.written.prove>>()
  const prove: typeof mended.written.prove = (fixes) => {
    const key = JSON.stringify(fixes.map(({ findings: [first] }) => first.fingerprint))
    const proof = known.get(key) ?? mended.written.prove(fixes)
    known.set(key, proof)
    return proof
  }
  return { whole, mended: { ...mended, written: { ...mended.written, prove } } }
}
