// What a graph says of the targets that are rendered, in lines that a test can compare.

import type { Graph } from '../../src/discover/graph.ts'
import type { Place, RenderTarget, Values } from '../../src/discover/target.ts'
import { valueAt } from '../../src/text/pointer.ts'

/** A line for each target: id, environments, the targets above it. */
export function idsOf({ rendered }: Pick<Graph, 'rendered'>): readonly string[] {
  return rendered.map(({ id, environments, through }) =>
    [id, environments.length === 0 ? '' : ` → ${environments.join(', ')}`, through.length === 0 ? '' : ` ← ${through.join(', ')}`].join(''),
  )
}

/** A line for each root without a target. */
export function unresolvedOf({ unresolved }: Graph): readonly string[] {
  return unresolved.map(({ code, message }) => `${code}: ${message}`)
}

/** The target with that id; a test that asks for one that is not there fails with those that are. */
export function targetOf({ rendered }: Graph, id: string): RenderTarget {
  const found = rendered.find((target) => target.id === id)
  if (found === undefined) throw new Error(`no target "${id}" among:\n${rendered.map((target) => target.id).join('\n')}`)
  return found
}

/** Values in a line each; the place of what stands in an object is looked up, so that a wrong pointer shows. */
export function valuesOf(target: RenderTarget): readonly string[] {
  return target.kind === 'chart' ? target.values.map(lineOf) : []
}

function lineOf(values: Values): string {
  switch (values.kind) {
    case 'file':
      return values.path
    case 'inline':
      return `${shownPlace(values.at)} ${JSON.stringify(values.value)}${valueAt(values.at.document.yaml.value, values.at.pointer) === values.value ? '' : ' misplaced'}`
    case 'text':
      return `${shownPlace(values.at)} ${JSON.stringify(values.text)}${valueAt(values.at.document.yaml.value, values.at.pointer) === values.text ? '' : ' misplaced'}`
    case 'set':
      return `${shownPlace(values.at)} ${values.name}=${values.value} ${values.as}`
    default:
      return values satisfies never
  }
}

export function shownPlace({ document, pointer }: Place): string {
  return `${document.path}#${pointer}`
}

/** What a root adds to a kustomization, a line for each entry. */
export function overlayOf({ overlay }: RenderTarget): readonly string[] {
  return overlay.map(({ field, how, value, at }) => `${how} ${field} ${JSON.stringify(value)} at ${at.pointer}`)
}
