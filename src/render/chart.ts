// A chart with one set of values: what the engine is asked, and what its answer means in the tree.

import { posix } from 'node:path'
import type { Tree } from '../change/tree.ts'
import type { ChartTarget } from '../discover/target.ts'
import type { LineOrigin } from '../resource/document.ts'
import type { EngineFile, LineOrigin as EngineLine, HelmAnswer, HelmRequest } from './engine.ts'
import { filesOf, within } from './files.ts'
import type { Output } from './rendered.ts'
import { valuesOf } from './values.ts'

/** The files of a chart by their path inside it, and where each of them is in the tree. */
export type ChartFiles = { readonly files: readonly EngineFile[]; readonly pathOf: (inside: string) => string | undefined }

/** The name of a packed chart in the engine. */
export const packedChart = 'chart.tgz'

/** A chart that lies in the tree: a folder, or a packed archive. Local dependencies (`file://`) are put below its `charts/`. */
export function chartInTree(target: ChartTarget, path: string, tree: Tree): ChartFiles {
  if (/\.t(?:ar\.)?gz$/.test(path)) {
    return { files: filesOf(tree, [path], () => packedChart), pathOf: () => path }
  }
  const places = new Map<string, string>()
  for (const input of target.inputs) {
    const inside = within(path, input)
    if (inside !== undefined) places.set(inside, input)
  }
  for (const { chart, name, repository } of target.dependencies) {
    if (!repository.startsWith('file://')) continue
    const folder = posix.normalize(posix.join(path, chart, repository.slice('file://'.length))).replace(/\/$/, '')
    for (const input of target.inputs) {
      const inside = within(folder, input)
      if (inside !== undefined) places.set(posix.join(chart, 'charts', name, inside), input)
    }
  }
  const files = [...places].flatMap(([inside, input]) => filesOf(tree, [input], () => inside))
  return { files, pathOf: (inside) => places.get(inside) }
}

/** What the engine is asked for a target. */
export function helmRequest(target: ChartTarget, files: readonly EngineFile[], tree: Tree, kubernetesVersion: string): HelmRequest {
  return {
    kind: 'helm',
    files,
    ...valuesOf(target.values, tree),
    release: target.release,
    namespace: target.namespace,
    kubernetesVersion: target.kubernetesVersion ?? kubernetesVersion,
    apiVersions: target.apiVersions,
    includeCrds: !target.skipCrds,
    skipSchema: target.skipSchemaValidation,
    lines: true,
  }
}

/** What a chart gave, placed in the tree. Definitions are not judged, and what `helm test` would run is not applied. */
export function helmOutputs({ documents }: HelmAnswer, { pathOf }: ChartFiles, root: string): readonly Output[] {
  return documents
    .filter(({ role }) => role === 'manifest' || role === 'hook')
    .map(({ content, template, lines }) => {
      const placed = lines.map((line) => placedLine(line, pathOf))
      // A sub-chart may stand in the tree under another name than in the render: its lines know better.
      const path = pathOf(template) ?? placed.find((line) => line !== undefined)?.path ?? root
      return { content, path, lines: placed }
    })
}

function placedLine(line: EngineLine | undefined, pathOf: ChartFiles['pathOf']): LineOrigin | undefined {
  const path = line === undefined ? undefined : pathOf(line.file)
  if (line === undefined || path === undefined) return undefined
  return { path, line: line.line, values: line.values, ...(line.packed === undefined ? {} : { packed: line.packed }) }
}
