// An Application of Argo CD: what each of its sources renders.

import { isMapping, listOf, type Mapping } from '../../resource/read.ts'
import type { Resource } from '../../resource/resource.ts'
import { valueAt } from '../../text/pointer.ts'
import { type Ground, isFile, shownFolder } from '../ground.ts'
import { inFolder } from '../helm/chart.ts'
import { pathFrom } from '../kustomization.ts'
import { environmentOfPath } from '../kustomize/overlay.ts'
import { kustomizationTarget, targetElsewhere } from '../kustomize/target.ts'
import { type Found, nothing, placeIn, rootId, type Scene, textAt, together } from '../scene.ts'
import type { Environment, RenderTarget, Root, Unresolved } from '../target.ts'
import { directoryOf } from './directory.ts'
import { releaseOf } from './helm.ts'
import { overlayOf } from './kustomize.ts'
import { type Source, saidPart } from './source.ts'

/** What an Application renders; `part` tells the Applications of one ApplicationSet apart. */
export function applicationTargets(app: Resource, root: Root, scene: Scene, part = ''): Found {
  const spec = app.value['spec']
  if (!isMapping(spec)) return nothing
  const many = listOf(spec['sources'])
  const written =
    many.length > 0
      ? many.map((value, index) => ({ value, pointer: `/spec/sources/${index}` }))
      : [{ value: spec['source'], pointer: '/spec/source' }]
  const sources = written.flatMap(({ value, pointer }) => (isMapping(value) ? [{ value, pointer }] : []))
  const refs = new Map(
    sources.flatMap(({ value }) => (textAt(value, '/ref') === '' ? [] : [[textAt(value, '/ref'), textAt(value, '/repoURL')]])),
  )
  const rendering = sources.filter(({ value }) => value['path'] !== undefined || value['chart'] !== undefined || value['ref'] === undefined)
  return together(
    rendering.map(({ value, pointer }, index) => {
      const more = rendering.length === 1 ? '' : ` source ${index + 1}`
      const environments = environmentsOf(valueAt(spec, '/destination'), value, scene)
      return sourceTargets({ app, root, value, pointer, part: part + more, environments, refs }, scene)
    }),
  )
}

const local = new Set(['', 'in-cluster', 'https://kubernetes.default.svc', 'https://kubernetes.default.svc.cluster.local'])

