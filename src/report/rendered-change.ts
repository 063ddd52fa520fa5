// What would be applied that was not before, environment by environment: a masked, bounded difference of what charts and kustomizations render to.

import { unifiedPatch } from '../change/lines.ts'
import type { Sight } from '../render/sight.ts'
import type { Document } from '../resource/document.ts'
import { nameOf, type Resource } from '../resource/resource.ts'
import { groupBy } from '../text/group.ts'
import { maskedDocument } from './masked-text.ts'
import type { RenderedChange } from './report.ts'

/** Lines shown of one object and of one environment, and the longest that is shown whole; a person reads no more, and a comment has 65,536 characters. */
const mostOfObject = 60
const mostLines = 160
const longestLine = 240

type Sides = { readonly base: readonly Sight[]; readonly head: readonly Sight[] }

/** One entry for each environment in which something differs; those that differ in the very same way are one. Manifests that are applied as they stand are none of it: the diff shows them. */
export function renderedChanges({ base, head }: Sides): readonly RenderedChange[] {
  const before = environmentsIn(base)
  const after = environmentsIn(head)
  const names = [...new Set([...before.keys(), ...after.keys()])].sort()
  const none: Applied = new Map()
  const changes = names.map((name) => ({ name, ...changeOf(before.get(name) ?? none, after.get(name) ?? none) }))
  return [...groupBy(changes, ({ name: _, ...change }) => JSON.stringify(change)).values()].flatMap((group) => {
    const [first] = group
    if (first === undefined || first.added + first.removed + first.changed === 0) return []
    const { name: _, ...change } = first
    return [{ environments: group.map(({ name }) => name), ...change }]
  })
}

/** What lands in one environment: documents by the names of their objects, in the order of the render. */
type Applied = ReadonlyMap<string, Document>

function environmentsIn(sights: readonly Sight[]): ReadonlyMap<string, Applied> {
  const found = new Map<string, Map<string, Document>>()
  for (const { target, resources, environments } of sights) {
    if (target.kind === 'manifest' || target.kind === 'reference') continue
    for (const environment of environments) {
      const applied = found.get(environment) ?? new Map<string, Document>()
      found.set(environment, applied)
      for (const [document, own] of documentsOf(resources)) applied.set(freeName(titleOf(own), applied), document)
    }
  }
  return found
}

function documentsOf(resources: readonly Resource[]): ReadonlyMap<Document, readonly Resource[]> {
  const documents = new Map<Document, Resource[]>()
  for (const resource of resources) {
    const known = documents.get(resource.document)
    if (known === undefined) documents.set(resource.document, [resource])
    else known.push(resource)
  }
  return documents
}

function titleOf([first, ...rest]: readonly Resource[]): string {
  return `${first === undefined ? '' : nameOf(first.id)}${rest.length === 0 ? '' : ` and ${rest.length} more`}`
}

/** The same object twice in one environment stays two: two sets of values of one chart. */
function freeName(name: string, taken: ReadonlyMap<string, unknown>): string {
  let free = name
  for (let at = 2; taken.has(free); at += 1) free = `${name} (${at})`
  return free
}

type Change = Omit<RenderedChange, 'environments'>
type Pair = { readonly name: string; readonly base: Document | undefined; readonly head: Document | undefined }

function changeOf(base: Applied, head: Applied): Change {
  const pairs = pairsOf(base, head).filter(
    (pair) => pair.base === undefined || pair.head === undefined || rawText(pair.base) !== rawText(pair.head),
  )
  const lines: string[] = []
  let left = 0
  for (const pair of pairs) {
    const own = linesOf(pair)
    const room = Math.min(own.length, mostOfObject, Math.max(0, mostLines - lines.length))
    lines.push(...own.slice(0, room).map(shortened))
    left += own.length - room
  }
  const count = (keep: (pair: Pair) => boolean) => pairs.filter(keep).length
  const added = count((pair) => pair.base === undefined)
  const removed = count((pair) => pair.head === undefined)
  return { added, removed, changed: pairs.length - added - removed, lines, left }
}

function rawText({ text, yaml }: Document): string {
  return text.slice(yaml.span.start, yaml.span.end).trimEnd()
}

/** Objects of one name; of what is left those whose names differ by a generated ending alone (`settings-6ct58987ht`). */
function pairsOf(base: Applied, head: Applied): readonly Pair[] {
  const gone = new Map([...base.keys()].filter((name) => !head.has(name)).map((name) => [stem(name), name]))
  const pairs: Pair[] = []
  for (const [name, document] of head) {
    const before = base.has(name) ? name : gone.get(stem(name))
    if (before !== undefined) gone.delete(stem(before))
    pairs.push({ name, base: before === undefined ? undefined : base.get(before), head: document })
  }
  for (const name of gone.values()) pairs.push({ name, base: base.get(name), head: undefined })
  return pairs
}

function stem(name: string): string {
  return name.replace(/-[0-9a-z]{10}$/, '-*')
}

/** A heading, and the difference as git shows it. */
function linesOf({ name, base, head }: Pair): readonly string[] {
  const [before, after] = [base, head].map((document) => (document === undefined ? '' : `${maskedDocument(document).trimEnd()}\n`))
  const hunks = unifiedPatch('', before ?? '', after ?? '')
    .split('\n')
    .filter((line) => line !== '')
  const first = hunks.findIndex((line) => line.startsWith('@@'))
  const what = base === undefined ? 'added' : head === undefined ? 'removed' : 'changed'
  return [`# ${what}: ${name}`, ...(first < 0 ? ['  only what is masked differs'] : hunks.slice(first))]
}

function shortened(line: string): string {
  return line.length > longestLine ? `${line.slice(0, longestLine)}…` : line
}
