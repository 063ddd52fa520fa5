// The page of a rule and the list of all rules, from the rule files.

import type { FixTemplate } from '../../src/rule/fix.ts'
import type { LoadedRule } from '../../src/rule/load.ts'
import type { Rule } from '../../src/rule/rule.ts'
import { compareSeverity } from '../../src/rule/severity.ts'
import { groupBy } from '../../src/text/group.ts'

const generated = '<!-- Generated from the rule file by "npm run generate". -->'

/** docs/rules/<id>.md */
export function rulePage({ rule, examples }: LoadedRule): string {
  const { exploitability, blast, position } = rule.factors
  const controls = Object.entries(rule.compliance).map(([framework, ids]) => `| ${framework} | ${ids.join(', ')} |`)
  const bad = examples.filter((example) => 'bad' in example)[0]
  const fixed = examples.find((example) => example.fixed !== undefined)
  const good = examples.filter((example) => 'good' in example)[0]
  const blocks = [
    `# ${rule.title}`,
    generated,
    `\`${rule.id}\`, **${rule.severity}** ([exploitability ${exploitability} × blast radius ${blast} × starting position ${position}](../severity.md)), since ${rule.since}, in the profiles ${[...rule.profiles, 'all'].join(', ')}.`,
    ...(versions(rule) === '' ? [] : [versions(rule)]),
    '## Why',
    rule.rationale,
    '## What to do',
    rule.remediation,
    ...(rule.fixes.length === 0 ? [] : ['## Fix', rule.fixes.map(fixLine).join('\n')]),
    ...(bad === undefined || !('bad' in bad) ? [] : ['## Found', fenced(bad.bad)]),
    ...(fixed?.fixed === undefined
      ? []
      : ['## Fixed', ...(fixed === bad ? [] : [fenced(fixed.bad ?? ''), 'becomes']), fenced(fixed.fixed)]),
    ...(good === undefined || !('good' in good) ? [] : ['## Not found', fenced(good.good)]),
    ...(controls.length === 0 ? [] : ['## Controls', ['| framework | controls |', '|---|---|', ...controls].join('\n')]),
    ...(rule.references.length === 0 ? [] : ['## Read more', rule.references.map((link) => `- <${link}>`).join('\n')]),
    '## Switch it off, or weigh it otherwise',
    `In \`.plimsoll.yaml\` of the target branch:\n\n\`\`\`yaml\nrules:\n  ${rule.id}: { severity: low, reason: "…" } # or: { enabled: false }\n\`\`\``,
  ]
  return `${blocks.join('\n\n')}\n`
}

/** What a fix does, and what it promises: see docs/fixing.md. */
function fixLine({ title, safety, breaks, find }: FixTemplate): string {
  const more = breaks === undefined ? find : `May break: ${breaks}`
  return `- ${title} (**${safety}**).${more === undefined ? '' : ` ${more}`}`
}

function versions({ kubernetes }: Rule): string {
  if (kubernetes === undefined) return ''
  const parts = [
    kubernetes.from === undefined ? '' : `from Kubernetes ${kubernetes.from} on`,
    kubernetes.before === undefined ? '' : `before Kubernetes ${kubernetes.before}`,
  ]
  return `Asked ${parts.filter((part) => part !== '').join(' and ')}.`
}

/** The marks of the tests say where the finding is. */
function fenced(manifest: string): string {
  return `\`\`\`yaml\n${manifest.trimEnd()}\n\`\`\``
}

/** docs/rules/README.md */
export function ruleIndex(loaded: readonly LoadedRule[]): string {
  const sections = [...groupBy(loaded, ({ rule }) => rule.topic)]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([topic, members]) => {
      const rows = [...members]
        .sort((a, b) => compareSeverity(a.rule.severity, b.rule.severity) || (a.rule.id < b.rule.id ? -1 : 1))
        .map(
          ({ rule }) =>
            `| [\`${rule.id}\`](${rule.id}.md) | ${rule.severity} | ${rule.title} | ${rule.profiles.includes('default') ? 'yes' : ''} |`,
        )
      return [`## ${topic}`, '', '| rule | severity | | by default |', '|---|---|---|---|', ...rows].join('\n')
    })
  return `# Rules\n\n${generated}\n\n${loaded.length} rules. How severity is found: [severity.md](../severity.md).\n\n${sections.join('\n\n')}\n`
}
