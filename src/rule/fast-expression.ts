// The part of CEL that nearly all rules are written in, as plain functions; what they are not certain about is left to the library.

import { isMapping } from '../resource/read.ts'
import type { Expression, Scope } from './scope.ts'

/** A node of a parsed expression, as the library makes it; data. */
export type Node = { readonly op: string; readonly args: unknown }

/** What an expression may call, a receiver first. */
export type Functions = Readonly<Record<string, (...values: readonly unknown[]) => unknown>>

/** Thrown where the library has to be asked. One for all, since nobody asks where. */
export const unsure = new Error('left to the library')

/**
 * A parsed expression as a function that gives what the library gives, and throws `unsure` where it comes to a part that is not known here, or to values of other types than a rule expects,
 * which the library refuses or converts. Undefined for an expression that is such a part as a whole.
 */
export function fastExpression(node: Node, functions: Functions): Expression | undefined {
  const compiled = compile(node, functions)
  return compiled === refuse ? undefined : compiled
}

function compile(node: unknown, functions: Functions): Expression {
  if (!isNode(node)) return refuse
  const { op, args } = node
  if (op === 'value') return literal(args)
  if (op === 'id') return variable(args)
  if (!Array.isArray(args)) return op === '!_' ? negation(compile(args, functions)) : refuse
  if (op === 'call') return call(args[0], args[1], functions)
  if (op === 'rcall' && args[0] === 'orValue') return fallback(args[1], args[2], functions)
  if (op === 'rcall' && args[0] === 'exists') return existence(args[1], args[2], functions)
  if (op === 'rcall' && Array.isArray(args[2])) return call(args[0], [args[1], ...args[2]], functions)
  if (op === 'in') return membership(compile(args[0], functions), args[1], functions)
  if (op === 'list') return list(args, functions)
  if (op === '.') return field(compile(args[0], functions), args[1])
  const [first = refuse, second = refuse, third = refuse] = args.map((arg) => compile(arg, functions))
  return operators[op]?.(first, second, third) ?? refuse
}

type Operator = (first: Expression, second: Expression, third: Expression) => Expression

const operators: Readonly<Record<string, Operator>> = {
  '!_': negation,
  '&&': (left, right) => (scope) => truth(left(scope)) && truth(right(scope)),
  '||': (left, right) => (scope) => truth(left(scope)) || truth(right(scope)),
  '?:': (condition, yes, no) => (scope) => (truth(condition(scope)) ? yes : no)(scope),
  '==': (left, right) => (scope) => isEqual(left(scope), right(scope)),
  '!=': (left, right) => (scope) => !isEqual(left(scope), right(scope)),
  '>': (left, right) => (scope) => number(left(scope)) > number(right(scope)),
  '>=': (left, right) => (scope) => number(left(scope)) >= number(right(scope)),
  '+': (left, right) => (scope) => text(left(scope)) + text(right(scope)),
}

function literal(value: unknown): Expression {
  const plain = typeof value === 'bigint' ? Number(value) : value
  return plain !== null && typeof plain === 'object' ? refuse : () => plain
}

const variables: ReadonlySet<string> = new Set(['self', 'object', 'pod', 'kubernetes', 'setting', 'extent'] satisfies (keyof Scope)[])

/** A variable of the scope, or one that a quantifier around the expression has added to it. */
function variable(name: unknown): Expression {
  if (typeof name !== 'string') return refuse
  if (isVariable(name)) return (scope) => scope[name]
  return (scope) => (Object.hasOwn(scope, name) ? Reflect.get(scope, name) : refuse())
}

function isVariable(name: string): name is keyof Scope {
  return variables.has(name)
}

/** `a.?b.?c.orValue(d)`: the steps are taken as one. */
function fallback(receiver: unknown, defaults: unknown, functions: Functions): Expression {
  const way: string[] = []
  let start = receiver
  for (; isNode(start) && start.op === '.?' && Array.isArray(start.args); start = start.args[0]) way.unshift(String(start.args[1]))
  if (way.length === 0 || !Array.isArray(defaults)) return refuse
  const from = compile(start, functions)
  const otherwise = compile(defaults[0], functions)
  return (scope) => {
    let value = from(scope)
    for (const name of way) {
      if (!isMapping(value)) throw unsure
      if (!Object.hasOwn(value, name)) return otherwise(scope)
      value = value[name]
    }
    return value
  }
}

function call(name: unknown, args: unknown, functions: Functions): Expression {
  const called = typeof name === 'string' && Object.hasOwn(functions, name) ? functions[name] : undefined
  if (called === undefined || !Array.isArray(args)) return refuse
  const values = args.map((arg) => compile(arg, functions))
  return (scope) => called(...values.map((value) => value(scope)))
}

/** Membership in a list of words, or as a key of a mapping. */
function membership(member: Expression, group: unknown, functions: Functions): Expression {
  const words = wordsOf(group)
  if (words !== undefined) return (scope) => words.includes(member(scope))
  const mapping = compile(group, functions)
  return (scope) => {
    const value = mapping(scope)
    return isMapping(value) ? Object.hasOwn(value, text(member(scope))) : refuse()
  }
}

function wordsOf(group: unknown): readonly unknown[] | undefined {
  if (!isNode(group) || group.op !== 'list' || !Array.isArray(group.args)) return undefined
  const words: unknown[] = group.args.map((item: unknown) => (isNode(item) && item.op === 'value' ? item.args : undefined))
  return words.every((word) => typeof word === 'string') ? words : undefined
}

function list(items: readonly unknown[], functions: Functions): Expression {
  const values = items.map((item) => compile(item, functions))
  return (scope) => values.map((value) => value(scope))
}

/** `list.exists(name, condition)`. */
function existence(receiver: unknown, args: unknown, functions: Functions): Expression {
  const [name, condition] = Array.isArray(args) ? args : []
  if (!isNode(name) || name.op !== 'id' || typeof name.args !== 'string') return refuse
  const items = compile(receiver, functions)
  const holds = compile(condition, functions)
  const key = name.args
  return (scope) => {
    const all = items(scope)
    return Array.isArray(all) ? all.some((item) => truth(holds({ ...scope, [key]: item }))) : refuse()
  }
}

function field(of: Expression, name: unknown): Expression {
  if (typeof name !== 'string') return refuse
  return (scope) => {
    const value = of(scope)
    return isMapping(value) && Object.hasOwn(value, name) ? value[name] : refuse()
  }
}

function negation(operand: Expression): Expression {
  return (scope) => !truth(operand(scope))
}

function isEqual(a: unknown, b: unknown): boolean {
  if (a === null || b === null) return a === b
  return typeof a === typeof b && typeof a !== 'object' ? a === b : refuse()
}

/** A value that is a text: what a function asks for. */
export function text(value: unknown): string {
  return typeof value === 'string' ? value : refuse()
}

function number(value: unknown): number {
  return typeof value === 'number' ? value : refuse()
}

function truth(value: unknown): boolean {
  return typeof value === 'boolean' ? value : refuse()
}

/** Whether a part of a parsed expression is an expression itself. */
export function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'op' in value && typeof value.op === 'string' && 'args' in value
}

/** Leaves the rest to the library. */
export function refuse(): never {
  throw unsure
}
