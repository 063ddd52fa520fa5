// Charts that no root names: rendered with their defaults, and once with each values file that lies beside them.

import { groupBy } from '../../text/group.ts'
import { boundedBy, leftOut } from '../bounded.ts'
import { baseName, folderOf } from '../filename.ts'
import { filesBelow, type Ground, shownFolder } from '../ground.ts'
import { type Found, nothing, together } from '../scene.ts'
import type { Root, Unresolved } from '../target.ts'
import { chartAt, inFolder, isSubChart, localDependencies } from './chart.ts'
import { chartTarget } from './target.ts'

/**
 * Targets for the charts of a tree but those in `claimed` (by folder) and library charts. One that others take in comes out of them, and has a target of its own for where one of
 * them cannot be rendered.
 */
export function chartsAlone(ground: Ground, claimed: ReadonlySet<string>): Found {
  const folders = [...ground.charts].filter(
    (folder) => !claimed.has(folder) && !isSubChart(folder, ground) && ground.wanted(inFolder(folder, 'Chart.yaml')),
  )
  const takers = takersIn(folders, ground)
  const { found, left } = boundedBy(folders, (folder) => targetsOf(folder, takers.get(folder) ?? [], ground))
  return together([...found, { ...nothing, unresolved: left.map((folder) => leftOut(rootOf(folder), 'it is')) }])
}

/** Which of the charts take in a chart; of charts that take each other none is taken. */
function takersIn(folders: readonly string[], ground: Ground): ReadonlyMap<string, readonly string[]> {
  const takes = new Map(folders.map((folder) => [folder, localDependencies(folder, ground)]))
  const reaches = (from: string, to: string): boolean => {
    const seen = new Set([from])
    for (const at of seen) for (const next of takes.get(at) ?? []) seen.add(next)
    return seen.has(to)
  }
  const pairs = folders.flatMap((taker) =>
    (takes.get(taker) ?? []).filter((folder) => folder !== taker && !reaches(folder, taker)).map((folder) => ({ folder, taker })),
  )
  return new Map([...groupBy(pairs, ({ folder }) => folder)].map(([folder, all]) => [folder, all.map(({ taker }) => taker)]))
}

function rootOf(folder: string): Root {
  return { kind: 'chart', path: inFolder(folder, 'Chart.yaml'), name: shownFolder(folder) }
}

function idOf(folder: string): string {
  return `chart ${shownFolder(folder)}`
}

function targetsOf(folder: string, takers: readonly string[], ground: Ground): Found {
  const chart = chartAt(folder, ground)
  const root = rootOf(folder)
  if (chart === undefined) return isManifest(root.path, ground) ? nothing : { ...nothing, unresolved: [unreadable(root)] }
  if (chart.isLibrary) return nothing
  const base = { root, chart: { kind: 'tree', path: folder } as const, release: chart.name, namespace: 'default' }
  const own = chartTarget({ ...base, id: idOf(folder), environments: [], values: [] }, ground)
  if (takers.length > 0) return { ...nothing, targets: [{ ...own, through: takers.map(idOf) }] }
  const { found, left } = boundedBy(valuesBeside(folder, ground), ({ path: file, environment }) => {
    const name = folder === '' ? file : file.slice(folder.length + 1)
    const id = `${idOf(folder)} with ${name}`
    return {
      ...nothing,
      targets: [chartTarget({ ...base, id, environments: [environment], values: [{ kind: 'file', path: file }] }, ground)],
    }
  })
  const unresolved = left.length === 0 ? [] : [leftOut(root, `${left.length} of its values files are`)]
  return together([{ ...nothing, targets: [own], unresolved }, ...found])
}

/** Something else under that name: it was judged as what it is. */
function isManifest(path: string, { memo, tree }: Ground): boolean {
  const content = memo.contents.get(`file ${tree.identify(path)}`)
  return content?.kind === 'documents' && content.documents.some(({ verdict }) => verdict.kind === 'judged')
}

function unreadable(root: Root): Unresolved {
  return { root, code: 'invalid', message: `${root.path} names no chart`, hint: 'Give it name and version in plain YAML.' }
}

type Beside = { readonly path: string; readonly environment: string }

/** Values files that use suggests: `ci/*-values.yaml` (chart-testing), `values-prod.yaml`, `prod.values.yaml`, `environments/prod.yaml`, `values/prod.yaml`. */
function valuesBeside(folder: string, ground: Ground): readonly Beside[] {
  return filesBelow(ground, folder).flatMap((path) => {
    const environment = /\.ya?ml$/.test(path) ? environmentOfValues(folder === '' ? path : path.slice(folder.length + 1)) : undefined
    return environment === undefined || !ground.wanted(path) ? [] : [{ path, environment }]
  })
}

const folders = /^(?:environments?|envs?|values)$/

/** The environment that a values file, relative to its chart, speaks of; undefined for a file that is none. */
export function environmentOfValues(path: string): string | undefined {
  const name = baseName(path).replace(/\.ya?ml$/, '')
  const parts = folderOf(path).split('/')
  if (parts[0] === 'ci') return parts.length === 1 && name.endsWith('-values') ? `ci/${name.slice(0, -'-values'.length)}` : undefined
  if (folders.test(parts[0] ?? '')) {
    if (parts.length === 1) return name
    return parts.length === 2 && /^values$/.test(name) ? parts[1] : undefined
  }
  if (parts[0] !== '') return undefined
  const found = /^values[._-](.+)$/.exec(name) ?? /^(.+)[._-]values$/.exec(name)
  return found?.[1] === 'schema' ? undefined : found?.[1]
}
