// The text of a document as it may be shown.

import { secretsOf } from '../finding/sensitive.ts'
import type { Document } from '../resource/document.ts'
import { mask } from './frame.ts'

/** One document, line for line, with its secrets masked; a mark that begins it (`---`) is left out. */
export function maskedDocument(document: Document): string {
  const { text: whole, yaml } = document
  const { start, end } = yaml.span
  let text = ''
  let at = start
  for (const span of secretsOf(document)) {
    if (span.end <= at || span.start >= end) continue
    text += whole.slice(at, Math.max(at, span.start)) + mask + whole.slice(span.start, span.end).replace(/[^\n]/g, '')
    at = span.end
  }
  return (text + whole.slice(at, end)).replace(/^---[^\n]*\n/, '')
}
