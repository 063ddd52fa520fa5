// The rules as a person reads them in the terminal: the list, and one of them.

import type { FixTemplate } from '../rule/fix.ts'
import type { Rule } from '../rule/rule.ts'
import { compareSeverity } from '../rule/severity.ts'
import { groupBy } from '../text/group.ts'
import type { Look } from './report.ts'

/** All rules, by topic, worst first. */
export function ruleList(rules: readonly Rule[], look: Look): string {
  const width = Math.max(...rules.map(({ id }) => id.length), 0)
  const sections = [...groupBy(rules, ({ topic }) => topic)]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([topic, members]) => {
      const lines = [...members]
        .sort((a, b) => compareSeverity(a.severity, b.severity) || (a.id < b.id ? -1 : 1))
        .map((rule) => `  ${rule.id.padEnd(width)}  ${rule.severity.padEnd(8)}  ${cut(rule.title, Math.max(20, look.width - width - 14))}`)
      return `${strong(topic, look)}\n${lines.join('\n')}\n`
    })
  return `${sections.join('\n')}\n${rules.length} rules. plimsoll rules ID tells one in full.\n`
}

/** One rule: what it forbids, why, and what to write instead. */
export function ruleText(rule: Rule, look: Look): string {
  const { exploitability, blast, position } = rule.factors
  const controls = Object.entries(rule.compliance).map(([framework, ids]) => `  ${framework}: ${ids.join(', ')}`)
  const sections = [
    `${strong(rule.title, look)}\n${rule.id}, ${rule.severity} (exploitability ${exploitability} × blast radius ${blast} × starting position ${position})`,
    section('Why', [wrap(rule.rationale, look.width)]),
    section('What to do', [wrap(rule.remediation, look.width)]),
    ...(rule.fixes.length === 0
      ? []
      : [
          section(
            'Fix',
            rule.fixes.flatMap((fix) => fixText(fix, look.width)),
          ),
        ]),
    section('Profiles', [`  ${[...rule.profiles, 'all'].join(', ')}`]),
    ...(controls.length === 0 ? [] : [section('Controls', controls)]),
    ...(rule.references.length === 0
      ? []
      : [
          section(
            'Read more',
            rule.references.map((link) => `  ${link}`),
          ),
        ]),
  ]
  return `${sections.join('\n\n')}\n`

  function section(title: string, lines: readonly string[]): string {
    return `${strong(title, look)}\n${lines.join('\n')}`
  }
}

/** What a fix does and what it promises. */
function fixText({ title, safety, breaks, find }: FixTemplate, width: number): readonly string[] {
  const more = breaks === undefined ? find : `May break: ${breaks}`
  return [wrap(`${title} (${safety}).${more === undefined ? '' : ` ${more}`}`, width)]
}

function strong(text: string, look: Look): string {
  return look.color ? `\u001b[1m${text}\u001b[22m` : text
}

function cut(text: string, width: number): string {
  return text.length > width ? `${text.slice(0, width - 1)}…` : text
}

function wrap(text: string, width: number): string {
  const lines: string[] = ['']
  for (const word of text.split(/\s+/)) {
    const line = lines.at(-1) ?? ''
    if (line !== '' && line.length + word.length + 3 > Math.min(width, 100)) lines.push(word)
    else lines[lines.length - 1] = line === '' ? word : `${line} ${word}`
  }
  return lines.map((line) => `  ${line}`).join('\n')
}
