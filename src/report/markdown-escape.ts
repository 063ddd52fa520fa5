// Text of a repository in Markdown: nothing in it becomes markup, a link, a mention, a reference or a command.

import { printable } from './printable.ts'

/** What means something within a line, and what does at its start. */
const inline = /[\\`*_[\]<>|~&$]/g
const leading = /^( ?)(?=[#+\-=])|^( ?\d{1,9})(?=[.)])/
const pause = '\u200b'

/** One line that reads as it was written, and links nowhere. */
export function plain(text: string): string {
  const marked = printable(text)
    .replace(/^\s{2,}/, ' ')
    .replace(inline, (mark) => `\\${mark}`)
    .replace(leading, (start) => `${start}\\`)
  return unlinked(marked)
}

/** An invisible pause parts what GitHub would link: a mention, a reference to an issue, an address. */
function unlinked(text: string): string {
  return text
    .replace(/@(?=[\w-])/g, `@${pause}`)
    .replace(/#(?=\d)/g, `#${pause}`)
    .replace(/(GH)-(?=\d)/gi, `$1${pause}-`)
    .replace(/(https?|ftp|mailto|xmpp):/gi, `$1${pause}:`)
    .replace(/(www)\./gi, `$1${pause}.`)
}

/** A fold with a text as its heading. GitHub wants empty lines around the Markdown inside; the heading itself is HTML to it, where a backslash would be seen. */
export function details(heading: string, markdown: string): string {
  const shown = unlinked(printable(heading)).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
  return `<details><summary>${shown}</summary>\n\n${markdown}\n\n</details>`
}

/** A code span: its fence is longer than any run of backticks within. Nothing where the text is empty. */
export function code(text: string): string {
  const shown = printable(text).trim()
  if (shown === '') return ''
  const fence = fenceFor(shown, 1)
  const padding = shown.startsWith('`') || shown.endsWith('`') ? ' ' : ''
  return `${fence}${padding}${shown}${padding}${fence}`
}

/** A rule's own words: code spans stay, everything else is text. */
export function prose(text: string): string {
  return text
    .split(/(`[^`]+`)/)
    .map((part) => (/^`[^`]+`$/.test(part) ? code(part.slice(1, -1)) : plain(part)))
    .join('')
}

/** Lines as a code block that none of them can close. */
export function fenced(lines: readonly string[], language: string): string {
  const shown = lines.map(printable)
  const fence = fenceFor(shown.join('\n'), 3)
  return `${fence}${language}\n${shown.join('\n')}\n${fence}`
}

/** Markdown as a cell of a table. */
export function cell(markdown: string): string {
  return markdown.replace(/(?<!\\)\|/g, '\\|')
}

function fenceFor(text: string, least: number): string {
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length))
  return '`'.repeat(Math.max(least, longest + 1))
}
