// Helmfiles that are plain YAML: a target for each release; those that are templates themselves are named.

import { isMapping, listOf, type Mapping } from '../resource/read.ts'
import { valueAt } from '../text/pointer.ts'
import { baseName, folderOf } from './filename.ts'
import { documentsAt, type Ground, isFile, shownFolder } from './ground.ts'
import { chartTarget } from './helm/target.ts'
import { pathFrom } from './kustomization.ts'
import { type Found, nothing, placeBelow, textAt, together } from './scene.ts'
import type { ChartSource, Missing, Place, RenderTarget, Root, Unresolved, Values } from './target.ts'

/** The releases of all helmfiles in a tree. */
export function helmfilesIn(ground: Ground): Found {
  return together(
    ground.tree.files
      .filter(({ path, kind }) => kind === 'file' && isHelmfile(path) && ground.wanted(path))
      .map(({ path }) => releasesIn(path, ground)),
  )
}

function isHelmfile(path: string): boolean {
  if (/^helmfile\.ya?ml(?:\.gotmpl)?$/.test(baseName(path))) return true
  return /(?:^|\/)helmfile\.d\/[^/]+\.ya?ml(?:\.gotmpl)?$/.test(path)
}

function releasesIn(path: string, ground: Ground): Found {
  const root: Root = { kind: 'helmfile', path, name: path }
  const documents = documentsAt(ground, path)
  if (path.endsWith('.gotmpl') || documents.some(({ text }) => text.includes('{{'))) {
    const message = 'it is a template itself, which only helmfile can fill'
    return {
      ...nothing,
      unresolved: [{ root, code: 'unsupported-template', message, hint: 'Name its releases in the configuration, under targets.' }],
    }
  }
  const repositories = new Map(
    documents.flatMap(({ yaml }) =>
      listOf(valueAt(yaml.value, '/repositories')).map(
        (entry) => [textAt(entry, '/name'), { url: textAt(entry, '/url'), oci: valueAt(entry, '/oci') === true }] as const,
      ),
    ),
  )
  const made = documents.flatMap((document) =>
    listOf(valueAt(document.yaml.value, '/releases')).flatMap((release, index): readonly (RenderTarget | Unresolved)[] =>
      isMapping(release) && release['installed'] !== false
        ? [targetOf({ release, root, at: { document, pointer: `/releases/${index}` }, repositories }, ground)]
        : [],
    ),
  )
  return {
    ...nothing,
    targets: made.flatMap((one) => ('kind' in one ? [one] : [])),
    unresolved: made.flatMap((one) => ('kind' in one ? [] : [one])),
  }
}

type Repositories = ReadonlyMap<string, { readonly url: string; readonly oci: boolean }>
type Written = { readonly release: Mapping; readonly root: Root; readonly at: Place; readonly repositories: Repositories }

function targetOf({ release, root, at, repositories }: Written, ground: Ground): RenderTarget | Unresolved {
  const name = textAt(release, '/name')
  const { values, missing } = valuesOf(release, at, ground)
  const version = valueAt(release, '/kubeVersion')
  const chart = chartOf(release, root.path, { repositories, ground })
  if (chart.kind === 'tree' && !ground.charts.has(chart.path) && !isFile(ground, chart.path)) {
    const hint = 'Correct the path, or add the chart.'
    return {
      root,
      code: 'missing-path',
      message: `release ${name}: there is no chart at ${shownFolder(chart.path)}`,
      hint,
      at: placeBelow(at, 'chart'),
    }
  }
  return chartTarget(
    {
      id: `release ${name} in ${root.path}`,
      root,
      environments: [],
      chart,
      values,
      release: name,
      namespace: textAt(release, '/namespace') || 'default',
      ...(typeof version === 'string' ? { kubernetesVersion: version } : {}),
      missing,
    },
    ground,
  )
}

/** A folder of the tree, `repository/name`, or an address of a registry. */
function chartOf(
  release: Mapping,
  path: string,
  { repositories, ground }: { readonly repositories: Repositories; readonly ground: Ground },
): ChartSource {
  const written = textAt(release, '/chart')
  const version = textAt(release, '/version') || '*'
  const local = pathFrom(folderOf(path), written)
  if (/^[./]/.test(written) || ground.charts.has(local) || isFile(ground, local)) return { kind: 'tree', path: local }
  const slash = written.lastIndexOf('/')
  const name = written.slice(slash + 1)
  if (written.includes('://')) return { kind: 'repository', repository: written.slice(0, slash), name, version }
  const repository = repositories.get(written.slice(0, written.indexOf('/')))
  const url = repository === undefined ? '' : repository.oci && !repository.url.includes('://') ? `oci://${repository.url}` : repository.url
  return { kind: 'repository', repository: url, name: written.slice(written.indexOf('/') + 1), version }
}

/** Files and mappings in their order, then `set`. */
function valuesOf(
  release: Mapping,
  at: Place,
  ground: Ground,
): { readonly values: readonly Values[]; readonly missing: readonly Missing[] } {
  const values: Values[] = []
  const missing: Missing[] = []
  for (const [index, entry] of listOf(release['values']).entries()) {
    const place = placeBelow(placeBelow(at, 'values'), index)
    if (isMapping(entry)) values.push({ kind: 'inline', value: entry, at: place })
    if (typeof entry !== 'string') continue
    const path = pathFrom(folderOf(at.document.path), entry)
    if (isFile(ground, path) && !path.endsWith('.gotmpl')) values.push({ kind: 'file', path })
    else missing.push(lack(path, path.endsWith('.gotmpl') ? 'it is a template itself' : 'it is not there', place))
  }
  if (listOf(release['secrets']).length > 0) missing.push(lack('of secrets', 'secrets are not read', placeBelow(at, 'secrets')))
  for (const [index, entry] of listOf(release['set']).entries()) {
    const name = textAt(entry, '/name')
    if (name !== '')
      values.push({ kind: 'set', name, value: textAt(entry, '/value'), as: 'typed', at: placeBelow(placeBelow(at, 'set'), index) })
  }
  return { values, missing }
}

function lack(what: string, why: string, at: Place): Missing {
  return { message: `values ${what} are left out: ${why}`, hint: 'Read what they set.', at }
}
