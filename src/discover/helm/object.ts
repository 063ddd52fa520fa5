// A chart's own description as an object that rules are asked about, with what its lock says and what lies in it.

import type { Document } from '../../resource/document.ts'
import { isMapping, listOf, type Mapping } from '../../resource/read.ts'
import type { Resource, ResourceId } from '../../resource/resource.ts'
import { baseName, folderOf } from '../filename.ts'
import { documentsAt, filesBelow, type Ground, mappingAt } from '../ground.ts'
import type { ReferenceTarget } from '../target.ts'
import { chartAt, inFolder, isSubChart } from './chart.ts'
import { fitsLock } from './lock.ts'

/** What a chart is an object of, so that rules and people have a name for it. */
export const chartVersion = 'helm.sh/v1'

/** The identity of a chart, or of a release of it. */
export function chartId(name: string): ResourceId {
  return { group: 'helm.sh', kind: 'Chart', namespace: '', name }
}

/** The charts of a tree that take others in, as far as the policy wants them looked at; what came with another chart is that one's. */
export function chartReferences(ground: Ground): readonly ReferenceTarget[] {
  return [...ground.charts].flatMap((folder) => {
    const asks = !isSubChart(folder, ground) && (chartAt(folder, ground)?.dependencies.length ?? 0) > 0
    return asks && ground.wanted(inFolder(folder, 'Chart.yaml')) ? referenceOf(folder, ground) : []
  })
}

function referenceOf(folder: string, ground: Ground): readonly ReferenceTarget[] {
  const pairs = [
    ['Chart.yaml', 'Chart.lock'],
    ['requirements.yaml', 'requirements.lock'],
  ] as const
  return pairs.flatMap(([name, lockName]) => {
    const [path, lockPath] = [inFolder(folder, name), inFolder(folder, lockName)]
    const [document] = documentsAt(ground, path)
    if (document === undefined || !isMapping(document.yaml.value) || listOf(document.yaml.value['dependencies']).length === 0) return []
    const home = inFolder(folder, 'charts')
    const inside = [...new Set(filesBelow(ground, home).map((one) => one.slice(home.length + 1).split('/')[0] ?? ''))]
    const resource = chartObject(document, mappingAt(ground, lockPath), inside)
    return [{ kind: 'reference', id: `what ${path} takes in`, inputs: [path, lockPath], environments: [], resources: [resource] }]
  })
}

/** `/lock` says `none`, `fits` or `stale`; `/inside` names the dependencies that lie in the chart itself. `held` is what stands below `charts/`. */
export function chartObject(document: Document, lock: Mapping | undefined, held: readonly string[]): Resource {
  const written = isMapping(document.yaml.value) ? document.yaml.value : {}
  const names = listOf(written['dependencies']).map((entry) => (isMapping(entry) ? String(entry['name']) : ''))
  const inside = names.filter((name) => held.some((one) => one === name || (one.startsWith(`${name}-`) && one.endsWith('.tgz'))))
  const value = { ...written, lock: lock === undefined ? 'none' : fitsLock(written, lock) ? 'fits' : 'stale', inside }
  const name = typeof written['name'] === 'string' ? written['name'] : baseName(folderOf(document.path))
  return { id: chartId(name), apiVersion: chartVersion, value, document, base: '' }
}
