// The place that a finding names, edited in a copy of what its target reads, and rendered by the native tool.

import { evaluate } from '../../src/finding/evaluate.ts'
import { keyOf } from '../../src/finding/identity.ts'
import { nameOf, type Resource } from '../../src/resource/resource.ts'
import { compileExpression } from '../../src/rule/cel.ts'
import { compileRules } from '../../src/rule/compile.ts'
import { segmentsOf, valueAt } from '../../src/text/pointer.ts'
import type { Change } from '../../src/yaml/change.ts'
import { changesFor } from './change.ts'
import { editedFile } from './edit.ts'
import { rendered } from './render.ts'
import type { Drawn } from './seen.ts'

export type Outcome = { readonly right: boolean; readonly rightFile: boolean; readonly why: string }

/** `known` remembers what targets are before any edit. */
export function tryPlace(one: Drawn, known: Map<string, Before>): Outcome {
  const { location, site } = one.trace
  if (location.precision === 'file' || location.precision === 'target')
    return { right: false, rightFile: location.precision === 'file', why: 'no line' }
  const key = `${one.home}\n${one.target.id}`
  const before = known.get(key) ?? ([rendered(one, new Map()), rendered(one, new Map())] as const)
  known.set(key, before)
  // What a rule's own repair cannot do in one step is tried with a plain change of the place.
  const first = attempt(one, changesFor(one, site === undefined), before)
  return first.right ? first : attempt(one, changesFor(one, true), before)
}

/** What the native tool gives, twice: what differs between the two is made up anew each time. */
export type Before = readonly [readonly Resource[] | string, readonly Resource[] | string]

function attempt(one: Drawn, changes: readonly Change[], [before, again]: Before): Outcome {
  const edits = editedFile(one, changes)
  if (typeof edits === 'string') return { right: false, rightFile: false, why: edits }
  const after = rendered(one, edits)
  if (typeof before === 'string') return { right: false, rightFile: false, why: `does not render natively: ${before}` }
  if (typeof after === 'string') return { right: false, rightFile: true, why: `does not render any more: ${after}` }
  const stray = strayOf([before, again], after, changes)
  if (stray !== undefined) return { right: false, rightFile: true, why: `${stray} changed too` }
  return isMended(one, before, after, changes)
    ? { right: true, rightFile: true, why: '' }
    : { right: false, rightFile: false, why: 'the finding is still there' }
}

function isMended({ finding, seen }: Drawn, before: readonly Resource[], after: readonly Resource[], changes: readonly Change[]): boolean {
  const plain = (id: Resource['id']) => nameOf(id).replace(generated, '-*')
  const named = ({ id }: Resource) => plain(id) === plain(finding.resource.id)
  const [was, now] = [before.find(named), after.find(named)]
  if (was === undefined || now === undefined) return false
  const key = keyOf(finding.resource.value, finding.pointer, false).join('/')
  const faults = evaluate(now, compileRules([finding.rule], seen.facts, compileExpression)).faults
  if (!faults.some(({ pointer }) => keyOf(now.value, pointer, false).join('/') === key)) return true
  // Where only a person knows the right value, it is enough that the place decides.
  return changes.every(({ pointer }) => JSON.stringify(valueAt(now.value, pointer)) !== JSON.stringify(valueAt(was.value, pointer)))
}

/** The first field that changed although no change means it: other fields than those of the same name. */
function strayOf(
  [before, again]: readonly [readonly Resource[], readonly Resource[] | string],
  after: readonly Resource[],
  changes: readonly Change[],
): string | undefined {
  const meant = changes.map(({ pointer }) => segmentsOf(pointer).filter((segment) => !/^\d+$/.test(segment)))
  const leaves = (resources: readonly Resource[]) =>
    new Map(resources.flatMap((resource) => leavesOf(resource.value, nameOf(resource.id).replace(generated, '-*'))))
  const [was, is] = [leaves(before), leaves(after)]
  // What differs between two native runs is made up anew each time.
  const twice = typeof again === 'string' ? was : leaves(again)
  // A value that several fields are made of changes all of them.
  const given = changes.flatMap((change) => (change.op === 'set' ? [JSON.stringify(change.value)] : []))
  const passedOn = (path: string) => given.includes(is.get(path) ?? '') && was.has(path)
  for (const path of new Set([...was.keys(), ...is.keys()])) {
    if (was.get(path)?.replace(hashes, '-*') === is.get(path)?.replace(hashes, '-*') || /checksum|helm\.sh\/chart/.test(path)) continue
    const fields = path.split('\n').filter((segment) => !/^\d+$/.test(segment))
    if (passedOn(path) || was.get(path) !== twice.get(path)) continue
    if (!meant.some((field) => isMeant(fields, field))) return path.replaceAll('\n', '/')
  }
  return undefined
}

/** The field itself, something in it, or the empty block in which it was missing. */
function isMeant(fields: readonly string[], meant: readonly string[]): boolean {
  const name = meant.slice(-2)
  return `/${fields.join('/')}/`.includes(`/${name.join('/')}/`) || (name.length === 2 && fields.at(-1) === name[0])
}

const hashes = /-[2456789bcdfghkmt]{10}(?="|$)/g

/** What kustomize puts behind the names of what it generates changes with every value in it. */
const generated = /-[2456789bcdfghkmt]{10}$/

function leavesOf(value: unknown, path: string): readonly (readonly [string, string])[] {
  if (value === null || typeof value !== 'object' || Object.keys(value).length === 0) return [[path, JSON.stringify(value)]]
  return Object.entries(value).flatMap(([key, child]) => leavesOf(child, `${path}\n${key}`))
}
