// A chart with one set of values: what the engine is asked, and what its answer means in the tree.

import { posix } from 'node:path'
import type { Tree } from '../change/tree.ts'
import { pathFrom } from '../discover/kustomization.ts'
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
  for (const [inside, folder] of chartHomes(target, path))
    for (const input of target.inputs) {
      const file = within(folder, input)
      if (file !== undefined) places.set(posix.join(inside, file), input)
    }
  const files = [...places].flatMap(([inside, input]) => filesOf(tree, [input], () => inside))
  return { files, pathOf: (inside) => places.get(inside) }
}

/** Charts nested deeper, or more of them, are nobody's intention: what is beyond is left out, and told as missing. */
const deepest = 8
const mostHomes = 200

/** Where the charts that a target takes from the tree are in the engine, by that place: its own at '', those beside it that it, or a chart in it, depends on below `charts/`. */
export function chartHomes({ dependencies }: ChartTarget, path: string): ReadonlyMap<string, string> {
  const homes = new Map<string, string>()
  const put = (inside: string, chain: readonly string[], folder: string) => {
    homes.set(inside, folder)
    const taken = [...chain, folder]
    for (const { chart, name, repository } of dependencies) {
      const owner = chart === folder ? '' : within(folder, chart)
      if (owner === undefined || !repository.startsWith('file://')) continue
      const local = pathFrom(chart, repository.slice('file://'.length))
      if (taken.includes(local) || taken.length > deepest || homes.size >= mostHomes) continue
      put(posix.join(inside, owner, 'charts', name), taken, local)
    }
  }
  put('', [], path)
  return homes
}

/** Served by every API server beside what the client library knows that `helm template` goes by: an installation goes by the cluster. */
const servedEverywhere = ['apiregistration.k8s.io/v1', 'apiregistration.k8s.io/v1/APIService']

/** What the engine is asked for a target, but for the lines. Definitions of `crds/` are not judged, and can be most of what comes out. */
export function helmRequest(
  target: ChartTarget,
  files: readonly EngineFile[],
  tree: Tree,
  kubernetesVersion: string,
): Omit<HelmRequest, 'lines'> {
  return {
    kind: 'helm',
    files,
    ...valuesOf(target.values, tree),
    release: target.release,
    namespace: target.namespace,
    kubernetesVersion: target.kubernetesVersion ?? kubernetesVersion,
    apiVersions: [...servedEverywhere, ...target.apiVersions],
    includeCrds: false,
    skipSchema: target.skipSchemaValidation,
  }
}

/** What a chart gave, placed in the tree. What `helm test` would run is not applied. */
export function helmOutputs({ documents }: HelmAnswer, { pathOf }: ChartFiles, root: string): readonly Output[] {
  return documents
    .filter(({ role }) => role === 'manifest' || role === 'hook')
    .map(({ content, template, lines }) => {
      const placed = lines.map((line) => placedLine(line, pathOf))
      // A sub-chart may stand in the tree under another name than in the render: its lines know better.
      const path = pathOf(template) ?? placed.find((line) => line !== undefined)?.path ?? root
      return { content, path, by: 'chart' as const, lines: placed }
    })
}

function placedLine(line: EngineLine | undefined, pathOf: ChartFiles['pathOf']): LineOrigin | undefined {
  const path = line === undefined ? undefined : pathOf(line.file)
  if (line === undefined || path === undefined) return undefined
  return { path, line: line.line, values: line.values, ...(line.packed === undefined ? {} : { packed: line.packed }) }
}
