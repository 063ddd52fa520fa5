// The report as SARIF 2.1.0, inside the limits of GitHub's code scanning.

import { compareSeverity, type Severity } from '../rule/severity.ts'
import { groupBy } from '../text/group.ts'
import { printable } from './printable.ts'
import type { Format, Location, Report, ReportedComponent, ReportedFinding, ReportedFix, ReportedProblem, RuleText } from './report.ts'

/** GitHub refuses a run with more results (docs.github.com, "SARIF support for code scanning"); the worst are kept. */
const mostResults = 25_000
/** It shows no more places of one result than this. */
const mostPlaces = 100
/** And no more tags of one rule. */
const mostTags = 10

const levels: Readonly<Record<Severity, 'error' | 'warning' | 'note'>> = {
  critical: 'error',
  high: 'error',
  medium: 'warning',
  low: 'note',
  info: 'note',
}
/** The middle of the range that GitHub shows under the same word. */
const scores: Readonly<Record<Severity, string>> = { critical: '9.5', high: '8.0', medium: '5.5', low: '2.0', info: '0.1' }
const baselines = { new: 'new', worsened: 'updated', unchanged: 'unchanged', fixed: 'absent', present: undefined } as const

/** Findings as results, problems as notifications. What was fixed is left out: GitHub would show it as open. */
export const sarif: Format = (report) => {
  const open = report.findings.filter(({ state }) => state !== 'fixed')
  const shown = [...open].sort((a, b) => compareSeverity(a.severity, b.severity)).slice(0, mostResults)
  const ids = [...new Set(shown.map(({ rule }) => rule))].sort()
  const index = new Map(ids.map((id, at) => [id, at]))
  const run = {
    tool: { driver: { ...driverOf(report), rules: ids.map((id) => ruleOf(id, report.rules[id], shown)) } },
    invocations: [{ executionSuccessful: true, toolExecutionNotifications: notificationsOf(report, open.length - shown.length) }],
    columnKind: 'utf16CodeUnits',
    results: shown.map((finding) => ({
      ...resultOf(
        finding,
        index.get(finding.rule) ?? -1,
        finding.component === undefined ? undefined : report.components[finding.component],
      ),
      ...fixOf(finding.fix === undefined ? undefined : report.fixes[finding.fix]),
    })),
    properties: { verdict: report.verdict, verdictReason: report.verdictReason, policy: report.policy, coverage: countsOf(report) },
  }
  return `${JSON.stringify({ $schema: 'https://json.schemastore.org/sarif-2.1.0.json', version: '2.1.0', runs: [run] })}\n`
}

function driverOf({ tool }: Report) {
  return { name: 'Plimsoll', version: tool.version, semanticVersion: tool.version, informationUri: tool.url }
}

function countsOf({ coverage }: Report) {
  const { skipped, ...counts } = coverage
  return { ...counts, skipped: skipped.length }
}

function ruleOf(id: string, text: RuleText | undefined, findings: readonly ReportedFinding[]) {
  if (text === undefined) return { id }
  const own = findings.filter(({ rule }) => rule === id).map(({ severity }) => severity)
  const severity = [...own].sort(compareSeverity)[0] ?? text.severity
  const controls = Object.entries(text.compliance).flatMap(([framework, names]) => names.map((name) => `${framework}/${name}`))
  return {
    id,
    name: id,
    shortDescription: { text: text.title },
    fullDescription: { text: text.rationale },
    help: { text: `${text.rationale}\n\n${text.remediation}`, markdown: `${text.rationale}\n\n**Fix:** ${text.remediation}` },
    ...(text.references[0] === undefined ? {} : { helpUri: text.references[0] }),
    defaultConfiguration: { level: levels[severity] },
    properties: {
      precision: 'high',
      'problem.severity': { error: 'error', warning: 'warning', note: 'recommendation' }[levels[severity]],
      'security-severity': scores[severity],
      tags: ['security', 'kubernetes', text.topic, ...controls].slice(0, mostTags),
    },
  }
}

