// Text of a repository in HTML: nothing in it becomes markup.

import { printable } from './printable.ts'

const marks: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

/** Text between tags and in quoted attributes; control characters and those that reorder what is read are shown by their number. */
export function escaped(text: string): string {
  return printable(text).replace(/[&<>"']/g, (mark) => marks[mark] ?? mark)
}

/** A rule's own words: its code spans become code, all else is text. */
export function prose(text: string): string {
  return text
    .split(/(`[^`]+`)/)
    .map((part) => (/^`[^`]+`$/.test(part) ? `<code>${escaped(part.slice(1, -1))}</code>` : escaped(part)))
    .join('')
}

/** A link; an address that is none of the web is shown as text. */
export function link(address: string): string {
  const text = escaped(address)
  return /^https?:\/\//.test(address) ? `<a href="${text}" rel="noreferrer noopener">${text}</a>` : text
}
