// Assignments inside files that a value holds: `password: x`, `PASSWORD=x`, `"password": "x"`.

import type { Span } from '../../text/position.ts'
import { isPlaceholder, looksSecret, namesSecret, type SecretKind, secretByForm } from './secret-value.ts'

/** A name and the value behind it; the span is the value's, without its quotes. */
export type Assignment = Span & { readonly name: string; readonly value: string; readonly quoted: boolean }

/** One assignment a line is enough: what a person writes by hand. Longer lines are data, not settings. */
const assignment =
  /^[ \t]*(?:[-#;]+ ?|\/\/ ?|export |set |ENV )?["']?([A-Za-z_][A-Za-z0-9_.\-/]{0,120})["']?[ \t]*(?::=|=>|[:=])[ \t]*(.*)$/
const longestLine = 2000

/** Every assignment in `text`, one a line, in order. */
export function assignmentsIn(text: string): readonly Assignment[] {
  const found: Assignment[] = []
  let start = 0
  while (start < text.length) {
    const newline = text.indexOf('\n', start)
    const end = newline < 0 ? text.length : newline
    if (end - start <= longestLine) {
      const read = readLine(text.slice(start, end), start)
      if (read !== undefined) found.push(read)
    }
    start = end + 1
  }
  return found
}

function readLine(line: string, offset: number): Assignment | undefined {
  const match = assignment.exec(line)
  const name = match?.[1]
  const rest = match?.[2]
  if (name === undefined || rest === undefined || rest === '') return undefined
  const at = offset + line.length - rest.length
  const quoted = /^(["'])([^"']*)\1/.exec(rest)
  if (quoted !== null) return { name, value: quoted[2] ?? '', quoted: true, start: at + 1, end: at + 1 + (quoted[2] ?? '').length }
  const value = rest.replace(/[ \t]+#.*$/, '').replace(/[,;\s]+$/, '')
  return { name, value, quoted: false, start: at, end: at + value.length }
}

/** What credential a whole file in a ConfigMap holds in clear, or undefined: by form anywhere, by name line by line. */
export function secretInText(text: string): SecretKind | undefined {
  const byForm = secretByForm(text)
  if (byForm !== undefined) return byForm
  for (const { name, value, quoted } of assignmentsIn(text)) {
    if (namesSecret(name) === undefined || isPlaceholder(value) || (!quoted && isCode(value))) continue
    const kind = looksSecret(name, value)
    if (kind !== undefined) return kind
  }
  return undefined
}

/** An expression or another variable, as in scripts: `request.form["password"]`, `db_password`. */
function isCode(value: string): boolean {
  return /[()[\]{}<>|&\s]/.test(value) || (/^[A-Za-z_]\w*$/.test(value) && /pass|secret|token|key|cred/i.test(value))
}
