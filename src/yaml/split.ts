// A file's documents, split at `---` lines before anything is parsed, as Kubernetes' own reader does: a broken document leaves its neighbours whole.

import type { Span } from '../text/position.ts'

/** The spans of the documents of a text, without the `---` lines between them. What follows `---` on its line belongs to the document. */
export function splitDocuments(text: string): readonly Span[] {
  const spans: Span[] = []
  let start = text.charCodeAt(0) === 0xfeff ? 1 : 0
  if (isSeparator(text, start)) start += 3
  for (let at = text.indexOf('\n---', start); at >= 0; at = text.indexOf('\n---', at + 1)) {
    if (!isSeparator(text, at + 1)) continue
    spans.push({ start, end: at + 1 })
    start = at + 4
  }
  spans.push({ start, end: text.length })
  return spans
}

function isSeparator(text: string, at: number): boolean {
  if (!text.startsWith('---', at)) return false
  const next = text.charCodeAt(at + 3)
  return Number.isNaN(next) || next === 32 || next === 10 || next === 13 || next === 9
}

/** Whether nothing but white space and comments stands in a document. */
export function isBlank(text: string, { start, end }: Span): boolean {
  for (let at = start; at < end; ) {
    const code = text.charCodeAt(at)
    if (code === 35) {
      const next = text.indexOf('\n', at)
      if (next < 0 || next >= end) return true
      at = next + 1
    } else if (code === 32 || code === 10 || code === 13 || code === 9) at += 1
    else return false
  }
  return true
}
