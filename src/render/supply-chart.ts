// Fetches a chart that is not in the tree, and the dependencies that a chart names and does not bring.

import { posix } from 'node:path'
import type { Tree } from '../change/tree.ts'
import type { ChartSource, ChartTarget, Dependency, Missing } from '../discover/target.ts'
import { dependenciesIn, isLockStale } from './dependency.ts'
import { within } from './files.ts'
import { type Sources, sourceFailure } from './source.ts'
import { store, withFiles } from './store.ts'
import { type Fetched, gitOrigin, missingOf, type Refused, type Supplied } from './supplied.ts'

/** The target with its chart and the dependencies of that in the tree, as far as they were had. */
export async function supplyChart(target: ChartTarget, tree: Tree, sources: Sources): Promise<Supplied<ChartTarget>> {
  const { chart } = target
  if (chart.kind === 'tree') return supplyDependencies({ target, tree, fetched: [], refused: [] }, sources)
  if (chart.kind === 'repository') return supplyPacked(target, chart, { tree, sources })
  if (chart.kind === 'git') return supplyGit(target, chart, { tree, sources })
  return { target, tree, fetched: [], refused: [] }
}

type Around = { readonly tree: Tree; readonly sources: Sources }

async function supplyPacked(
  target: ChartTarget,
  chart: ChartSource & { readonly kind: 'repository' },
  { tree, sources }: Around,
): Promise<Supplied<ChartTarget>> {
  const { repository, name, version } = chart
  const had = await sources.chart({ repository, name, ...(version === '' ? {} : { version }) })
  if (!had.ok) return lacking(target, tree, had)
  const path = `${store}/charts/${fileName(name, had.version)}`
  const from = { name, version: had.version, source: repository }
  const fetched: Fetched = { path, from, pin: had.pin, owner: target.root.path }
  return {
    target: { ...target, chart: { kind: 'tree', path }, inputs: [...target.inputs, path] },
    tree: withFiles(tree, new Map([[path, had.archive]])),
    fetched: [fetched],
    refused: [],
  }
}

/** A chart in another repository, with the charts there that it leads to. */
async function supplyGit(
  target: ChartTarget,
  chart: ChartSource & { readonly kind: 'git' },
  { tree, sources }: Around,
): Promise<Supplied<ChartTarget>> {
  const { repository, revision, path: folder } = chart
  const had = await sources.git({ url: repository, ...(revision === '' ? {} : { ref: revision }) })
  if (!had.ok) return lacking(target, tree, had)
  const place = `${store}/git/${had.commit}`
  const { files, dependencies } = chartFiles(had.tree, posix.normalize(folder).replace(/^\.?\/+|\/+$|^\.$/g, ''), place)
  if (files.size === 0) {
    const failure = sourceFailure(
      'not-found',
      `chart ${folder} of ${repository} was not fetched: there is no chart at ${had.commit.slice(0, 12)}`,
      'Correct its path.',
    )
    return lacking(target, tree, failure)
  }
  const path = posix.join(place, folder)
  return supplyDependencies(
    {
      target: { ...target, chart: { kind: 'tree', path }, dependencies, inputs: [...target.inputs, ...files.keys()] },
      tree: withFiles(tree, files),
      fetched: [{ path: place, from: gitOrigin(repository, had.commit), pin: had.pin, owner: target.root.path }],
      refused: [],
    },
    sources,
  )
}

function lacking(target: ChartTarget, tree: Tree, failure: Parameters<typeof missingOf>[0]): Supplied<ChartTarget> {
  return { target: { ...target, missing: [...target.missing, missingOf(failure)] }, tree, fetched: [], refused: [] }
}

type ChartFiles = { readonly files: ReadonlyMap<string, Uint8Array>; readonly dependencies: readonly Dependency[] }

/** The files of a chart and of the charts that its `file://` dependencies lead to, below `place`, and the dependencies that are still wanted. */
function chartFiles(tree: Tree, folder: string, place: string): ChartFiles {
  const files = new Map<string, Uint8Array>()
  const dependencies: Dependency[] = []
  const seen = new Set<string>()
  const open = [folder]
  for (let chart = open.pop(); chart !== undefined; chart = open.pop()) {
    if (seen.has(chart) || tree.read(posix.join(chart, 'Chart.yaml')) === undefined) continue
    seen.add(chart)
    for (const { path, kind } of tree.files) {
      const bytes = kind === 'file' && within(chart, path) !== undefined ? tree.read(path) : undefined
      if (bytes !== undefined) files.set(posix.join(place, path), bytes)
    }
    for (const { state, ...dependency } of dependenciesIn(tree, chart)) {
      if (state === 'local') open.push(posix.normalize(posix.join(chart, dependency.repository.slice('file://'.length))))
      if (state !== 'vendored') dependencies.push({ ...dependency, chart: posix.join(place, chart) })
    }
  }
  return { files, dependencies }
}

/** The dependencies that no folder or archive below `charts/` holds, put there as `helm dependency build` puts them. */
async function supplyDependencies(supplied: Supplied<ChartTarget>, sources: Sources): Promise<Supplied<ChartTarget>> {
  const { target, tree } = supplied
  const remote = target.dependencies.filter(({ repository }) => repository !== '' && !repository.startsWith('file://'))
  if (remote.length === 0) return supplied
  const stale = [...new Set(remote.map(({ chart }) => chart))].filter((chart) => isLockStale(tree, chart))
  const wanted = remote.map((one) => (stale.includes(one.chart) ? asWritten(one, tree) : one))
  const files = new Map<string, Uint8Array>()
  const fetched: Fetched[] = []
  const refused: Refused[] = []
  const answers = await Promise.all(
    wanted.map(({ repository, name, version }) => sources.chart({ repository, name, ...(version === '' ? {} : { version }) })),
  )
  for (const [at, { chart, name, repository }] of wanted.entries()) {
    const had = answers[at]
    if (had?.ok === false) refused.push({ chart, name, failure: had })
    if (had?.ok !== true) continue
    const path = posix.join(chart, 'charts', fileName(name, had.version))
    files.set(path, had.archive)
    const owner = chart.startsWith(`${store}/`) ? target.root.path : posix.join(chart, 'Chart.yaml')
    fetched.push({ path, from: { name, version: had.version, source: repository }, pin: had.pin, owner })
  }
  return {
    target: { ...target, inputs: [...target.inputs, ...files.keys()], missing: [...target.missing, ...stale.map(staleLock)] },
    tree: withFiles(tree, files),
    fetched: [...supplied.fetched, ...fetched],
    refused,
  }
}

/** What a lock pins that was made for other dependencies does not count. */
function asWritten(dependency: Dependency, tree: Tree): Dependency {
  const written = dependenciesIn(tree, dependency.chart).find(({ name, alias }) => name === dependency.name && alias === dependency.alias)
  return { ...dependency, version: written?.version ?? dependency.version }
}

function staleLock(chart: string): Missing {
  const at = chart === '' ? '.' : chart
  return {
    message: `Chart.lock of ${at} was made for other dependencies than its Chart.yaml names, so that it pins nothing`,
    hint: `Run helm dependency update ${at}, and commit the lock.`,
  }
}

/** Names and versions come from outside: nothing in them leads to another folder. */
function fileName(name: string, version: string): string {
  return `${plainName(name)}-${plainName(version)}.tgz`
}

function plainName(text: string): string {
  return text.replace(/[^\w.+-]|^\.+/g, '_').slice(0, 200)
}
