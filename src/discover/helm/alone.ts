// Charts that no root names: rendered with their defaults, and once with each values file that lies beside them.

import { baseName, folderOf } from '../filename.ts'
import { filesBelow, type Ground, shownFolder } from '../ground.ts'
import type { ChartTarget, Root, Unresolved } from '../target.ts'
import { chartAt, chartClosure, inFolder, isSubChart } from './chart.ts'
import { chartTarget } from './target.ts'

export type Charts = { readonly targets: readonly ChartTarget[]; readonly unresolved: readonly Unresolved[] }

/** Targets for the charts of a tree but those in `claimed` (by folder), library charts, and charts that others take in. */
export function chartsAlone(ground: Ground, claimed: ReadonlySet<string>): Charts {
  const folders = [...ground.charts].filter(
    (folder) => !claimed.has(folder) && !isSubChart(folder, ground) && ground.wanted(inFolder(folder, 'Chart.yaml')),
  )
  const closures = new Map(folders.map((folder) => [folder, chartClosure(folder, ground).folders]))
  const isTaken = (folder: string) =>
    [...closures].some(([other, taken]) => other !== folder && taken.has(folder) && closures.get(folder)?.has(other) !== true)
  const found = folders.filter((folder) => !isTaken(folder)).map((folder) => targetsOf(folder, ground))
  return { targets: found.flatMap(({ targets }) => targets), unresolved: found.flatMap(({ unresolved }) => unresolved) }
}

function targetsOf(folder: string, ground: Ground): Charts {
  const chart = chartAt(folder, ground)
  const path = inFolder(folder, 'Chart.yaml')
  const root: Root = { kind: 'chart', path, name: shownFolder(folder) }
  if (chart === undefined) return { targets: [], unresolved: isManifest(path, ground) ? [] : [unreadable(root)] }
  if (chart.isLibrary) return { targets: [], unresolved: [] }
  const base = { root, chart: { kind: 'tree', path: folder } as const, release: chart.name, namespace: 'default' }
  const own = chartTarget({ ...base, id: `chart ${root.name}`, environments: [], values: [] }, ground)
  const more = valuesBeside(folder, ground).map(({ path: file, environment }) => {
    const name = folder === '' ? file : file.slice(folder.length + 1)
    return chartTarget(
      { ...base, id: `chart ${root.name} with ${name}`, environments: [environment], values: [{ kind: 'file', path: file }] },
      ground,
    )
  })
  return { targets: [own, ...more], unresolved: [] }
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
