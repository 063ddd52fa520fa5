// The expression language of rules: CEL. The only file that knows the library behind it.

import { Environment } from '@marcbachmann/cel-js'
import { compareVersions } from '../kubernetes/version.ts'
import { isMapping } from '../resource/read.ts'
import { type Functions, fastExpression, text, unsure } from './fast-expression.ts'
import { type Image, imageOf } from './image.ts'
import type { Expression } from './scope.ts'

/** Longer texts are cut before a pattern is tried on them: patterns are the rules' own, texts are not, and no pattern may take long on a long text. */
const longestMatched = 2_000
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
  if (source.length > longestExpression)
    throw new Error(`an expression may have ${longestExpression} characters, this one has ${source.length}`)
  environment ??= newEnvironment()
  const program = environment.parse(source)
  return { whole: (scope) => program(scope as Record<string, unknown>), fast: fastExpression(program.ast, functions) }
}

/** What the fast way calls itself. */
const functions: Functions = {
  atLeast: (target, version) => isAtLeast(target, text(version)),
  contains: (whole, part) => text(whole).includes(text(part)),
  image: (reference) => imageIn(reference),
  short: (value) => short(value),
  size: (value) => sizeOf(value),
  startsWith: (whole, start) => text(whole).startsWith(text(start)),
}

function isAtLeast(target: unknown, version: string): boolean {
  if (target instanceof TargetVersion) return compareVersions(target.version, version) >= 0
  throw unsure
}

/** The library counts the letters of a text in its own way. */
function sizeOf(value: unknown): number {
  if (Array.isArray(value)) return value.length
  if (isMapping(value)) return Object.keys(value).length
  throw unsure
}

/** What `kubernetes` is in an expression: `kubernetes.atLeast('1.33')`. */
export class TargetVersion {
  readonly version: string

  constructor(version: string) {
    this.version = version
  }
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
    .registerFunction('excerpt(string): string', (text: string) => text.slice(0, longestMatched))
}

let lastReference = ''
let lastImage = imageOf('')

/** The rules of a container ask for the same image one after the other. */
function imageIn(value: unknown): Image {
  const reference = typeof value === 'string' ? value : ''
  if (reference !== lastReference) {
    lastImage = imageOf(reference)
    lastReference = reference
  }
  return lastImage
}

/** A value as a message shows it: a word, or JSON, cut where it is long. */
export function short(value: unknown): string {
  const text = typeof value === 'string' ? value : typeof value === 'bigint' ? String(value) : (JSON.stringify(value) ?? 'nothing')
  return text.length > 120 ? `${text.slice(0, 119)}…` : text
}
