// Where a template writes what is found in what it rendered.

import { posix } from 'node:path'
import type { LineOrigin } from '../../resource/document.ts'
import type { Resource } from '../../resource/resource.ts'
import { pointerTo, segmentsOf, valueAt } from '../../text/pointer.ts'
import { lineStarts, positionAt } from '../../text/position.ts'
import type { ChartScene } from '../../trace/decide.ts'
import { isOwn } from '../../trace/layer.ts'
import type { Sources } from '../../trace/source.ts'
import { originAt } from '../../trace/way.ts'
import { type Refusal, refuse } from '../../yaml/change.ts'
import { positionsOf } from '../../yaml/positions.ts'
import { keywordOf } from '../action.ts'
import { readable, type Template } from '../readable.ts'

/** `rest`: the way on from a key that the template writes, and did not write here: a condition stands around it. */
export type TemplatePlace = { readonly path: string; readonly document: number; readonly pointer: string; readonly rest?: string }

/** The place in the template of the deepest part on the way that was rendered: what is missing below it is made there. */
export function placeInTemplate(resource: Resource, pointer: string, { target, sources }: ChartScene): TemplatePlace | Refusal {
  const rendered = resource.document.rendering?.before ?? resource.document
  const way = segmentsOf(resource.base + pointer)
  let depth = way.length
  while (depth > 0 && valueAt(rendered.yaml.value, pointerTo(way.slice(0, depth))) === undefined) depth -= 1
  const there = way.slice(0, depth)
  const origin = originAt(rendered, depth === 0 ? '/kind' : pointerTo(there))
  if (origin === undefined || !isEditable(origin, target, sources)) return refuse('no template of this repository writes the place')
  const text = sources.text(origin.path)?.text ?? ''
  if (pointer === '/apiVersion' && isChosen(text, origin.line)) return refuse('the template takes it by what the cluster knows')
  const template = templateAt(origin.path, sources)
  const found = template === undefined ? undefined : inTemplate(template, origin.line, depth === 0 ? ['kind'] : there)
  if (found === undefined) return refuse('no line of the template writes the place alone')
  const above = depth === 0 ? '' : found.pointer
  const at = { path: origin.path, document: found.document }
  const key = above + pointerTo(way.slice(depth, depth + 1))
  return key !== above && valueAt(found.value, key) !== undefined
    ? { ...at, pointer: key, rest: pointerTo(way.slice(depth + 1)) }
    : { ...at, pointer: above + pointerTo(way.slice(depth)) }
}

/** A template as it is read; undefined where the file is not there. */
export function templateAt(path: string, sources: Sources): Template | undefined {
  const source = sources.text(path)
  return source === undefined ? undefined : sources.once(source, () => readable(source.text))
}

/** Whether a line is written only for clusters that know something, or do not. */
function isChosen(text: string, line: number): boolean {
  const open: string[] = []
  const above = text.split('\n', line - 1).join('\n')
  for (const [action] of above.matchAll(/\{\{[\s\S]*?\}\}/g)) {
    const word = keywordOf(action)
    if (word === 'end') open.pop()
    else if (word === 'else') open.push(`${open.pop() ?? ''}${action}`)
    else if (word !== undefined) open.push(action)
  }
  return open.some((action) => action.includes('.Capabilities'))
}

/** What is packed, or was fetched, has no file here; a chart inside the chart that came from elsewhere is overwritten when it comes anew. */
function isEditable({ path, packed }: LineOrigin, { chart }: ChartScene['target'], sources: Sources): boolean {
  if (packed !== undefined || chart.kind !== 'tree' || sources.text(path) === undefined) return false
  const inside = posix.relative(chart.path, path).split('/')
  return inside.every((name, at) => name !== 'charts' || isOwn(chart.path, inside.slice(0, at + 2).join('/'), sources))
}

/** A place in a document of a template, and the value of the document. */
type Found = { readonly document: number; readonly value: unknown; readonly pointer: string }

/** Where a line of a template stands as YAML: of what begins on it, what ends most like the way that was rendered. */
function inTemplate(template: Template, line: number, way: readonly string[]): Found | undefined {
  const starts = lineStarts(template.text)
  const wanted = template.lineOf(line)
  for (const [document, { value, span }] of template.documents.entries()) {
    if (positionAt(starts, span.start).line > wanted || positionAt(starts, span.end).line < wanted) continue
    const best = beginningAt(value, (offset) => positionAt(starts, offset).line === wanted)
      .filter((own) => alike(own, way) > 0)
      .sort((a, b) => alike(b, way) - alike(a, way))[0]
    if (best !== undefined) return { document, value, pointer: pointerTo(best) }
  }
  return undefined
}

/** The ways to all keys and items that begin where `isThere` says. */
function beginningAt(value: unknown, isThere: (offset: number) => boolean, way: readonly string[] = []): readonly (readonly string[])[] {
  const positions = positionsOf(value)
  if (positions === undefined || value === null || typeof value !== 'object') return []
  const width = Array.isArray(value) ? 2 : 4
  return Object.entries(value).flatMap(([key, child], index) => {
    const at = Array.isArray(value) ? index : positions.keys.lastIndexOf(key)
    const own = [...way, key]
    return [...(isThere(positions.offsets[at * width] ?? -1) ? [own] : []), ...beginningAt(child, isThere, own)]
  })
}

/** How many of the last steps of two ways are the same; numbers of items may differ, since a loop writes one item many times. */
function alike(one: readonly string[], other: readonly string[]): number {
  let same = 0
  while (same < Math.min(one.length, other.length)) {
    const [a = '', b = ''] = [one.at(-1 - same), other.at(-1 - same)]
    if (a !== b && !(/^\d+$/.test(a) && /^\d+$/.test(b))) break
    same += 1
  }
  return same
}
