// From what was found and compared to the report.

import type { Policy } from '../config.ts'
import type { Rule } from '../rule/rule.ts'
import { compareSeverity, severities } from '../rule/severity.ts'
import { groupBy } from '../text/group.ts'
import { type Describe, entryOf, type Traced, traced } from './entry.ts'
import type { Fixes } from './fix.ts'
import { type Folded, fold } from './fold.ts'
import type { Judged } from './judged.ts'
import { type Occurrences, ofOneSource } from './one-source.ts'
import type { Counts, Coverage, Report, ReportedComponent, ReportedFinding, ReportedProblem, RuleText, State } from './report.ts'
import { isApart, verdictOf } from './verdict.ts'

export type Outcome = {
  readonly tool: Report['tool']
  readonly mode: Report['mode']
  readonly base?: string
  readonly head: string
  readonly policy: Policy
  readonly judged: readonly Judged[]
  readonly problems: readonly ReportedProblem[]
  readonly rendered: Report['rendered']
  readonly coverage: Coverage
  readonly notes: readonly string[]
  /** Absent where nobody asked. */
  readonly fixes?: Fixes
  readonly secretsOf: Describe['secretsOf']
  readonly traceOf: Describe['traceOf']
  readonly belongingOf: Describe['belongingOf']
}

const noFixes: Fixes = { fixes: [], mendingOf: () => ({}), notes: [] }

/** The report of an outcome; deterministic: the same outcome gives the same report to the byte. */
export function buildReport(outcome: Outcome): Report {
  const { policy, judged, problems } = outcome
  const { fixes, mendingOf, notes } = outcome.fixes ?? noFixes
  const components: ReportedComponent[] = []
  const describe: Describe = {
    belongingOf: outcome.belongingOf,
    numberOf: (component) => numberIn(components, component),
    mendingOf,
    secretsOf: outcome.secretsOf,
    traceOf: outcome.traceOf,
    overrideOf: (rule) => overrideOf(policy, rule),
  }
  const shown = policy.profile === 'all' ? judged.map((entry) => ({ ...entry, folded: [] })) : fold(judged)
  const findings = entries(shown, describe).sort(byWeight)
  const { verdict, reason } = verdictOf(findings, problems, { own: policy.failOn, upstream: policy.thirdParty.gate })
  return {
    tool: outcome.tool,
    mode: outcome.mode,
    ...(outcome.base === undefined ? {} : { base: outcome.base }),
    head: outcome.head,
    policy: {
      source: policy.source,
      profile: policy.profile,
      failOn: policy.failOn,
      failOnIncomplete: policy.failOnIncomplete,
      thirdPartyGate: policy.thirdParty.gate,
      kubernetesVersion: policy.kubernetesVersion.value,
      kubernetesVersionSource: policy.kubernetesVersion.source,
    },
    verdict,
    verdictReason: reason,
    findings,
    problems,
    components,
    fixes,
    rendered: outcome.rendered,
    coverage: outcome.coverage,
    summary: summaryOf(findings, policy.thirdParty.gate),
    notes: [...outcome.notes, ...notes],
    rules: ruleTexts(shown.map(({ finding }) => finding.rule)),
  }
}

/** Each once; the first that is met tells the evidence. */
function numberIn(components: ReportedComponent[], { name, version, source, evidence }: ReportedComponent): number {
  const known = components.findIndex((one) => one.name === name && one.version === version && one.source === source)
  if (known >= 0) return known
  const kept = evidence.slice(0, mostEvidence)
  components.push({ name, ...(version === undefined ? {} : { version }), ...(source === undefined ? {} : { source }), evidence: kept })
  return components.length - 1
}

/** A person needs no more to be convinced. */
const mostEvidence = 4

