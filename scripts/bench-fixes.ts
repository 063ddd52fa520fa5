// Measures fixes on real repositories: npm run bench:fixes -- FOLDER... [--json FILE] [--per-rule SHARE]
// Each folder is a repository. Findings of medium severity and above are the denominator, third-party and refused ones too. All fixes that are offered are then made at once, and the tree is judged anew.

import { writeFileSync } from 'node:fs'
import { basename } from 'node:path'
import { parseArgs } from 'node:util'
import { editedTree } from '../src/change/edited.ts'
import type { Tree } from '../src/change/tree.ts'
import { policyOf } from '../src/config.ts'
import { applyFixes } from '../src/fix/apply.ts'
import type { VerifiedFix } from '../src/fix/fix.ts'
import { textIn } from '../src/fix/text.ts'
import { folderTree } from '../src/io/folder-tree.ts'
import { engine } from '../src/io/rendering.ts'
import type { Report, ReportedFinding } from '../src/report/report.ts'
import { reaches } from '../src/rule/severity.ts'
import { type Judgement, judgeTree } from '../src/scan.ts'
import { groupBy } from '../src/text/group.ts'
import { silent } from '../src/watch.ts'
import { randomOf } from './random.ts'
import { loadRules, rulebookOf } from './rulebook.ts'

/** What we hold ourselves to, in per cent. */
const wanted = { share: 70 }

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { json: { type: 'string' }, 'per-rule': { type: 'string', default: '0.15' }, seed: { type: 'string', default: '1' } },
})
if (positionals.length === 0) {
  console.error('name folders, each a repository: npm run bench:fixes -- FOLDER...')
  process.exit(2)
}
const rulebook = rulebookOf(loadRules(), '0.0.0')
const policy = policyOf({}, { failOn: 'never' }, { source: 'built-in defaults', ignore: [] })
const fixing = { now: () => performance.now(), budget: 10 * 60_000 }

type Row = { readonly rule: string; readonly fixed: 'safe' | 'unsafe' | ''; readonly from: string; readonly reason: string }
const rows: Row[] = []
const faults: string[] = []
for (const folder of positionals) {
  const started = performance.now()
  const tree = folderTree(folder)
  const before = await judge(tree)
  const found = before.report.findings.filter(({ severity }) => reaches(severity, 'medium'))
  for (const finding of found) rows.push(rowOf(finding, before.report))
  const fixes = before.mended?.fixes ?? []
  faults.push(...(await faultsOf(tree, before, fixes)).map((fault) => `${basename(folder)}: ${fault}`))
  const fixed = found.filter(({ fix }) => fix !== undefined).length
  console.log(
    `${basename(folder).padEnd(44)} ${String(found.length).padStart(5)} findings ${String(fixed).padStart(5)} fixed ${((performance.now() - started) / 1000).toFixed(1).padStart(7)} s`,
  )
}
report()

function judge(tree: Tree): Promise<Judgement> {
  return judgeTree(tree, { policy, rulebook, watch: silent, engine, fixing })
}

function rowOf({ rule, fix, advice, through, location }: ReportedFinding, { fixes }: Report): Row {
  const from = through.length > 0 || !/\.(?:ya?ml|json)$/.test(location.path) ? 'rendered' : 'written'
  return { rule, fixed: fix === undefined ? '' : (fixes[fix]?.safety ?? ''), from, reason: advice?.find ?? 'no fix of the rule fits' }
}

