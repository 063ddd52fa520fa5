// Findings on the page: what a rule says once, then each place.

import { groupBy } from '../text/group.ts'
import { countingText } from './component.ts'
import { adviceText, riskText } from './fix-text.ts'
import { escaped, link, prose } from './html-escape.ts'
import { objectText, waysOf } from './printable.ts'
import type { Location, Report, ReportedFinding, ReportedFix } from './report.ts'
import { isApart } from './verdict.ts'

/** Findings of one rule and severity together, in the order of the report. */
export function findingGroups(report: Report, findings: readonly ReportedFinding[]): string {
  return [...groupBy(findings, ({ rule, severity }) => `${severity} ${rule}`).values()].map((group) => groupOf(report, group)).join('\n')
}

function groupOf(report: Report, group: readonly ReportedFinding[]): string {
  const [first] = group
  if (first === undefined) return ''
  const rule = report.rules[first.rule]
  const controls = Object.entries(rule?.compliance ?? {}).map(([framework, ids]) => `${framework} ${ids.join(', ')}`)
  const more = row('Controls', escaped(controls.join('; '))) + row('Read more', (rule?.references ?? []).map(link).join('<br>'))
  const override =
    first.override === undefined
      ? ''
      : row('Level', escaped(`${first.baseSeverity} by the rule, ${first.override.severity} by the policy: ${first.override.reason}`))
  return `<article class="rule ${first.severity}">
<h3><span class="level">${first.severity}</span>${prose(rule?.title ?? first.rule)} <code class="soft">${escaped(first.rule)}</code></h3>
<dl>${row('Why', prose(rule?.rationale ?? ''))}${row('Fix', prose(rule?.remediation ?? ''))}${override}</dl>
${more === '' ? '' : `<details class="small"><summary>Controls and further reading</summary><dl>${more}</dl></details>`}
${group.map((finding) => place(finding, report)).join('\n')}
</article>`
}

function place(finding: ReportedFinding, report: Report): string {
  const {
    message,
    before,
    location,
    through,
    removedFrom,
    related,
    covers,
    copies,
    resource,
    environments,
    state,
    suppression,
    severity,
    rule,
  } = finding
  const object = objectText(finding)
  const named = environments.filter((environment) => environment !== '')
  const search = [message, location.path, rule, object, ...named].join(' ').toLowerCase()
  const data = { severity, state, rule, kind: resource.kind, environment: named.join('\n'), text: search }
  const attributes = Object.entries(data).map(([key, value]) => `data-${key}="${escaped(value).replaceAll('\\u{a}', '&#10;')}"`)
  const rows = [
    row(
      'Through',
      waysOf(through)
        .map((way) => `<code>${escaped(way)}</code>`)
        .join(' → '),
    ),
    row('Before', escaped(before ?? '')),
    row('Component', escaped(isApart(finding, report.policy.thirdPartyGate) ? '' : countingText(finding, report))),
    row('Precision', location.precision === 'exact' ? '' : precisionText(location)),
    row('Was set at', removedFrom === undefined ? '' : code(removedFrom)),
    ...related.map((other) => row('See also', `${code(other.location)} ${escaped(other.message)}`)),
    row('Covers', covers.rules.map((id) => `<code>${escaped(id)}</code>`).join(', ')),
    row('The same for', covers.items === 0 ? '' : `${covers.items} further ${covers.items === 1 ? 'part' : 'parts'} of the object`),
    row('Copies', copies.map(code).join('<br>')),
    row(
      'Accepted',
      suppression === null
        ? ''
        : escaped(`${suppression.reason} (${suppression.source}${suppression.until === undefined ? '' : `, until ${suppression.until}`})`),
    ),
  ].join('')
  return `<section class="place" data-finding ${attributes.join(' ')}>
<p><span class="where">${code(location)}</span> <span class="soft">${escaped(object)}${named.length === 0 ? '' : ` in ${escaped(named.join(', '))}`}${state === 'worsened' ? ' · worse than before' : ''}</span></p>
<p>${escaped(message)}</p>${rows === '' ? '' : `<dl class="small">${rows}</dl>`}${frame(finding)}${mending(finding, report)}
</section>`
}

/** The proved fix as a patch to copy, and what to find out for a better one. */
function mending(finding: ReportedFinding, { fixes }: Report): string {
  const fix = finding.fix === undefined ? undefined : fixes[finding.fix]
  const advice = adviceText(finding)
  return `${fix === undefined ? '' : fixHtml(fix)}${advice === '' ? '' : `<p class="soft">${escaped(advice)}</p>`}`
}

function fixHtml(fix: ReportedFix): string {
  const risk = riskText(fix)
  const patch =
    fix.patch === ''
      ? '<p class="soft">The lines hold a secret, so they are not shown; plimsoll fix makes the edit.</p>'
      : `<pre class="frame" tabindex="0" aria-label="the fix as a patch">${escaped(fix.patch)}</pre>`
  return `<details class="small fix"><summary>${escaped(fix.titles.join('; '))} <span class="soft">${fix.safety}</span></summary>${patch}${risk === '' ? '' : `<p>${escaped(risk)}</p>`}<p class="soft">${escaped(fix.proof)}</p></details>`
}

function row(name: string, html: string): string {
  return html === '' ? '' : `<dt>${name}</dt><dd>${html}</dd>`
}

function code({ path, line, column, precision }: Location): string {
  const place = precision !== 'file' && precision !== 'target' ? `${path}:${line}:${column}` : path
  return `<code>${escaped(place)}</code>`
}

function precisionText({ precision }: Location): string {
  if (precision === 'nearest') return 'the key is missing; this is the nearest line'
  if (precision === 'convention') return 'told by the name of the value, since the chart was not rendered'
  return precision === 'file' ? 'the line is not known, only the file' : 'the line is not known, only what is rendered'
}

/** The lines around the place, the place itself underlined. */
function frame({ frame, location }: ReportedFinding): string {
  if (frame === null) return ''
  const lines = frame.lines.map((text, at) => {
    const number = frame.firstLine + at
    if (number !== location.line) return `<span><b>${number}</b>${escaped(text)}</span>`
    const start = location.column - 1
    const end = location.endLine === location.line ? location.endColumn - 1 : text.length
    const [left, middle, right] = [text.slice(0, start), text.slice(start, end), text.slice(Math.max(start, end))]
    return `<span class="at"><b>${number}</b>${escaped(left)}<mark>${escaped(middle)}</mark>${escaped(right)}</span>`
  })
  return `<pre class="frame" tabindex="0" aria-label="lines ${frame.firstLine} to ${frame.firstLine + frame.lines.length - 1}">${lines.join('')}</pre>`
}
