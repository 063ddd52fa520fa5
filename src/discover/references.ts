// Files that name what is fetched from elsewhere, as objects that rules are asked about: kustomizations, charts with open dependencies, scripts with what their commands take.

import type { Document } from '../resource/document.ts'
import type { Resource } from '../resource/resource.ts'
import { lineStarts } from '../text/position.ts'
import { decode } from '../yaml/decode.ts'
import { setPositions } from '../yaml/positions.ts'
import { baseName, folderOf } from './filename.ts'
import { type Ground, isFile, type Kustomization } from './ground.ts'
import { chartReferences } from './helm/object.ts'
import type { Names } from './kustomization.ts'
import { type Fetch, fetchesIn, isScriptPath } from './script.ts'
import type { ReferenceTarget } from './target.ts'

/** The references of a tree, as far as the policy wants their files looked at. */
export function referencesIn(ground: Ground): readonly ReferenceTarget[] {
  const kustomizations = [...ground.kustomizations.values()].filter(({ path, names }) => fetches(names) && ground.wanted(path))
  const scripts = ground.tree.files.filter(({ path }) => isScriptPath(path) && isFile(ground, path) && ground.wanted(path))
  return [
    ...kustomizations.map((one) => targetOf(kustomizationObject(one))),
    ...chartReferences(ground),
    ...scripts.flatMap(({ path }) => scriptAt(ground, path) ?? []).map(targetOf),
  ]
}

function fetches({ remotes, charts }: Names): boolean {
  return remotes.length > 0 || charts.some(({ repository }) => repository !== '')
}

function targetOf(resource: Resource): ReferenceTarget {
  const { path } = resource.document
  return { kind: 'reference', id: `what ${path} fetches`, inputs: [path], environments: [], resources: [resource] }
}

function kustomizationObject({ path, document, value }: Kustomization): Resource {
  const kind = value['kind'] === 'Component' ? 'Component' : 'Kustomization'
  const id = { group: 'kustomize.config.k8s.io', kind, namespace: '', name: baseName(folderOf(path)) || 'kustomization' }
  return { id, apiVersion: 'kustomize.config.k8s.io/v1beta1', value, document, base: '' }
}

const largestScript = 1_048_576

function scriptAt({ tree, memo }: Ground, path: string): Resource | undefined {
  const key = tree.identify(path)
  if (memo.withoutFetches.has(key)) return undefined
  const bytes = tree.read(path)
  const decoded = bytes === undefined || bytes.length > largestScript ? undefined : decode(bytes)
  const script = decoded === undefined || 'failure' in decoded ? undefined : scriptOf(path, decoded.text)
  if (script === undefined) memo.withoutFetches.add(key)
  return script
}

/** Whether an object is a script. */
export function isScript({ id }: Resource): boolean {
  return id.kind === 'Script' && id.group === ''
}

/** A script whose commands fetch what they apply; undefined for any other. `/fetches` lists what is taken, `/commands` by what. */
export function scriptOf(path: string, text: string): Resource | undefined {
  const found = fetchesIn(text)
  if (found.length === 0) return undefined
  const value = { commands: found.map(({ command }) => command), fetches: listed(found) }
  const first = found[0]?.span.start ?? 0
  const last = found.at(-1)?.span.end ?? first
  setPositions(value, { keys: ['fetches'], offsets: [first, first, first, last] })
  const document: Document = {
    path,
    text,
    lineStarts: lineStarts(text),
    yaml: { span: { start: 0, end: text.length }, value, duplicates: [] },
    index: 0,
  }
  return { id: { group: '', kind: 'Script', namespace: '', name: baseName(path) }, apiVersion: '', value, document, base: '' }
}

function listed(found: readonly Fetch[]): readonly string[] {
  const fetches = found.map(({ takes }) => takes)
  setPositions(fetches, { keys: [], offsets: found.flatMap(({ span }) => [span.start, span.end]) })
  return fetches
}
