// Definitions of resources that are installed with an object and are no part of what is rendered: those in the `crds/` of its chart.

import type { Resource } from '../resource/resource.ts'
import type { Scene } from '../trace/trace.ts'

/** The definitions that come with the chart that renders an object; none for any other object. */
export type DefinitionsOf = (resource: Resource) => readonly Resource[]

/** Reads the files only when it is asked. */
export function definitionsIn({ sources, targets }: Scene): DefinitionsOf {
  return ({ document: { rendering } }) => {
    const target = targets.get(rendering?.target ?? '')
    if (target?.kind !== 'chart') return []
    return target.inputs
      .filter((path) => /(?:^|\/)crds\/.+\.(?:ya?ml|json)$/.test(path))
      .flatMap(sources.resources)
      .filter(({ id }) => id.kind === 'CustomResourceDefinition')
  }
}