function resultOf(finding: ReportedFinding, ruleIndex: number, component: ReportedComponent | undefined) {
  const { rule, severity, state, message, location, through, copies, related, resource, alike } = finding
  const { environments, pointer, suppression, fingerprint, origin } = finding
  const baseline = baselines[state]
  const ways = through.map(({ path, line = 1 }) => ({
    message: 'the template line that reads it',
    location: { path, line, column: 1, endLine: line, endColumn: 1, precision: 'exact' as const },
  }))
  const others = [...ways, ...related].slice(0, mostPlaces)
  return {
    ruleId: rule,
    ruleIndex,
    level: levels[severity],
    message: { text: plainText(message) },
    locations: [
      {
        ...placeOf(location),
        logicalLocations: [resource, ...alike].slice(0, mostPlaces).map((object) => logicalPlaceOf(object, pointer)),
      },
      ...copies.slice(0, mostPlaces - 1).map(placeOf),
    ],
    ...(others.length === 0
      ? {}
      : { relatedLocations: others.map((other, id) => ({ id, message: { text: plainText(other.message) }, ...placeOf(other.location) })) }),
    partialFingerprints: { 'plimsoll/v1': fingerprint },
    ...(baseline === undefined ? {} : { baselineState: baseline }),
    ...(suppression === null ? {} : { suppressions: [{ kind: 'external', justification: plainText(suppression.reason) }] }),
    properties: { severity, environments, precision: location.precision, origin, ...(component === undefined ? {} : { component }) },
  }
}

/** A fix as replacements of whole lines: from the start of the first to the start of the one behind the last. */
function fixOf(fix: ReportedFix | undefined) {
  if (fix === undefined || fix.edits.length === 0) return {}
  const artifactChanges = [...groupBy(fix.edits, ({ path }) => path)].map(([path, edits]) => ({
    artifactLocation: { uri: uriOf(path) },
    replacements: edits.map(({ line, lines, text }) => ({
      deletedRegion: { startLine: line, startColumn: 1, endLine: line + lines, endColumn: 1 },
      insertedContent: { text },
    })),
  }))
  const promise = fix.safety === 'safe' ? 'safe' : `unsafe: ${fix.breaks.join(' ')}`
  return { fixes: [{ description: { text: plainText(`${fix.titles.join('; ')} (${promise}). ${fix.proof}`) }, artifactChanges }] }
}

function logicalPlaceOf({ kind, namespace, name }: ReportedFinding['resource'], pointer: string) {
  const full = namespace === '' ? name : `${namespace}/${name}`
  return { name, fullyQualifiedName: `${kind}/${full}${pointer}`, kind: 'object' }
}

/** A place whose line is not known has no region: a made-up first line would be a lie. */
function placeOf({ path, line, column, endLine, endColumn, precision }: Location) {
  const region = { startLine: line, startColumn: column, endLine, endColumn }
  const known = precision !== 'file' && precision !== 'target'
  return { physicalLocation: { artifactLocation: { uri: uriOf(path) }, ...(known ? { region } : {}) } }
}

/** A path as a relative URI; a first segment with a colon would read as a scheme. */
function uriOf(path: string): string {
  const uri = path
    .replace(/[\ud800-\udfff]/gu, '\ufffd')
    .split('/')
    .map(encodeURIComponent)
    .join('/')
  return uri === '' ? '.' : uri
}

/** In a SARIF message `[text](target)` is a link and `{0}` a placeholder; a backslash and a doubled brace take that away. */
function plainText(text: string): string {
  return printable(text)
    .replace(/[\\[\]]/g, '\\$&')
    .replace(/[{}]/g, '$&$&')
}

function notificationsOf({ problems }: Report, left: number) {
  const own = problems.filter(({ state }) => state !== 'fixed').map(notificationOf)
  if (left === 0) return own
  const text = `${left} further findings are left out: ${mostResults} is the most that one run may hold.`
  return [...own, { level: 'warning', message: { text } }]
}

function notificationOf({ code, path, line, column, message, hint, counts }: ReportedProblem) {
  const region = line === undefined ? {} : { region: { startLine: line, startColumn: column ?? 1 } }
  return {
    descriptor: { id: code },
    level: counts ? 'error' : 'warning',
    message: { text: plainText(`${message}. ${hint}`) },
    locations: [{ physicalLocation: { artifactLocation: { uri: uriOf(path) }, ...region } }],
  }
}
