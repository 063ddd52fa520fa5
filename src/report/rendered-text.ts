// What differs in what is rendered, in words.

import { counted } from './printable.ts'
import type { RenderedChange, Report } from './report.ts'

/** Environments that are named in one heading. */
const mostNamed = 5

/** `production, staging: 1 object changed, 2 added`; what lands in no environment that has a name is told apart only beside others (`all`). */
export function renderedTitle({ environments, added, removed, changed }: RenderedChange, all: Report['rendered']): string {
  const unnamed = all.length === 1 ? '' : 'in no environment: '
  const named = environments.filter((name) => name !== '')
  const more = named.length - mostNamed
  const where = named.length === 0 ? unnamed : `${named.slice(0, mostNamed).join(', ')}${more > 0 ? ` and ${more} more` : ''}: `
  const counts = Object.entries({ changed, added, removed }).filter(([, count]) => count > 0)
  return where + counts.map(([word, count], at) => `${at === 0 ? counted(count, 'object') : count} ${word}`).join(', ')
}

/** What is said below the lines where there are too many. */
export function leftText({ left }: RenderedChange): string {
  return left === 0 ? '' : `${counted(left, 'more line')}; plimsoll render shows all of it`
}
