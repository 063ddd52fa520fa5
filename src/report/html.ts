// The report as one page that needs nothing beside itself.

import { severities } from '../rule/severity.ts'
import { type Alike, gapsAlike, problemsAlike } from './alike.ts'
import { judgedText, skippedGroups } from './coverage-text.ts'
import { chart } from './html-chart.ts'
import { componentSection } from './html-component.ts'
import { escaped } from './html-escape.ts'
import { findingGroups } from './html-finding.ts'
import { htmlPage } from './html-page.ts'
import { renderedSection } from './html-rendered.ts'
import { script } from './html-script.ts'
import { style } from './html-style.ts'
import type { Format, Report, ReportedFinding, ReportedProblem } from './report.ts'
import { newsIn } from './verdict.ts'

const signs = { pass: '✓ Pass', fail: '✗ Fail', incomplete: '? Incomplete' } as const

/** A page with more findings draws its sections when they come into sight; one with fewer is drawn whole, so that a picture of it is whole too. */
const mostAtOnce = 200

/** Verdict, picture, filters, findings worst first, problems, what was fixed or was there before, coverage. */
export const html: Format = (report) => {
  const title = report.mode === 'review' ? `What ${report.head} makes worse than ${report.base}` : `What was found in ${report.head}`
  return htmlPage({
    title: `Plimsoll: ${title}`,
    style,
    script,
    skip: { to: 'findings', label: 'Skip to the findings' },
    body: `${header(report, title)}
<main${report.findings.length > mostAtOnce ? ' class="many"' : ''}>
${body(report)}
</main>
<footer>Plimsoll ${escaped(report.tool.version)}. It judges configuration before it is applied; images and what runs are for image scanning and runtime security.</footer>`,
  })
}

function header({ verdict, verdictReason, policy, coverage, mode }: Report, title: string): string {
  const { source, profile, kubernetesVersion, kubernetesVersionSource } = policy
  return `<header>
<h1>${escaped(title)}</h1>
<p><span class="verdict ${verdict}">${signs[verdict]}</span>${escaped(verdictReason)}</p>
<p class="soft small">Policy: ${escaped(source)}, profile ${escaped(profile)}. Kubernetes ${escaped(kubernetesVersion)} (${escaped(kubernetesVersionSource)}). ${judgedText(coverage, mode)}.</p>
</header>`
}

function body(report: Report): string {
  const { findings, notes } = report
  const fresh = newsIn(report)
  const of = (keep: (finding: ReportedFinding) => boolean) => findings.filter(keep)
  return [
    ...notes.map((note) => `<p><strong>Note:</strong> ${escaped(note)}</p>`),
    chart(report),
    findings.length === 0 ? '' : filters(findings),
    `<h2 id="findings" tabindex="-1">${fresh.length === 0 ? 'Nothing to look at' : report.mode === 'review' ? 'What got worse' : 'What was found'}</h2>`,
    findingGroups(report, fresh),
    componentSection(report),
    problems(report.problems),
    folded(
      report,
      'Fixed by this change',
      of(({ state, suppression }) => state === 'fixed' && suppression === null),
    ),
    folded(
      report,
      'There before, and still there',
      of(({ state, suppression }) => state === 'unchanged' && suppression === null),
    ),
    folded(
      report,
      'Accepted',
      of(({ suppression }) => suppression !== null),
    ),
    renderedSection(report),
    coverage(report),
  ].join('\n')
}

function filters(findings: readonly ReportedFinding[]): string {
  const values = (pick: (finding: ReportedFinding) => readonly string[]) =>
    [...new Set(findings.flatMap(pick))].filter((value) => value !== '').sort()
  const select = (name: string, label: string, options: readonly string[]) =>
    options.length < 2
      ? ''
      : `<label>${label}<select name="${name}"><option value="">any</option>${options.map((option) => `<option>${escaped(option)}</option>`).join('')}</select></label>`
  const levels = new Set(findings.map(({ severity }) => severity))
  return `<form class="filters" role="search" hidden>
<label class="wide">Search (press /)<input name="search" type="search" autocomplete="off" spellcheck="false"></label>
${select(
  'severity',
  'Severity',
  severities.filter((severity) => levels.has(severity)),
)}
${select(
  'state',
  'State',
  values(({ state }) => [state]),
)}
${select(
  'rule',
  'Rule',
  values(({ rule }) => [rule]),
)}
${select(
  'kind',
  'Kind',
  values(({ resource }) => [resource.kind]),
)}
${select(
  'environment',
  'Environment',
  values(({ environments }) => environments),
)}
<button type="reset">Reset</button><span role="status"></span>
</form>`
}

function problems(all: readonly ReportedProblem[]): string {
  const open = all.filter(({ state }) => state !== 'fixed')
  if (open.length === 0) return ''
  const item = ({ item: { path, line, column, message, hint, counts, state }, names }: Alike<ReportedProblem>) => {
    const place = line === undefined ? path : `${path}:${line}:${column ?? 1}`
    const why = counts ? '' : state === 'unchanged' ? ' (was there before)' : ' (does not count)'
    return `<li><code>${escaped(place)}</code> ${escaped(message)}. ${escaped(hint)}<span class="soft">${why}</span>${namesFold(names)}</li>`
  }
  return `<h2>Could not be looked at</h2><ul>${problemsAlike(open).map(item).join('\n')}</ul>`
}

function folded(report: Report, title: string, findings: readonly ReportedFinding[]): string {
  if (findings.length === 0) return ''
  return `<details class="state"><summary>${title} (${findings.length})</summary>${findingGroups(report, findings)}</details>`
}

function coverage({ coverage, mode }: Report): string {
  const rows = skippedGroups(coverage.skipped).map(
    ({ reason, count, aloud }) =>
      `<tr><td><code>${escaped(reason)}</code></td><td>${count}</td><td>${aloud.map((path) => `<code>${escaped(path)}</code>`).join('<br>')}</td></tr>`,
  )
  const list = coverage.skipped.map(
    ({ path, document, reason, detail }) =>
      `<li><code>${escaped(path)}</code>${document === undefined ? '' : ` document ${document + 1}`}: ${escaped(reason)}${detail === undefined ? '' : ` (${escaped(detail)})`}</li>`,
  )
  const table =
    rows.length === 0
      ? '<p>Nothing was left out.</p>'
      : `<div style="overflow-x: auto" tabindex="0" role="region" aria-label="What was not judged"><table><thead><tr><th>Not judged</th><th>Count</th><th>Looks like Kubernetes</th></tr></thead><tbody>${rows.join('')}</tbody></table></div><details><summary>All of it (${list.length})</summary><ul class="small">${list.join('\n')}</ul></details>`
  return `<h2>What was judged</h2><p>${judgedText(coverage, mode)}.</p>${table}${gaps(coverage)}`
}

function gaps({ notRendered }: Report['coverage']): string {
  if (notRendered.length === 0) return ''
  const items = gapsAlike(notRendered).map(({ item: { name, message, hint }, names, place }) => {
    const where = place === '' ? ':' : ` <code>${escaped(place)}</code>`
    return `<li><strong>${escaped(name)}</strong>${where} ${escaped(message)}. ${escaped(hint)}${namesFold(names)}</li>`
  })
  return `<h3>Not rendered</h3><ul>${items.join('\n')}</ul>`
}

function namesFold(names: readonly string[]): string {
  if (names.length === 0) return ''
  return `<details><summary>The targets</summary><ul class="small">${names.map((name) => `<li>${escaped(name)}</li>`).join('\n')}</ul></details>`
}
