// What this repository says of a target, and what it took in for it: told apart, so that a change of the one is not laid to the other.

import type { Tree } from '../../change/tree.ts'
import { isMapping, type Mapping } from '../../resource/read.ts'
import { decode } from '../../yaml/decode.ts'
import { parseYaml } from '../../yaml/parse.ts'
import { baseName, isKustomizationName } from '../filename.ts'
import type { RenderTarget } from '../target.ts'
import type { Recognised } from './recognise.ts'

/** Equal texts: this repository says the same of the target. Which version of something else it asks for is left out of it. */
export function ownWords(target: RenderTarget, tree: Tree, { ofFile }: Recognised): string {
  const own = target.inputs.filter((path) => ofFile(path) === undefined && !/^(?:Chart|requirements)\.lock$/.test(baseName(path)))
  const files = own.filter((path) => path !== target.root.path || target.root.resource === undefined)
  return JSON.stringify([settingsOf(target), files.map((path) => [path, wordsOf(path, tree)]).filter(([, words]) => words !== '')])
}

/** Equal texts: the files that were taken in are the same. */
export function takenIn(target: RenderTarget, tree: Tree, { ofFile }: Recognised): string {
  return JSON.stringify(target.inputs.filter((path) => ofFile(path) !== undefined).map((path) => [path, tree.identify(path)]))
}

/** What the root says of the target beside versions: values, patches, names. */
function settingsOf(target: RenderTarget): string {
  const { inputs: _inputs, covers: _covers, missing: _missing, root: _root, through: _through, ...said } = target
  return JSON.stringify(said, (key, value: unknown) => {
    if (key === 'at' || key === 'version' || key === 'revision' || key === 'dependencies') return undefined
    return key === 'url' && typeof value === 'string' ? withoutRevision(value) : value
  })
}

/** The words of an own file; of files that ask for something else those beside its version. */
function wordsOf(path: string, tree: Tree): string {
  const name = baseName(path)
  const isAsking = name === 'Chart.yaml' || name === 'requirements.yaml' || isKustomizationName(path)
  if (!isAsking && !/\.ya?ml$/.test(name)) return tree.identify(path)
  const bytes = tree.read(path)
  const decoded = bytes === undefined ? undefined : decode(bytes)
  if (decoded === undefined || 'failure' in decoded) return tree.identify(path)
  if (isAsking) return JSON.stringify(withoutVersions(parseYaml(decoded.text)[0]?.value))
  // What names a target says the rest of it in the target itself.
  const values = /\b(?:fluxcd|argoproj)\.io\b/.test(decoded.text) ? parseYaml(decoded.text).map(({ value }) => value) : []
  return values.length > 0 && values.every((value) => isMapping(value) && isRoot(value)) ? '' : tree.identify(path)
}

function isRoot({ apiVersion }: Mapping): boolean {
  return typeof apiVersion === 'string' && /(?:\.toolkit\.fluxcd\.io|^argoproj\.io)\//.test(apiVersion)
}

function withoutVersions(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutVersions)
  if (typeof value === 'string') return withoutRevision(value)
  if (!isMapping(value)) return value
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, inner]) => (/^(?:appVersion|version)$/.test(key) ? [] : [[key, withoutVersions(inner)]])),
  )
}

/** An address without the revision that is asked of it: `?ref=v1`, or the part of GitHub's addresses that names it. */
function withoutRevision(text: string): string {
  if (!/^[a-z]+:\/\/|^git@|[?&](?:ref|version)=/i.test(text)) return text
  return text
    .replace(/([?&](?:ref|version)=)[^&]*/gi, '$1')
    .replace(/\/(releases\/download|raw|blob)\/[^/]+\//, '/$1/')
    .replace(/^(https:\/\/raw\.githubusercontent\.com\/[^/]+\/[^/]+\/)[^/]+\//, '$1')
}
