// One review with or without proved fixes, in a process of its own: node scripts/bench-proof/one.ts KIND with|without

import { diffTrees } from '../../src/change/compare-trees.ts'
import { policyOf } from '../../src/config.ts'
import { fixingInReview } from '../../src/io/fixing.ts'
import { engine } from '../../src/io/rendering.ts'
import { refusing } from '../../src/render/refusing.ts'
import { judgeChange } from '../../src/scan.ts'
import { silent } from '../../src/watch.ts'
import { treeOf } from '../../test/discover/tree.ts'
import { loadRules, rulebookOf } from '../rulebook.ts'
import { kinds } from './kinds.ts'

/** What is printed, as JSON: seconds, of the clock and of processors, and how many findings and fixes there were. */
export type One = { readonly wall: number; readonly process: number; readonly findings: number; readonly fixes: number }

const [name = '', mode = 'with'] = process.argv.slice(2)
const kind = kinds[name]
if (kind === undefined) throw new Error(`there is no kind ${name}`)
const trees = { base: treeOf(kind.base()), head: treeOf(kind.head()) }
const change = { ...trees, policy: trees.base, diff: diffTrees(trees.base, trees.head) }
const run = {
  policy: policyOf({}, {}, { source: 'built-in defaults', ignore: [] }),
  rulebook: rulebookOf(loadRules(), '0.0.0'),
  watch: silent,
  engine,
  sources: refusing,
}
const start = { wall: performance.now(), process: process.cpuUsage() }
const { report, mended } = await judgeChange(change, mode === 'with' ? { ...run, fixing: fixingInReview } : run)
const { user, system } = process.cpuUsage(start.process)
const one: One = {
  wall: (performance.now() - start.wall) / 1_000,
  process: (user + system) / 1_000_000,
  findings: report.findings.filter(({ state }) => state === 'new').length,
  fixes: mended === undefined ? 0 : mended.fixes.length,
}
console.log(JSON.stringify(one))
process.exit(0)
