// Messages with expressions in braces.

import { type Compile, short } from './expression.ts'
import type { Expression, Scope } from './scope.ts'

export type Message = (scope: Scope) => string

/** Compiles `Container "{self.name}" runs as {self.user}.`; braces do not nest. Throws an Error for an expression that is none. */
export function compileMessage(template: string, compile: Compile): Message {
  const parts: (string | Expression)[] = partsOf(template).map((part, at) => (at % 2 === 0 ? part : compile(part)))
  return (scope) => parts.map((part) => (typeof part === 'string' ? part : short(part(scope)))).join('')
}

/** The expressions of a message. */
export function expressionsIn(template: string): readonly string[] {
  return partsOf(template).filter((_, at) => at % 2 === 1)
}

function partsOf(template: string): readonly string[] {
  return template.split(/\{([^{}]*)\}/)
}
