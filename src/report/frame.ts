// The lines around a place, with every secret masked.

import type { Document } from '../resource/document.ts'
import { positionAt, type Span } from '../text/position.ts'
import type { Frame, Location } from './report.ts'

/** Lines shown before and after the place, and the longest line shown whole. */
const around = 2
const longestRange = 8
const longestLine = 400

export const mask = '•••'

/** The lines around `location`, of its own document only; what lies in one of the `secret` spans reads as `•••`. */
export function frameOf(document: Document, location: Location, secret: readonly Span[]): Frame {
  const last = Math.min(location.endLine, location.line + longestRange)
  const span = document.yaml.span
  const firstLine = Math.max(positionAt(document.lineStarts, span.start).line, location.line - around)
  const lastLine = Math.min(positionAt(document.lineStarts, Math.max(span.start, span.end - 1)).line, last + around)
  const lines: string[] = []
  for (let line = firstLine; line <= lastLine; line += 1) {
    const start = document.lineStarts[line - 1] ?? 0
    const next = document.lineStarts[line] ?? document.text.length + 1
    const shown = maskedLine(document.text, { start, end: next - 1 }, secret)
    lines.push(shown.length > longestLine ? `${shown.slice(0, longestLine)}…` : shown)
  }
  while (lines.length > 1 && lines.at(-1)?.trim() === '' && firstLine + lines.length - 1 > last) lines.pop()
  return { firstLine, lines }
}

/** A line of a text without its end; what lies in one of the `secret` spans, which are in order, reads as `•••`. */
export function maskedLine(text: string, line: Span, secret: readonly Span[]): string {
  let shown = ''
  let at = line.start
  for (const span of secret) {
    if (span.end <= at || span.start >= line.end) continue
    shown += text.slice(at, Math.max(at, span.start)) + mask
    at = Math.min(span.end, line.end)
  }
  return (shown + text.slice(at, line.end)).replace(/\r$/, '')
}
