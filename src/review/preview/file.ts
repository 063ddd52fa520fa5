// A file of the change with its lines, and what is said about them where it is said.

import type { Change } from '../../change/change.ts'
import type { FileDiff } from '../../change/diff.ts'
import { escaped } from '../../report/html-escape.ts'
import { capital } from '../../report/markdown-finding.ts'
import { counted } from '../../report/printable.ts'
import type { NewComment } from '../comment.ts'
import { rendered } from './markdown.ts'
import { type Row, rowsOf } from './row.ts'
import { shownLines } from './source.ts'

/** Rows of one file that are shown, and rows around a comment that are shown beyond them. */
const mostRows = 1_000
const around = 10

/** `id`: what links lead to; `comments`: those of this file. */
export function fileHtml(
  file: FileDiff,
  { change, comments, id }: { readonly change: Change; readonly comments: readonly NewComment[]; readonly id: string },
): string {
  const rows = rowsOf(file, {
    base: shownLines(change.base, file.previousPath ?? file.path) ?? [],
    head: shownLines(change.head, file.path) ?? [],
  })
  const of = (kind: Row['kind']) => rows.filter((row) => row.kind === kind).length
  const name = file.previousPath === undefined ? file.path : `${file.previousPath} → ${file.path}`
  const whole = comments.filter(({ place }) => place.kind === 'file')
  return `<details class="file" id="${id}"${comments.length > 0 || rows.length <= 60 ? ' open' : ''}>
<summary><code>${escaped(name)}</code> <span class="soft">${file.status} · <span class="plus">+${of('added')}</span> <span class="minus">−${of('removed')}</span>${comments.length === 0 ? '' : ` · ${counted(comments.length, 'comment')}`}</span></summary>
${whole.map(commentHtml).join('\n')}
${rows.length === 0 ? '<p class="soft small">No line to show.</p>' : tableHtml(rows, comments, name)}
</details>`
}

function tableHtml(rows: readonly Row[], comments: readonly NewComment[], name: string): string {
  const said = rows.map((row) => comments.filter((comment) => isAt(comment, row)))
  const isNear = (at: number) => said.slice(Math.max(0, at - around), at + around + 1).some((list) => list.length > 0)
  const lines: string[] = []
  let left = 0
  for (const [at, row] of rows.entries()) {
    if (at >= mostRows && !isNear(at)) {
      left += 1
      continue
    }
    lines.push(rowHtml(row))
    for (const comment of said[at] ?? []) lines.push(`<tr class="said"><td colspan="4">${commentHtml(comment)}</td></tr>`)
  }
  const more = left === 0 ? '' : `<p class="soft small">${counted(left, 'more line')} of this file: not shown here.</p>`
  return `<table class="diff"><caption class="hidden">${escaped(name)}</caption><colgroup><col class="number"><col class="number"><col class="sign"><col></colgroup><tbody>${lines.join('\n')}</tbody></table>${more}`
}

function isAt({ place }: NewComment, row: Row): boolean {
  if (row.kind === 'hunk' || place.kind === 'file' || place.kind === 'summary') return false
  return place.side === 'LEFT' ? row.kind === 'removed' && row.base === place.line : row.head === place.line
}

const signs = { context: ' ', added: '+', removed: '−' } as const

function rowHtml(row: Row): string {
  if (row.kind === 'hunk') return `<tr class="hunk"><td colspan="4">${escaped(row.text)}</td></tr>`
  const number = (line: number | undefined) => `<td class="number">${line ?? ''}</td>`
  return `<tr class="${row.kind}">${number(row.base)}${number(row.head)}<td class="sign">${signs[row.kind]}</td><td class="text">${escaped(row.text)}</td></tr>`
}

/** A comment as it stands in the pull request. */
function commentHtml({ weight, rule, body, lines }: NewComment): string {
  return `<article class="comment ${weight}" tabindex="-1" aria-label="Comment: ${capital(weight)}, ${escaped(rule)}">
<p class="who">plimsoll <span class="soft">would say</span></p>
<div class="body">${rendered(body, lines)}</div>
</article>`
}
