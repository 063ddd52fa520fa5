// The values of a HelmRelease: those of ConfigMaps first, its own last.

import { isMapping, listOf } from '../../resource/read.ts'
import type { Resource } from '../../resource/resource.ts'
import { below, valueAt } from '../../text/pointer.ts'
import { baseName, folderOf } from '../filename.ts'
import { isFile } from '../ground.ts'
import { pathFrom } from '../kustomization.ts'
import { placeIn, type Scene, textAt } from '../scene.ts'
import type { Missing, Values } from '../target.ts'

export type FluxValues = { readonly values: readonly Values[]; readonly missing: readonly Missing[]; readonly inputs: readonly string[] }

/** Later ones win. Secrets are never read: what they give is named as missing. */
export function valuesOf(by: Resource, scene: Scene): FluxValues {
  const values: Values[] = []
  const missing: Missing[] = []
  const inputs: string[] = []
  for (const [index, reference] of listOf(valueAt(by.value, '/spec/valuesFrom')).entries()) {
    const found = valuesFrom(by, reference, scene)
    if ('why' in found) {
      const what = `${textAt(reference, '/kind')} ${textAt(reference, '/name')}`
      missing.push({
        message: `values of ${what} are left out: ${found.why}`,
        hint: 'Read what they set.',
        at: placeIn(by, `/spec/valuesFrom/${index}`),
      })
      continue
    }
    values.push(found.values)
    if (found.input !== undefined) inputs.push(found.input)
  }
  const own = valueAt(by.value, '/spec/values')
  if (isMapping(own)) values.push({ kind: 'inline', value: own, at: placeIn(by, '/spec/values') })
  return { values, missing, inputs }
}

type Given = { readonly values: Values; readonly input?: string }

function valuesFrom(by: Resource, reference: unknown, scene: Scene): Given | { readonly why: string } {
  const kind = textAt(reference, '/kind')
  const name = textAt(reference, '/name')
  const key = textAt(reference, '/valuesKey') || 'values.yaml'
  if (kind !== 'ConfigMap') return { why: kind === 'Secret' ? 'secrets are not read' : 'of this kind nothing is read' }
  const found = scene.find({ kind, namespace: by.id.namespace, name, near: by.document.path })
  const target = textAt(reference, '/targetPath')
  if (found === undefined) {
    const file = generatedFrom({ name, key, near: by.document.path }, scene)
    if (file === undefined || target !== '') return { why: 'it is not in this repository' }
    return { values: { kind: 'file', path: file }, input: file }
  }
  const pointer = below('/data', key)
  const text = valueAt(found.value, pointer)
  const input = found.document.path
  if (typeof text !== 'string') return { why: `it has no ${key}` }
  const at = placeIn(found, pointer)
  if (target === '') return { values: { kind: 'text', text, at }, input }
  // Flux takes a value in quotes as text, any other as `--set` does.
  const quoted = /^(["'])(.*)\1$/s.exec(text)
  return { values: { kind: 'set', name: target, value: quoted?.[2] ?? text, as: quoted === null ? 'typed' : 'string', at }, input }
}

type Wanted = { readonly name: string; readonly key: string; readonly near: string }

/** The file that a generator of the nearest kustomization puts under the key of a ConfigMap; in the output its name has a hash behind it. */
function generatedFrom({ name, key, near }: Wanted, { ground }: Scene): string | undefined {
  for (let folder = folderOf(near); ; folder = folderOf(folder)) {
    for (const generator of listOf(ground.kustomizations.get(folder)?.value['configMapGenerator'])) {
      if (textAt(generator, '/name') !== name) continue
      for (const entry of listOf(valueAt(generator, '/files'))) {
        if (typeof entry !== 'string') continue
        const equals = entry.indexOf('=')
        const path = pathFrom(folder, entry.slice(equals + 1))
        if ((equals < 0 ? baseName(path) : entry.slice(0, equals)) === key && isFile(ground, path)) return path
      }
    }
    if (folder === '') return undefined
  }
}
