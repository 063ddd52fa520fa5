// Messages with expressions in braces.

import { compileExpression, short } from './expression.ts'
import type { Expression, Scope } from './scope.ts'

export type Message = (scope: Scope) => string

/** Compiles `Container "{self.name}" runs as {self.user}.`; braces do not nest. Throws an Error for an expression that is none. */
export function compileMessage(template: string): Message {
  const parts: (string | Expression)[] = template.split(/\{([^{}]*)\}/).map((part, at) => (at % 2 === 0 ? part : compileExpression(part)))
  return (scope) => parts.map((part) => (typeof part === 'string' ? part : short(part(scope)))).join('')
}
