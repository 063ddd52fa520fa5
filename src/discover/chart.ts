// Which files belong to a Helm chart, and which are values for one.

import { baseName, folderOf } from './filename.ts'

/** The folders that hold a `Chart.yaml`. */
export type Charts = ReadonlySet<string>

/** The chart folders among the paths of a tree. */
export function chartsIn(paths: Iterable<string>): Charts {
  const folders = new Set<string>()
  for (const path of paths) if (baseName(path) === 'Chart.yaml') folders.add(folderOf(path))
  return folders
}

/** The folder of the chart whose template a path is: Helm renders what lies below `templates/` beside a `Chart.yaml`, at any depth. */
export function chartOfTemplate(path: string, charts: Charts): string | undefined {
  if (path.startsWith('templates/') && charts.has('')) return ''
  for (let at = path.indexOf('/templates/'); at >= 0; at = path.indexOf('/templates/', at + 1)) {
    const folder = path.slice(0, at)
    if (charts.has(folder)) return folder
  }
  return undefined
}

/** Whether a path is a chart's own description. */
export function isChartFile(path: string, charts: Charts): boolean {
  const name = baseName(path)
  return name === 'Chart.yaml' || (name === 'requirements.yaml' && charts.has(folderOf(path)))
}

/** Whether the name says values of a chart: `values.yaml`, `values-prod.yaml`, `prod.values.yaml`, a folder `values/`, or any other file beside a `Chart.yaml`. */
export function isValuesPath(path: string, charts: Charts): boolean {
  if (/(?:^|[._-])values(?:[._-].*)?\.(?:ya?ml|json)$/i.test(baseName(path))) return true
  return /(?:^|\/)(?:helm-?)?values\//i.test(path) || charts.has(folderOf(path))
}
