// What would be applied that was not before, on the page: folded, the lines as a difference.

import { escaped } from './html-escape.ts'
import { leftText, renderedTitle } from './rendered-text.ts'
import type { Report } from './report.ts'

const marks: Readonly<Record<string, string>> = { '+': 'ins', '-': 'del' }

/** Nothing where nothing that is rendered differs. */
export function renderedSection({ rendered }: Report): string {
  if (rendered.length === 0) return ''
  const folds = rendered.map((change) => {
    const left = leftText(change)
    const note = left === '' ? '' : `<p class="small soft">${escaped(left)}</p>`
    return `<details><summary>${escaped(renderedTitle(change, rendered))}</summary><pre class="frame" tabindex="0">${change.lines.map(lineOf).join('')}</pre>${note}</details>`
  })
  return `<h2>What would be applied</h2><p>Charts and kustomizations rendered, against what they rendered to before.</p>${folds.join('\n')}`
}

function lineOf(line: string): string {
  const tag = marks[line.slice(0, 1)]
  const text = escaped(line)
  return `<span>${tag === undefined ? text : `<${tag}>${text}</${tag}>`}</span>`
}
