// The rules of a run, asked without the expression library first: it takes as long to load as ten objects take to judge, and hardly any object needs it.

import { type CompiledRules, compileRules } from './compile.ts'
import { compilerOf, type Trees } from './expression.ts'
import { unsure } from './fast-expression.ts'
import type { Facts } from './item.ts'
import type { Rule } from './rule.ts'

/** Puts a question to the rules; where they cannot answer without the library, once more with it. The question must have no effect. */
export type RuleSet = <Answer>(question: (rules: CompiledRules) => Answer) => Promise<Answer>

/** The rules with what is known to them, and the parsed expressions of those that are built in. */
export function ruleSet(rules: readonly Rule[], facts: Facts, trees: Trees): RuleSet {
  const quick = compileRules(rules, facts, compilerOf(trees))
  let whole: Promise<CompiledRules> | undefined
  return async (question) => {
    try {
      return question(quick)
    } catch (thrown) {
      if (thrown !== unsure) throw thrown
      whole ??= import('./cel.ts').then(({ compileExpression }) => compileRules(rules, facts, compileExpression))
      return question(await whole)
    }
  }
}
