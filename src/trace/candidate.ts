// The values that may lead to a place, by their names and by what they hold.

import { posix } from 'node:path'
import type { ChartTarget } from '../discover/target.ts'
import type { Resource } from '../resource/resource.ts'
import { segmentsOf, valueAt } from '../text/pointer.ts'
import type { Sources } from './source.ts'

/** A place in an object that a chart rendered: a value that is there, or a key that is missing. */
export type Ask = { readonly resource: Resource; readonly pointer: string }

export type Candidate = {
  /** Keys from the top of the values given to the whole chart, down to where the mark is put. */
  readonly path: readonly string[]
  /** How many of the keys a file of values may hold: what follows them is the missing part of the object. */
  readonly known: number
  readonly mark: string
  /** Where it is empty another value of the same name counts, which all that has none of its own share. */
  readonly isOverride: boolean
  /** The chart, relative to the outermost one, whose own values.yaml names the keys, and how many keys lead to it. */
  readonly chart: string
  readonly prefix: number
  /** The outermost list on the way, which a text of values replaces as a whole: after how many keys it stands, and what it holds. */
  readonly list?: { readonly depth: number; readonly value: readonly unknown[] }
}

type Scene = { readonly target: ChartTarget; readonly sources: Sources }
type Key = Omit<Candidate, 'mark' | 'known' | 'isOverride'> & { readonly value: unknown }

/** Deeper values, and more candidates, are not tried. */
const deepest = 6
const mostCandidates = 400

/** All candidates for all places, each with a mark of its own. */
export function candidatesFor(asks: readonly Ask[], scene: Scene): readonly Candidate[] {
  const keys = [...keysOfValues(scene), ...keysOfTemplates(scene)]
  const overrides = overridesIn(scene)
  const paths = new Map<string, Omit<Candidate, 'mark'>>()
  for (const ask of asks) {
    const value = valueAt(ask.resource.value, ask.pointer)
    for (const { path, value: own, ...from } of keys) {
      for (const rest of value === undefined ? missingBelow(path, ask) : holds(path, own, value, ask)) {
        const candidate = { ...from, path: [...path, ...rest], known: path.length, isOverride: overrides.has(path.join('.')) }
        const known = paths.get(JSON.stringify(candidate.path))
        if (known === undefined || known.known < candidate.known) paths.set(JSON.stringify(candidate.path), candidate)
      }
    }
  }
  return [...paths.values()].slice(0, mostCandidates).map((candidate, at) => ({ ...candidate, mark: `plimsoll-probe-${at}-x` }))
}

/** A key named like a part of what is missing (`containerSecurityContext` for `securityContext`) may be that part. */
function missingBelow(path: readonly string[], { resource, pointer }: Ask): readonly (readonly string[])[] {
  const segments = segmentsOf(pointer)
  const last = path.at(-1)?.toLowerCase() ?? ''
  // The part that is missing begins below the nearest list item: a block that is there may be empty in the values.
  const from = segments.findLastIndex((segment) => /^\d+$/.test(segment)) + 1
  return segments.flatMap((segment, at) => {
    if (at < from || !last.endsWith(segment.toLowerCase())) return []
    return valueAt(resource.value, `/${segments.slice(0, at + 1).join('/')}`) !== undefined && at === segments.length - 1
      ? []
      : [segments.slice(at + 1)]
  })
}

/** A value whose text is in the rendered one; what is short or on or off is believed only where its name fits too. */
function holds(path: readonly string[], own: unknown, value: unknown, { pointer }: Ask): readonly (readonly string[])[] {
  if (own === null || own === undefined || typeof own === 'object' || typeof value === 'object') return []
  const text = String(own)
  if (text === '' || !String(value).includes(text)) return []
  if (typeof own === 'string' && text.length > 3) return [[]]
  const last = path.at(-1)?.toLowerCase() ?? ''
  const key = segmentsOf(pointer).at(-1)?.toLowerCase() ?? ''
  return last.includes(key) || key.includes(last) || /tag|version/.test(last) ? [[]] : []
}

/** The keys of all texts of values that the target gets, and of the charts in it. */
function keysOfValues({ target, sources }: Scene): readonly Key[] {
  const root = target.chart.kind === 'tree' ? target.chart.path : ''
  const given = target.values.flatMap((one): readonly unknown[] => {
    if (one.kind === 'inline') return [one.value]
    return one.kind === 'file' ? sources.documents(one.path).map(({ yaml }) => yaml.value) : []
  })
  const charts = target.inputs.filter((path) => posix.basename(path) === 'values.yaml')
  const defaults = charts.flatMap((path) => {
    const chart = posix.relative(root, posix.dirname(path))
    if (chart.startsWith('..')) return []
    const above = chart === '' ? [] : chart.split('/').filter((part) => part !== 'charts')
    return sources.documents(path).map(({ yaml }) => ({ value: yaml.value, above, chart }))
  })
  return [
    ...given.flatMap((value) => keysIn(value, [], { chart: '', prefix: 0 })),
    ...defaults.flatMap(({ value, above, chart }) => keysIn(value, above, { chart, prefix: above.length })),
  ]
}

function keysIn(value: unknown, path: readonly string[], from: Omit<Key, 'path' | 'value'>): readonly Key[] {
  if (value === null || typeof value !== 'object' || path.length > deepest) return []
  const inside = Array.isArray(value) && from.list === undefined ? { ...from, list: { depth: path.length, value } } : from
  return Object.entries(value).flatMap(([key, child]) => [
    { path: [...path, key], value: child, ...inside },
    ...keysIn(child, [...path, key], inside),
  ])
}

/** What the templates of the chart itself read, whether a file of values names it or not. */
function keysOfTemplates(scene: Scene): readonly Key[] {
  const paths = new Set(templatesOf(scene).flatMap(pathsIn))
  return [...paths].map((keys) => ({ path: keys.split('.'), value: undefined, chart: '', prefix: 0 }))
}

/** Values that a line of a template reads together with a shorter one of the same name: `default .Values.securityContext .Values.web.securityContext`. */
function overridesIn(scene: Scene): ReadonlySet<string> {
  const lines = templatesOf(scene).flatMap((text) => text.split('\n').filter((line) => /\b(?:default|coalesce|or)\b/.test(line)))
  return new Set(
    lines.flatMap((line) => {
      const paths = pathsIn(line)
      return paths.filter((path) => paths.some((other) => other.length < path.length && path.endsWith(`.${other.split('.').at(-1)}`)))
    }),
  )
}

function templatesOf({ target, sources }: Scene): readonly string[] {
  const root = target.chart.kind === 'tree' ? target.chart.path : ''
  const paths = target.inputs.filter((path) => path.startsWith(posix.join(root, 'templates/')))
  return paths.map((path) => sources.text(path)?.text ?? '')
}

function pathsIn(text: string): readonly string[] {
  return [...text.matchAll(/\.Values((?:\.[A-Za-z_]\w*){1,6})/g)].map(([, keys = '']) => keys.slice(1))
}
