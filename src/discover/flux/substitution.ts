// What Flux puts in the place of `${name}` after the build: values of the object itself and of ConfigMaps in the tree.

import { isMapping, listOf } from '../../resource/read.ts'
import type { Resource } from '../../resource/resource.ts'
import { below, valueAt } from '../../text/pointer.ts'
import { placeIn, type Scene, textAt } from '../scene.ts'
import type { Missing, Substitution } from '../target.ts'

export type Substitutions = {
  /** Later ones win. */
  readonly substitutions: readonly Substitution[]
  readonly missing: readonly Missing[]
  /** The files of the ConfigMaps. */
  readonly inputs: readonly string[]
}

/** The substitutions of a Kustomization. Secrets are never read into what is rendered: what they give is named as missing. */
export function substitutionsOf(by: Resource, scene: Scene): Substitutions {
  const substitutions: Substitution[] = []
  const missing: Missing[] = []
  const inputs: string[] = []
  for (const [index, from] of listOf(valueAt(by.value, '/spec/postBuild/substituteFrom')).entries()) {
    const kind = textAt(from, '/kind')
    const name = textAt(from, '/name')
    const found = kind === 'ConfigMap' ? scene.find({ kind, namespace: by.id.namespace, name, near: by.document.path }) : undefined
    if (found === undefined) {
      const why = kind === 'Secret' ? 'secrets are not read' : 'it is not in this repository'
      missing.push({
        message: `what ${kind} ${name} substitutes is unknown: ${why}`,
        hint: 'Read the places where its variables stand.',
        at: placeIn(by, `/spec/postBuild/substituteFrom/${index}`),
      })
      continue
    }
    inputs.push(found.document.path)
    substitutions.push(...entriesOf(found, '/data'))
  }
  substitutions.push(...entriesOf(by, '/spec/postBuild/substitute'))
  return { substitutions, missing, inputs }
}

function entriesOf(resource: Resource, pointer: string): readonly Substitution[] {
  const values = valueAt(resource.value, pointer)
  if (!isMapping(values)) return []
  return Object.keys(values).map((name) => ({ name, value: textAt(values, below('', name)), at: placeIn(resource, below(pointer, name)) }))
}