/** All fixes made at once: nothing new, nothing unreadable, and none of what was fixed is there. */
async function faultsOf(tree: Tree, before: Judgement, fixes: readonly VerifiedFix[]): Promise<readonly string[]> {
  const paths = [...new Set(fixes.flatMap(({ edits }) => edits.map(({ path }) => path)))]
  const texts = new Map(paths.map((path) => [path, applyFixes(path, textIn(tree, path), fixes).text]))
  const after = await judge(editedTree(tree, texts))
  const known = counted(before.report)
  const mended = new Set(before.report.findings.filter(({ fix }) => fix !== undefined).map(({ fingerprint }) => fingerprint))
  // What a wildcard covered was found before, and told with it.
  const covered = new Set(
    before.report.findings.flatMap(({ resource, covers }) => covers.rules.map((rule) => `${rule} ${resource.kind} ${resource.name}`)),
  )
  const brought = after.report.findings.filter(({ fingerprint, rule, resource }) => {
    const left = known.get(fingerprint) ?? 0
    known.set(fingerprint, left - 1)
    return left <= 0 && !covered.has(`${rule} ${resource.kind} ${resource.name}`)
  })
  const problems = after.report.problems.length - before.report.problems.length
  const again = after.mended?.fixes.filter(({ findings }) => mended.has(findings[0].fingerprint)) ?? []
  return [
    ...brought.map(({ rule, location }) => `new: ${rule} at ${location.path}:${location.line}`),
    ...(problems > 0 ? [`${problems} more problems`] : []),
    ...again.map(({ title, findings: [{ rule }] }) => `fixed twice: ${rule.id} (${title})`),
  ]
}

function counted({ findings }: Report): Map<string, number> {
  const counts = new Map<string, number>()
  for (const finding of findings) counts.set(finding.fingerprint, (counts.get(finding.fingerprint) ?? 0) + 1)
  return counts
}

/** No rule may be more than its share of what is counted: of a rule that is found more often, that many are drawn. */
function sampled(): readonly Row[] {
  const most = Math.max(1, Math.floor(rows.length * Number(values['per-rule'])))
  const random = randomOf(Number(values.seed))
  return [...groupBy(rows, ({ rule }) => rule).values()].flatMap((group) => {
    const left = [...group]
    while (left.length > most) left.splice(random(left.length), 1)
    return left
  })
}

function report(): void {
  const sample = sampled()
  const share = (list: readonly Row[], test: (row: Row) => boolean) =>
    `${((100 * list.filter(test).length) / Math.max(1, list.length)).toFixed(1)} %`
  const line = (list: readonly Row[]) => ({
    findings: list.length,
    fixed: share(list, ({ fixed }) => fixed !== ''),
    safe: share(list, ({ fixed }) => fixed === 'safe'),
    unsafe: share(list, ({ fixed }) => fixed === 'unsafe'),
  })
  console.log(
    `\n${rows.length} findings of medium and above in ${positionals.length} repositories; drawn by seed ${values.seed} so that no rule is above its share: ${sample.length}`,
  )
  console.table({
    all: line(rows),
    sample: line(sample),
    ...Object.fromEntries([...groupBy(sample, ({ from }) => from)].map(([from, list]) => [from, line(list)])),
  })
  console.table(
    Object.fromEntries(
      [...groupBy(rows, ({ rule }) => rule)].sort(([, a], [, b]) => b.length - a.length).map(([rule, list]) => [rule, line(list)]),
    ),
  )
  const reasons = [
    ...groupBy(
      rows.filter(({ fixed }) => fixed === ''),
      ({ rule, reason }) => `${rule}: ${reason.slice(0, 120)}`,
    ),
  ].sort(([, a], [, b]) => b.length - a.length)
  for (const [reason, list] of reasons.slice(0, 25)) console.log(`left ${String(list.length).padStart(4)}  ${reason}`)
  for (const fault of faults) console.log(`FAULT ${fault}`)
  if (values.json !== undefined) writeFileSync(values.json, JSON.stringify({ rows, faults }))
  const reached = (100 * sample.filter(({ fixed }) => fixed !== '').length) / Math.max(1, sample.length)
  console.log(`${reached.toFixed(1)} % of the sample have a proved fix (wanted ${wanted.share}), ${faults.length} faults (wanted 0)`)
  process.exitCode = reached >= wanted.share && faults.length === 0 ? 0 : 1
}
