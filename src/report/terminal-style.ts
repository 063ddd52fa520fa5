// Colours of the terminal: always beside a word or sign that says the same.

import type { Severity } from '../rule/severity.ts'
import type { Look } from './report.ts'

export type Style = {
  readonly bold: (text: string) => string
  readonly dim: (text: string) => string
  readonly good: (text: string) => string
  readonly bad: (text: string) => string
  readonly severity: (severity: Severity, text: string) => string
}

/** Blue and orange rather than green and red: told apart by everybody. */
const codes: Readonly<Record<Severity, string>> = { critical: '1;97;41', high: '1;91', medium: '1;33', low: '36', info: '2' }

export function styleOf({ color }: Look): Style {
  const paint = (code: string) => (text: string) => (color ? `\u001b[${code}m${text}\u001b[0m` : text)
  return {
    bold: paint('1'),
    dim: paint('2'),
    good: paint('1;34'),
    bad: paint('1;91'),
    severity: (severity, text) => paint(codes[severity])(text),
  }
}