function entries(judged: readonly Folded[], describe: Describe): ReportedFinding[] {
  const groups = groupBy(judged, ({ finding, state }) => `${state} ${finding.severity} ${finding.fingerprint}`)
  const found: Occurrences[] = []
  for (const group of groups.values()) {
    // Equal faults of one file (two wildcard rules of a Role) are two findings; copies of an object in several files or environments are one.
    for (const copies of rounds(group)) {
      const [first, ...rest] = copies.map((copy) => traced(copy, describe)).sort(bySourceMost)
      if (first !== undefined) found.push([first, ...rest])
    }
  }
  return ofOneSource(found).map((group) => entryOf(group, describe))
}

/** One of each file, or of each rendered target in each of its environments, at a time. */
function rounds(group: readonly Folded[]): readonly (readonly Folded[])[] {
  if (group.length === 1) return [group]
  const byFile = [...groupBy(group, homeOf).values()]
  const most = Math.max(...byFile.map((list) => list.length))
  return Array.from({ length: most }, (_, at) => byFile.flatMap((list) => list[at] ?? []))
}

function homeOf({ finding: { resource, environment } }: Folded): string {
  const { path, rendering } = resource.document
  return rendering === undefined ? path : `${rendering.target}\n${environment}`
}

/** The source is where a person works: what is rendered from it before what nobody renders (a sample of what comes out), the smaller file of a shorter path before bundles and copies of it. */
function bySourceMost(one: Traced, other: Traced): number {
  const [{ trace: a }, { trace: b }] = [one, other]
  const size = a.source.text.length - b.source.text.length
  return (
    Number(isWritten(one)) - Number(isWritten(other)) ||
    (Math.abs(size) > 2_000 ? size : 0) ||
    compareText(a.location.path, b.location.path) ||
    a.location.line - b.location.line
  )
}

function isWritten({ finding }: Traced): boolean {
  return finding.resource.document.rendering === undefined
}

const stateOrder: readonly State[] = ['new', 'worsened', 'present', 'unchanged', 'fixed']

function byWeight(a: ReportedFinding, b: ReportedFinding): number {
  return (
    rank(a) - rank(b) ||
    compareSeverity(a.severity, b.severity) ||
    compareText(a.location.path, b.location.path) ||
    a.location.line - b.location.line ||
    a.location.column - b.location.column ||
    compareText(a.rule, b.rule) ||
    compareText(a.pointer, b.pointer)
  )
}

/** New and worsened stand together: both are what the change brings. */
function rank(finding: ReportedFinding): number {
  return finding.state === 'worsened' ? 0 : stateOrder.indexOf(finding.state)
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

function overrideOf(policy: Policy, rule: string): ReportedFinding['override'] {
  const setting = policy.rules[rule]
  return setting?.severity === undefined ? undefined : { severity: setting.severity, reason: setting.reason ?? '' }
}

function summaryOf(findings: readonly ReportedFinding[], gate: Policy['failOn']): Report['summary'] {
  const empty = (): Record<keyof Counts, number> => ({ critical: 0, high: 0, medium: 0, low: 0, info: 0 })
  const summary = {
    new: empty(),
    worsened: empty(),
    unchanged: empty(),
    fixed: empty(),
    present: empty(),
    suppressed: empty(),
    upstream: empty(),
  }
  for (const finding of findings) summary[isApart(finding, gate) ? 'upstream' : columnOf(finding)][finding.severity] += 1
  return summary
}

function columnOf({ suppression, state }: ReportedFinding): keyof Report['summary'] {
  return suppression === null ? state : 'suppressed'
}

function ruleTexts(rules: readonly Rule[]): Readonly<Record<string, RuleText>> {
  const texts: Record<string, RuleText> = {}
  for (const rule of [...new Set(rules)].sort((a, b) => compareText(a.id, b.id))) {
    const { id, title, topic, severity, rationale, remediation, references, compliance } = rule
    texts[id] = { id, title, topic, severity, rationale, remediation, references, compliance }
  }
  return texts
}

/** How many findings a set of counts holds. */
export function total(counts: Counts): number {
  return severities.reduce((sum, severity) => sum + counts[severity], 0)
}
