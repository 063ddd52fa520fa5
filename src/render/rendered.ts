// What a target became: objects with the origin of their lines, or why there are none.

import type { Problem } from '../discover/graph.ts'
import type { Missing, RenderTarget } from '../discover/target.ts'
import type { Rendering } from '../resource/document.ts'
import { resourcesIn } from '../resource/read.ts'
import type { Resource } from '../resource/resource.ts'
import { lineStarts, positionAt } from '../text/position.ts'
import { parseYaml } from '../yaml/parse.ts'

export type Rendered = {
  readonly target: RenderTarget
  readonly resources: readonly Resource[]
  /** What is known of objects that are not there themselves: of them only what is set can be judged, never what is missing. */
  readonly parts: readonly Resource[]
  /** Why it, or a part of it, could not be looked at. */
  readonly problems: readonly Problem[]
  /** What was left out, the rest being there. */
  readonly missing: readonly Missing[]
  /** Nothing of it could be rendered. */
  readonly failed: boolean
}

/** One text that a render gave, and what it tells of its source. */
export type Output = Pick<Rendering, 'by' | 'lines' | 'before'> & {
  readonly content: string
  /** The file of the tree that the text stems from. */
  readonly path: string
}

type Read = { readonly resources: readonly Resource[]; readonly problems: readonly Problem[] }

/** The objects in what a target gave. Text that is no YAML is a problem at the template that wrote it. */
export function readOutputs(target: RenderTarget, outputs: readonly Output[]): Read {
  const resources: Resource[] = []
  const problems: Problem[] = []
  for (const { content, path, ...told } of outputs) {
    const { lines } = told
    const starts = lineStarts(content)
    const rendering: Rendering = { target: target.id, ...told }
    for (const [index, yaml] of parseYaml(content).entries()) {
      if (yaml.error !== undefined) {
        const at = lines[positionAt(starts, yaml.error.offset).line - 1]
        problems.push({
          code: 'rendered-yaml',
          path: at?.path ?? path,
          ...(at === undefined ? {} : { line: at.line }),
          target: target.id,
          message: `${target.id} could not be read: it renders to text that is no YAML: ${yaml.error.message}`,
          hint: 'Kubernetes would refuse it. Correct the template, or the values that lead to it.',
        })
      }
      for (const resource of resourcesIn({ path, text: content, lineStarts: starts, yaml, index, rendering })) resources.push(resource)
    }
  }
  return { resources, problems }
}
