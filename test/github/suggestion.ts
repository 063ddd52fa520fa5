// A person who applies suggestions on the page of a pull request: one commit for all of them, as GitHub makes it.

import type { Hub } from './hub.ts'
import type { Pull, Thread } from './state.ts'

/** What GitHub's page says where a suggestion cannot be applied. */
export class NotApplied extends Error {}

/** Commits the suggestions of these threads as one batch on the branch of the pull request. Throws a NotApplied where GitHub's page refuses. */
export function commitSuggestions(hub: Hub, pull: Pull, threads: readonly Thread[] = pull.threads.filter(holdsOne)): string {
  if (pull.state !== 'OPEN') throw new NotApplied('Suggestions cannot be applied while the pull request is closed.')
  const edits = threads.map((thread) => editOf(hub, pull, thread))
  const changed: Record<string, string> = {}
  for (const path of new Set(edits.map((edit) => edit.path))) {
    const own = edits.filter((edit) => edit.path === path).sort((a, b) => b.first - a.first)
    let above = Number.POSITIVE_INFINITY
    const lines = hub.sandbox.git('show', `${hub.headOf(pull)}:${path}`).split(/(?<=\n)/)
    for (const { first, last, text } of own) {
      if (last >= above) throw new NotApplied('Only one suggestion per line can be applied in a batch.')
      above = first
      const isEnd = last === lines.length && !(lines.at(-1) ?? '').endsWith('\n')
      lines.splice(first - 1, last - first + 1, isEnd ? text.replace(/\r?\n$/, '') : text)
    }
    changed[path] = lines.join('')
  }
  return hub.push(pull.headBranch, changed)
}

export function holdsOne({ comments: [first] }: Thread): boolean {
  return first !== undefined && suggestionIn(first.body) !== undefined
}

type Edit = { readonly path: string; readonly first: number; readonly last: number; readonly text: string }

function editOf(hub: Hub, pull: Pull, { path, side, line, startLine, comments: [first] }: Thread): Edit {
  const text = suggestionIn(first?.body ?? '')
  if (text === undefined) throw new NotApplied('There is no suggestion in this comment.')
  if (side === 'LEFT') throw new NotApplied('Applying suggestions on deleted lines is not supported.')
  if (line === undefined) throw new NotApplied('This suggestion is outdated.')
  const lines = hub.sandbox.git('show', `${hub.headOf(pull)}:${path}`).split(/(?<=\n)/)
  const start = startLine ?? line
  if (lines.slice(start - 1, line).join('') === text) throw new NotApplied('This suggestion makes no changes.')
  return { path, first: start, last: line, text }
}

/** The lines between the fences; GitHub takes the first block of a comment. */
function suggestionIn(body: string): string | undefined {
  return /^(`{3,})suggestion\r?\n([\s\S]*?)^\1\r?$/m.exec(body)?.[2]
}
