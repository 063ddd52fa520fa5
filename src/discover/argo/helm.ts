// The `helm` block of an Application's source: values in Argo CD's order, parameters, and the chart itself.

import { isMapping, listOf } from '../../resource/read.ts'
import { valueAt } from '../../text/pointer.ts'
import { isFile } from '../ground.ts'
import { chartTarget } from '../helm/target.ts'
import { pathFrom } from '../kustomization.ts'
import { placeIn, rootId, type Scene, textAt } from '../scene.ts'
import type { ChartSource, ChartTarget, Missing, Place, Values } from '../target.ts'
import type { Source } from './source.ts'

/** The target of a source that is a chart: in `folder` of the tree, or (undefined) in a chart repository. */
export function releaseOf(source: Source, folder: string | undefined, scene: Scene): ChartTarget {
  const { value, app, root, part } = source
  const files = valueFilesOf(source, folder, scene)
  const destination = textAt(app.value, '/spec/destination/namespace') || 'default'
  const version = textAt(value, '/helm/kubeVersion')
  return chartTarget(
    {
      id: rootId(root, part),
      root,
      environments: source.environments,
      chart: folder === undefined ? repositoryChart(source) : ({ kind: 'tree', path: folder } satisfies ChartSource),
      values: [...files.values, ...inlineValues(source), ...parametersOf(source, folder)],
      release: textAt(value, '/helm/releaseName') || app.id.name,
      namespace: textAt(value, '/helm/namespace') || destination,
      ...(version === '' ? {} : { kubernetesVersion: version }),
      apiVersions: listOf(valueAt(value, '/helm/apiVersions')).filter((entry) => typeof entry === 'string'),
      skipSchemaValidation: valueAt(value, '/helm/skipSchemaValidation') === true,
      missing: files.missing,
    },
    scene.ground,
  )
}

/** Argo CD writes an OCI registry without its scheme. */
function repositoryChart({ value }: Source): ChartSource {
  const written = textAt(value, '/repoURL')
  const repository = /^[a-z][a-z0-9+.-]*:\/\//i.test(written) ? written : `oci://${written}`
  return { kind: 'repository', repository, name: textAt(value, '/chart'), version: textAt(value, '/targetRevision') || '*' }
}

type Files = { readonly values: readonly Values[]; readonly missing: readonly Missing[] }

/** A values file is relative to the source's folder, to the repository (`/x`), or to another source (`$ref/x`); whatever its name, it is read as YAML. */
function valueFilesOf(source: Source, folder: string | undefined, scene: Scene): Files {
  const values: Values[] = []
  const missing: Missing[] = []
  const isLenient = valueAt(source.value, '/helm/ignoreMissingValueFiles') === true
  for (const [index, written] of listOf(valueAt(source.value, '/helm/valueFiles')).entries()) {
    if (typeof written !== 'string' || written === '') continue
    const at = placeIn(source.app, `${source.pointer}/helm/valueFiles/${index}`)
    const found = resolve(written, folder, { source, scene })
    if ('path' in found && isFile(scene.ground, found.path)) values.push({ kind: 'file', path: found.path })
    else if ('why' in found) missing.push(lack(written, found.why, at))
    else if (!isLenient) missing.push(lack(written, `there is no file ${found.path}`, at))
  }
  return { values, missing }
}

function lack(written: string, why: string, at: Place): Missing {
  return { message: `values file ${written} is left out: ${why}`, hint: 'Correct its path, or add it to this repository.', at }
}

type Resolved = { readonly path: string } | { readonly why: string }

function resolve(
  written: string,
  folder: string | undefined,
  { source, scene }: { readonly source: Source; readonly scene: Scene },
): Resolved {
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(written)) return { why: 'it would have to be fetched' }
  const reference = /^\$([^/]+)\/(.*)$/.exec(written)
  if (reference !== null) {
    const repository = source.refs.get(reference[1] ?? '')
    if (repository === undefined) return { why: `no source of the Application has ref: ${reference[1]}` }
    return scene.isHere(repository) ? { path: pathFrom('', reference[2] ?? '') } : { why: `it is in another repository, ${repository}` }
  }
  if (written.startsWith('/')) return { path: pathFrom('', written) }
  return folder === undefined ? { why: 'it is in the chart, which is not in this repository' } : { path: pathFrom(folder, written) }
}

/** `valuesObject` takes the place of `values`. */
function inlineValues({ value, app, pointer }: Source): readonly Values[] {
  const object = valueAt(value, '/helm/valuesObject')
  if (isMapping(object)) return [{ kind: 'inline', value: object, at: placeIn(app, `${pointer}/helm/valuesObject`) }]
  const text = valueAt(value, '/helm/values')
  return typeof text === 'string' && text.trim() !== '' ? [{ kind: 'text', text, at: placeIn(app, `${pointer}/helm/values`) }] : []
}

function parametersOf({ value, app, pointer }: Source, folder: string | undefined): readonly Values[] {
  const parameters = listOf(valueAt(value, '/helm/parameters')).flatMap((parameter, index): readonly Values[] => {
    const name = textAt(parameter, '/name')
    if (name === '') return []
    const as = valueAt(parameter, '/forceString') === true ? 'string' : 'typed'
    return [{ kind: 'set', name, value: textAt(parameter, '/value'), as, at: placeIn(app, `${pointer}/helm/parameters/${index}/value`) }]
  })
  const files = listOf(valueAt(value, '/helm/fileParameters')).flatMap((parameter, index): readonly Values[] => {
    const name = textAt(parameter, '/name')
    const path = pathFrom(folder ?? '', textAt(parameter, '/path'))
    return name === '' || folder === undefined
      ? []
      : [{ kind: 'set', name, value: path, as: 'file', at: placeIn(app, `${pointer}/helm/fileParameters/${index}/path`) }]
  })
  return [...parameters, ...files]
}