/** The cluster that it names; in the cluster of Argo CD itself: where its parent lands, or what its path or its values file speak of. */
function environmentsOf(destination: unknown, source: Mapping, scene: Scene): readonly Environment[] {
  const name = textAt(destination, '/name')
  const server = textAt(destination, '/server').replace(/\/$/, '')
  if (!local.has(name)) return [name]
  if (!local.has(server)) return [server.replace(/^https?:\/\//, '')]
  if (scene.environments.length > 0) return scene.environments
  const files = listOf(valueAt(source, '/helm/valueFiles')).flatMap((file) => (typeof file === 'string' ? [file] : []))
  const spoken = [textAt(source, '/path'), ...files].map((path) => environmentOfPath(`${path}/.`) ?? environmentOfFile(path)).filter(isSaid)
  return spoken.length === 0 ? [] : [spoken[0] ?? '']
}

function isSaid(environment: string | undefined): environment is string {
  return environment !== undefined
}

function environmentOfFile(path: string): string | undefined {
  return /(?:^|\/)values[._-]([^/]+)\.ya?ml$/.exec(path)?.[1]
}

function sourceTargets(source: Source, scene: Scene): Found {
  const { value, root } = source
  const repository = textAt(value, '/repoURL')
  const refuse = (code: Unresolved['code'], message: string, hint: string): Found => ({
    ...nothing,
    unresolved: [{ root, code, message: `${saidPart(source)}${message}`, hint, at: placeIn(source.app, source.pointer) }],
  })
  if (repository === '') return refuse('invalid', 'a source without repoURL', 'Give it repoURL and a path or a chart.')
  if (textAt(value, '/chart') !== '') return { ...nothing, targets: [releaseOf(source, undefined, scene)] }
  const folder = pathFrom('', textAt(value, '/path'))
  if (!scene.isHere(repository)) {
    const unread = unreadElsewhere(value)
    if (unread === undefined) return { ...nothing, targets: [elsewhereTarget(source, folder, scene)] }
    const what = `${shownFolder(folder)} of ${repository}`
    return refuse(
      'unsupported-tool',
      `${what} is not rendered: ${unread}`,
      'Commit what it renders, and name that folder in the configuration.',
    )
  }
  if (!scene.ground.folders.has(folder))
    return refuse('missing-path', `there is no folder ${shownFolder(folder)}`, 'Correct the path, or add the folder.')
  return folderTargets(source, folder, { scene, refuse })
}

/** What is not done for folders of other repositories. */
function unreadElsewhere(value: Mapping): string | undefined {
  if (isMapping(value['plugin'])) return 'a plugin does it'
  const unread = ['include', 'exclude', 'jsonnet'].find((key) => valueAt(value, `/directory/${key}`) !== undefined)
  return unread === undefined ? undefined : `directory.${unread} is not read for other repositories`
}

/** What a folder of another repository is, its files say: a kustomization, a chart, or manifests. */
function elsewhereTarget(source: Source, folder: string, scene: Scene): RenderTarget {
  const { value, root, environments, part, app, pointer } = source
  const repository = textAt(value, '/repoURL')
  const revision = textAt(value, '/targetRevision') || 'HEAD'
  const chart = { ...releaseOf(source, undefined, scene), chart: { kind: 'git', repository, revision, path: folder } as const }
  if (isMapping(value['helm']) && Object.keys(value['helm']).length > 0) return chart
  const overlay = overlayOf(value['kustomize'], placeIn(app, `${pointer}/kustomize`))
  const plain = valueAt(value, '/directory/recurse') === true ? 'tree' : 'folder'
  return targetElsewhere(
    { id: rootId(root, part), folder, root, environments, overlay },
    { repository, revision, plain, chart },
    scene.ground,
  )
}

type Refuse = (code: Unresolved['code'], message: string, hint: string) => Found

/** The tool is the one that the source configures, else the one that the files of the folder speak of, as Argo CD decides. */
function folderTargets(source: Source, folder: string, { scene, refuse }: { readonly scene: Scene; readonly refuse: Refuse }): Found {
  const tool = toolOf(source.value, folder, scene.ground)
  switch (tool) {
    case 'plugin':
      return refuse(
        'unsupported-tool',
        `${shownFolder(folder)} is rendered by a plugin`,
        'Commit what it renders, and name that folder in the configuration.',
      )
    case 'helm':
      if (!isFile(scene.ground, inFolder(folder, 'Chart.yaml')))
        return refuse('missing-path', `${shownFolder(folder)} holds no Chart.yaml`, 'Correct the path, or add the chart.')
      return { ...nothing, targets: [releaseOf(source, folder, scene)] }
    case 'kustomize': {
      const { root, environments, part, app, pointer } = source
      const overlay = overlayOf(source.value['kustomize'], placeIn(app, `${pointer}/kustomize`))
      const built = kustomizationTarget({ id: rootId(root, part), folder, root, environments, overlay }, scene.ground)
      return 'target' in built ? { ...nothing, targets: [built.target] } : { ...nothing, unresolved: [built.unresolved] }
    }
    case 'directory':
      return directoryOf(source, folder, scene.ground)
    default:
      return tool satisfies never
  }
}

type Tool = 'helm' | 'kustomize' | 'directory' | 'plugin'

function toolOf(value: Mapping, folder: string, ground: Ground): Tool {
  const said = (['helm', 'kustomize', 'directory', 'plugin'] as const).filter((tool) => isMapping(value[tool]))
  if (said.length === 1 && said[0] !== undefined && Object.keys(value[said[0]] ?? {}).length > 0) return said[0]
  if (said.includes('plugin')) return 'plugin'
  if (ground.charts.has(folder)) return 'helm'
  return ground.kustomizations.has(folder) ? 'kustomize' : 'directory'
}
