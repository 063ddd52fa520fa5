// The place that a finding names, edited in a copy of what its target reads, and rendered by the native tool.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { evaluate } from '../../src/finding/evaluate.ts'
import { keyOf } from '../../src/finding/identity.ts'
import { resourcesIn } from '../../src/resource/read.ts'
import { nameOf, type Resource } from '../../src/resource/resource.ts'
import { compileRules } from '../../src/rule/compile.ts'
import { segmentsOf, valueAt } from '../../src/text/pointer.ts'
import { lineStarts } from '../../src/text/position.ts'
import type { Change } from '../../src/yaml/change.ts'
import { parseYaml } from '../../src/yaml/parse.ts'
import { run } from '../bench-render/native.ts'
import { changesFor } from './change.ts'
import type { Drawn } from './draw.ts'
import { editedFile } from './edit.ts'
import type { Candidate } from './seen.ts'

export type Outcome = { readonly right: boolean; readonly rightFile: boolean; readonly why: string }

export function tryPlace(one: Drawn): Outcome {
  const { location, site } = one.trace
  if (location.precision === 'file' || location.precision === 'target')
    return { right: false, rightFile: location.precision === 'file', why: 'no line' }
  // What a rule's own repair cannot do in one step is tried with a plain change of the place.
  const tried = [false, true].map((plain) => changesFor(one, plain || site === undefined))
  const made = tried.map((changes) => ({ changes, edits: editedFile(one, changes) })).find(({ edits }) => typeof edits !== 'string')
  if (made === undefined || typeof made.edits === 'string')
    return { right: false, rightFile: false, why: String(editedFile(one, tried[1] ?? [])) }
  const { changes, edits } = made
  const before = rendered(one, new Map())
  const after = rendered(one, edits)
  if (typeof before === 'string') return { right: false, rightFile: false, why: `does not render natively: ${before}` }
  if (typeof after === 'string') return { right: false, rightFile: true, why: `does not render any more: ${after}` }
  const stray = strayOf(before, after, changes)
  if (stray !== undefined) return { right: false, rightFile: true, why: `${stray} changed too` }
  return isMended(one, before, after, changes)
    ? { right: true, rightFile: true, why: '' }
    : { right: false, rightFile: false, why: 'the finding is still there' }
}

/** The objects of a target by the native tool, or what the tool said. */
export function rendered({ seen, target }: Candidate, edits: ReadonlyMap<string, string>): readonly Resource[] | string {
  const folder = mkdtempSync(join(tmpdir(), 'bench-provenance-'))
  try {
    for (const path of target.inputs) {
      const bytes = edits.get(path) ?? seen.tree.read(path)
      if (bytes === undefined) continue
      mkdirSync(join(folder, dirname(path)), { recursive: true })
      writeFileSync(join(folder, path), bytes)
    }
    const result =
      target.kind === 'chart'
        ? run('helm4', [
            'template',
            target.release,
            join(folder, target.chart.kind === 'tree' ? target.chart.path : ''),
            '--namespace',
            target.namespace,
            '--kube-version',
            seen.facts.kubernetesVersion,
            ...target.values.flatMap((one) => (one.kind === 'file' ? ['-f', join(folder, one.path)] : [])),
          ])
        : run('kustomize', ['build', join(folder, target.folder), '--enable-helm=false'])
    return result.ok ? objectsIn(result.output) : (result.error.split('\n').at(-1) ?? '').slice(0, 160)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function objectsIn(text: string): readonly Resource[] {
  const starts = lineStarts(text)
  return parseYaml(text).flatMap((yaml, index) => resourcesIn({ path: 'rendered.yaml', text, lineStarts: starts, yaml, index }))
}

function isMended({ finding, seen }: Drawn, before: readonly Resource[], after: readonly Resource[], changes: readonly Change[]): boolean {
  const plain = (id: Resource['id']) => nameOf(id).replace(generated, '-*')
  const named = ({ id }: Resource) => plain(id) === plain(finding.resource.id)
  const [was, now] = [before.find(named), after.find(named)]
  if (was === undefined || now === undefined) return false
  const key = keyOf(finding.resource.value, finding.pointer, false).join('/')
  const faults = evaluate(now, compileRules([finding.rule], seen.facts)).faults
  if (!faults.some(({ pointer }) => keyOf(now.value, pointer, false).join('/') === key)) return true
  // Where only a person knows the right value, it is enough that the place decides.
  return changes.every(({ pointer }) => JSON.stringify(valueAt(now.value, pointer)) !== JSON.stringify(valueAt(was.value, pointer)))
}

/** The first field that changed although no change means it: other fields than those of the same name. */
function strayOf(before: readonly Resource[], after: readonly Resource[], changes: readonly Change[]): string | undefined {
  const meant = changes.map(({ pointer }) => segmentsOf(pointer).filter((segment) => !/^\d+$/.test(segment)))
  const leaves = (resources: readonly Resource[]) =>
    new Map(resources.flatMap((resource) => leavesOf(resource.value, nameOf(resource.id).replace(generated, '-*'))))
  const [was, is] = [leaves(before), leaves(after)]
  // A value that several fields are made of changes all of them.
  const given = changes.flatMap((change) => (change.op === 'set' ? [JSON.stringify(change.value)] : []))
  const passedOn = (path: string) => given.includes(is.get(path) ?? '') && was.has(path)
  for (const path of new Set([...was.keys(), ...is.keys()])) {
    if (was.get(path)?.replace(hashes, '-*') === is.get(path)?.replace(hashes, '-*') || /checksum|helm\.sh\/chart/.test(path)) continue
    const fields = path.split('\n').filter((segment) => !/^\d+$/.test(segment))
    if (passedOn(path)) continue
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
