// What expressions of rules may speak of and call, and how they are compiled without the expression library.

import { compareVersions } from '../kubernetes/version.ts'
import { type Image, imageOf } from '../resource/image.ts'
import { isMapping } from '../resource/read.ts'
import { type Functions, fastExpression, type Node, refuse, text } from './fast-expression.ts'
import type { Expression } from './scope.ts'

/** Longer texts are cut before a pattern is tried on them: patterns are the rules' own, texts are not, and no pattern may take long on a long text. */
const longestMatched = 2_000

/** Makes an expression ready to be asked; throws an Error that says what is wrong with it. */
export type Compile = (source: string) => Expression

/** Parsed expressions by their sources. */
export type Trees = Readonly<Record<string, Node>>

/** Compiles without the library: what has no tree, or cannot be told from it alone, throws `unsure` when it is asked. */
export function compilerOf(trees: Trees): Compile {
  return (source) => {
    const tree = Object.hasOwn(trees, source) ? trees[source] : undefined
    return (tree === undefined ? undefined : fastExpression(tree, expressionFunctions)) ?? refuse
  }
}

/** What the fast way calls itself. */
export const expressionFunctions: Functions = {
  atLeast: (target, version) => isAtLeast(target, text(version)),
  contains: (whole, part) => text(whole).includes(text(part)),
  excerpt: (whole) => excerpt(text(whole)),
  image: (reference) => imageIn(reference),
  lowerAscii: (whole) => lowerAscii(text(whole)),
  short: (value) => short(value),
  size: (value) => sizeOf(value),
  startsWith: (whole, start) => text(whole).startsWith(text(start)),
}

/** Whether the version that is judged for is one or later. */
export function isAtLeast(target: unknown, version: string): boolean {
  if (target instanceof TargetVersion) return compareVersions(target.version, version) >= 0
  return refuse()
}

/** What else than letters of ASCII becomes of a text is the library's to say. */
function lowerAscii(whole: string): string {
  return /^[\0-\x7f]*$/.test(whole) ? whole.toLowerCase() : refuse()
}

/** The beginning of a text, for patterns. */
export function excerpt(whole: string): string {
  return whole.slice(0, longestMatched)
}

/** The library counts the letters of a text in its own way. */
function sizeOf(value: unknown): number {
  if (Array.isArray(value)) return value.length
  if (isMapping(value)) return Object.keys(value).length
  return refuse()
}

/** What `kubernetes` is in an expression: `kubernetes.atLeast('1.33')`. */
export class TargetVersion {
  readonly version: string

  constructor(version: string) {
    this.version = version
  }
}

let lastReference = ''
let lastImage = imageOf('')

/** The rules of a container ask for the same image one after the other. */
export function imageIn(value: unknown): Image {
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
