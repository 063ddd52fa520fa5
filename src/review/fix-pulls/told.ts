// What became of the fix pull requests, for the job summary and the log.

import { code, plain } from '../../report/markdown-escape.ts'
import { titleOf } from './body.ts'
import type { FixGroup } from './group.ts'
import type { Outcome } from './publish.ts'

const mostNamed = 20

/** Markdown: what is open and what was done with it, what was left and why. */
export function fixPullsText({ kind, existing, choice, left, steps }: Outcome): string {
  if (kind === 'stale') return page(['The branch has a newer commit by now: the run for it goes on.'])
  const did = new Map(
    steps.flatMap((step) => ('pull' in step ? [[step.pull.branch, step.kind === 'open' ? 'opened' : 'updated'] as const] : [])),
  )
  const open = existing.pulls.filter(({ state }) => state === 'open')
  const whys = new Map(left.map(({ branch, why }) => [branch, why]))
  const lines = [
    ...open.map(({ number, title, branch }) => {
      const why = whys.get(branch)
      return `- #${number} ${plain(title)}: ${did.get(branch) ?? (why === undefined ? 'as it should be' : `left alone, ${why}`)}`
    }),
    ...steps.flatMap((step) => (step.kind === 'close' ? [`- #${step.number}: closed, ${step.why}`] : [])),
    ...left.filter(({ branch }) => !open.some((pull) => pull.branch === branch)).map(({ branch, why }) => `- ${code(branch)}: ${why}`),
  ]
  const rest = [
    ...(choice.waiting.length === 0
      ? []
      : [
          `${choice.waiting.length} more ${choice.waiting.length === 1 ? 'waits' : 'wait'} for room (\`fix-limit\`):\n\n${named(choice.waiting)}`,
        ]),
    ...(choice.declined.length === 0
      ? []
      : [
          `${choice.declined.length} ${choice.declined.length === 1 ? 'was declined by closing it and is' : 'were declined by closing them and are'} not offered again.`,
        ]),
    ...(kind === 'unfinished' ? ['GitHub did not take all of it; the next run goes on.'] : []),
  ]
  return page([lines.length === 0 ? 'None is open.' : lines.join('\n'), ...rest])
}

function page(blocks: readonly string[]): string {
  return ['### Fix pull requests', ...blocks].join('\n\n')
}

function named(groups: readonly FixGroup[]): string {
  const lines = groups.slice(0, mostNamed).map((group) => `- ${plain(titleOf(group, group.fixes))}`)
  return [...lines, ...(groups.length > mostNamed ? [`- and ${groups.length - mostNamed} more`] : [])].join('\n')
}
