// The expression language of rules: CEL. The only file that knows the library behind it.

import { Environment } from '@marcbachmann/cel-js'
import { excerpt, expressionFunctions, imageIn, isAtLeast, short, TargetVersion } from './expression.ts'
import { fastExpression, isNode, type Node, unsure } from './fast-expression.ts'
import type { Expression } from './scope.ts'

const longestExpression = 5_000

let environment: Environment | undefined

/** Compiles an expression; throws an Error that says what is wrong with it. */
export function compileExpression(source: string): Expression {
  const { whole, fast } = waysOf(source)
  if (fast === undefined) return whole
  return (scope) => {
    try {
      return fast(scope)
    } catch (thrown) {
      if (thrown === unsure) return whole(scope)
      throw thrown
    }
  }
}

/** The library's way to evaluate an expression, and the fast one where there is one; throws as `compileExpression`. */
export function waysOf(source: string): { readonly whole: Expression; readonly fast: Expression | undefined } {
  const program = parsed(source)
  return { whole: (scope) => program(scope as Record<string, unknown>), fast: fastExpression(program.ast, expressionFunctions) }
}

/** An expression as parsed, for the fast way: data that can be written down. Throws as `compileExpression`. */
export function treeOf(source: string): Node {
  return plain(parsed(source).ast) as Node
}

function parsed(source: string): ReturnType<Environment['parse']> {
  if (source.length > longestExpression)
    throw new Error(`an expression may have ${longestExpression} characters, this one has ${source.length}`)
  environment ??= newEnvironment()
  return environment.parse(source)
}

function plain(part: unknown): unknown {
  if (Array.isArray(part)) return part.map(plain)
  if (isNode(part)) return { op: part.op, args: plain(part.args) }
  return typeof part === 'bigint' ? Number(part) : part
}

function newEnvironment(): Environment {
  return new Environment({ unlistedVariablesAreDyn: true, enableOptionalTypes: true })
    .registerType('TargetVersion', TargetVersion)
    .registerVariable('self', 'dyn')
    .registerVariable('object', 'dyn')
    .registerVariable('pod', 'dyn')
    .registerVariable('extent', 'dyn')
    .registerVariable('setting', 'dyn')
    .registerVariable('kubernetes', 'TargetVersion')
    .registerFunction('TargetVersion.atLeast(string): bool', (target: TargetVersion, version: string) => isAtLeast(target, version))
    .registerFunction('image(dyn): map<string, string>', (reference: unknown) => imageIn(reference))
    .registerFunction('short(dyn): string', (value: unknown) => short(value))
    .registerFunction('excerpt(string): string', (text: string) => excerpt(text))
}
