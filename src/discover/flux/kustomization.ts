// A Kustomization of Flux: the folder that it builds, what it adds, and what it substitutes in the output.

import { isMapping } from '../../resource/read.ts'
import type { Resource } from '../../resource/resource.ts'
import { valueAt } from '../../text/pointer.ts'
import { shownFolder } from '../ground.ts'
import { pathFrom } from '../kustomization.ts'
import { type Build, type Built, kustomizationTarget, targetElsewhere } from '../kustomize/target.ts'
import { type Found, nothing, placeIn, rootId, type Scene, textAt, together } from '../scene.ts'
import type { Root, Unresolved } from '../target.ts'
import { environmentsOfFlux } from './cluster.ts'
import { generatedIn } from './generated.ts'
import { fluxOverlay } from './overlay.ts'
import { type FluxSource, sourceOf } from './source.ts'
import { substitutionsOf } from './substitution.ts'

/** What a Kustomization builds. */
export function fluxKustomization(by: Resource, root: Root, scene: Scene): Found {
  const spec = by.value['spec']
  if (!isMapping(spec)) return nothing
  const path = textAt(spec, '/path')
  const refuse = (code: Unresolved['code'], message: string, hint: string): Found => ({
    ...nothing,
    unresolved: [{ root, code, message, hint, at: placeIn(by, '/spec') }],
  })
  const source = sourceOf({ by, reference: spec['sourceRef'], path }, scene)
  const { substitutions, missing, inputs } = substitutionsOf(by, scene)
  const build = {
    ...{ id: rootId(root), root, environments: environmentsOfFlux(by, path, scene), missing, inputs },
    overlay: fluxOverlay(spec, placeIn(by, '/spec')),
    ...(valueAt(spec, '/postBuild') === undefined ? {} : { substitutions }),
  }
  if (source.kind === 'git') {
    const { repository, revision } = source
    const target = targetElsewhere({ ...build, folder: pathFrom('', path) }, { repository, revision, plain: 'tree' }, scene.ground)
    return { ...nothing, targets: [target] }
  }
  if (source.kind !== 'here')
    return refuse(
      'remote-source',
      whereFrom(source, path),
      'Read what it builds there, or say in the configuration that the address means this repository.',
    )
  const folder = source.path
  if (!scene.ground.folders.has(folder))
    return refuse('missing-path', `there is no folder ${shownFolder(folder)}`, 'Correct the path, or add the folder.')
  if (scene.ground.kustomizations.has(folder)) return found(kustomizationTarget({ ...build, folder }, scene.ground))
  const generated = generatedIn(folder, scene.ground)
  if (build.overlay.length > 0 || build.substitutions !== undefined)
    return found(kustomizationTarget({ ...build, folder, generated }, scene.ground))
  return asTheyStand(build, { folder, generated }, scene)
}

function found(built: Built): Found {
  return 'target' in built ? { ...nothing, targets: [built.target] } : { ...nothing, unresolved: [built.unresolved] }
}

type Generated = { readonly folder: string; readonly generated: readonly string[] }

/** Where nothing is added, files come out as they are written and each folder with a kustomization by itself: a change to one of them reaches it alone. */
function asTheyStand(build: Omit<Build, 'folder'>, { folder, generated }: Generated, { ground }: Scene): Found {
  const { root, environments } = build
  const isFolder = (entry: string) => ground.kustomizations.has(pathFrom(folder, entry))
  const folders = generated.filter(isFolder).map((entry) => {
    const id = rootId(root, ` at ${entry}`)
    return found(kustomizationTarget({ ...build, id, folder: pathFrom(folder, entry) }, ground))
  })
  const manifests = generated.filter((entry) => !isFolder(entry)).map((entry) => ({ path: pathFrom(folder, entry), root, environments }))
  return together([...folders, { ...nothing, manifests }])
}

function whereFrom(source: Exclude<FluxSource, { readonly kind: 'here' | 'git' }>, path: string): string {
  const what = path === '' ? '.' : path
  switch (source.kind) {
    case 'repository':
      return `${what} is in an artifact, ${source.url}`
    case 'unknown':
      return source.why
    default:
      return source satisfies never
  }
}
