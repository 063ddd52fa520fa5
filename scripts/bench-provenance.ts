// Edits the places that findings name and renders with the native tools: node scripts/bench-provenance.ts [--seed N] [--findings N] DIR…

import { parseArgs } from 'node:util'
import { draw } from './bench-provenance/draw.ts'
import { type Before, type Outcome, tryPlace } from './bench-provenance/place.ts'
import { type Drawn, look, type Seen } from './bench-provenance/seen.ts'
import { buildTools } from './bench-render/native.ts'
import { randomOf } from './random.ts'

const { values, positionals } = parseArgs({
  options: { seed: { type: 'string', default: '1' }, findings: { type: 'string', default: '300' } },
  allowPositionals: true,
})
if (positionals.length === 0) {
  console.error('name folders of charts and kustomizations: npm run bench:provenance -- DIR…')
  process.exit(2)
}

/** At most this many of one chart or overlay, and this share of one rule, so that no one of them decides the figures. */
const mostOfOne = 10
const shareOfRule = 0.15
/** What has to be reached (issue: provenance); the shares are of the findings drawn. */
const wanted = { findings: 300, charts: 30, overlays: 30, helmTrue: 0.9, kustomizeFile: 0.95, kustomizeLine: 0.9, exactTrue: 0.98 }

buildTools(['helm4', 'kustomize'])
const seen: Seen[] = []
for (const folder of positionals) seen.push(await look(folder))
const drawn = await draw(seen, { random: randomOf(Number(values.seed)), most: Number(values.findings), mostOfOne, shareOfRule })
const rows: { readonly one: Drawn; readonly outcome: Outcome }[] = []
const known = new Map<string, Before>()
for (const one of drawn) rows.push({ one, outcome: tryPlace(one, known) })

for (const { one, outcome } of rows) {
  if (outcome.right) continue
  const { location } = one.trace
  console.log(`${one.kind} ${one.home} ${one.finding.rule.id} ${location.path}:${location.line} ${location.precision}: ${outcome.why}`)
}
const of = (kind: Drawn['kind']) => rows.filter(({ one }) => one.kind === kind)
const share = (list: typeof rows, test: (row: (typeof rows)[number]) => boolean) =>
  list.length === 0 ? 0 : list.filter(test).length / list.length
const exact = rows.filter(({ one }) => one.trace.location.precision === 'exact')
const figures = [
  ['findings', rows.length, wanted.findings],
  ['charts', new Set(of('chart').map(({ one }) => one.home)).size, wanted.charts],
  ['overlay trees', new Set(of('kustomization').map(({ one }) => one.home)).size, wanted.overlays],
  ['Helm: true', share(of('chart'), ({ outcome }) => outcome.right), wanted.helmTrue],
  ['kustomize: right file', share(of('kustomization'), ({ outcome }) => outcome.rightFile), wanted.kustomizeFile],
  ['kustomize: right line', share(of('kustomization'), ({ outcome }) => outcome.right), wanted.kustomizeLine],
  ['called exact: true', share(exact, ({ outcome }) => outcome.right), wanted.exactTrue],
] as const
console.log(`\nseed ${values.seed}`)
for (const [name, value, least] of figures)
  console.log(
    `${name.padEnd(24)}${(least > 1 ? String(value) : `${(value * 100).toFixed(1)} %`).padStart(8)}  wanted ${least > 1 ? least : `${least * 100} %`}${value < least ? '  SHORT' : ''}`,
  )
process.exit(figures.every(([, value, least]) => value >= least) ? 0 : 1)
