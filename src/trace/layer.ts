// The layers of values that a chart gets, the one that wins first, and where a path of keys stands in them.

import { posix } from 'node:path'
import type { ChartTarget, Place } from '../discover/target.ts'
import { chartHomes } from '../render/chart.ts'
import type { ValuesRead } from '../resource/document.ts'
import { valueAt } from '../text/pointer.ts'
import { blockSpot } from './block.ts'
import { documentOf, type Sources } from './source.ts'
import { type Site, type Spot, siteIn, siteWithin, spotIn, writtenPlace } from './spot.ts'

/** A text of values. `own`: a person of this repository edits it; the defaults of a chart inside the chart are not theirs. */
export type Layer = {
  readonly value: unknown
  /** How many of the first keys of a path lead to it. */
  readonly prefix: number
  readonly own: boolean
  /** What the chart is tried with, and nobody runs. */
  readonly trial: boolean
  /** From a pointer in `value` to the file that holds it; for a missing key its nearest ancestor. */
  readonly placed: (pointer: string) => Spot
  /** The place of a pointer in `value`, whether it is there or not. */
  readonly site: (pointer: string) => Site | undefined
}

/** The layers in which `read` may be decided, the winner first. The defaults of a chart that is not in the tree are none of them. */
export function layersOf(target: ChartTarget, read: ValuesRead, sources: Sources): readonly Layer[] {
  const { chart } = target
  const given = target.values.flatMap((one): readonly Layer[] => {
    switch (one.kind) {
      case 'file':
        return fileLayer(one.path, 0, true, sources)
      case 'inline': {
        const placed = (pointer: string) => spotIn(one.at.document, one.at.pointer + pointer, sources)
        const site = (pointer: string) => {
          const { document, pointer: there } = writtenPlace({ ...one.at, pointer: one.at.pointer + pointer }, sources)
          return siteIn(document, there)
        }
        return [{ value: one.value, prefix: 0, own: true, trial: false, placed, site }]
      }
      case 'text':
        return textLayer(one.text, one.at, sources)
      case 'set':
        return setLayer(one.name, one.value, one.at, sources)
      default:
        return one satisfies never
    }
  })
  if (chart.kind !== 'tree') return given.reverse()
  const defaults = [
    ...fileLayer(posix.join(chart.path, 'values.yaml'), 0, true, sources),
    ...(read.chart === ''
      ? []
      : fileLayer(
          posix.join(folderOf(target, chart.path, read.chart), 'values.yaml'),
          read.prefix,
          isOwn(chart.path, read.chart, sources),
          sources,
        )),
  ]
  return [...given.reverse(), ...defaults]
}

/** The folder of the tree with a chart inside the chart: one that lies beside it, or below its `charts/`. */
function folderOf(target: ChartTarget, root: string, chart: string): string {
  const homes = chartHomes(target, root)
  for (let above = chart; above !== '.'; above = posix.dirname(above)) {
    const folder = homes.get(above)
    if (folder !== undefined) return posix.join(folder, posix.relative(above, chart))
  }
  return posix.join(root, chart)
}

/** Whether a chart inside the chart belongs to this repository: what came from elsewhere is overwritten when it is vendored anew. */
export function isOwn(root: string, chart: string, sources: Sources): boolean {
  const above = posix.join(root, posix.dirname(posix.dirname(chart)))
  return ['Chart.yaml', 'requirements.yaml']
    .flatMap((name) => sources.documents(posix.join(above, name)))
    .map(({ yaml }) => valueAt(yaml.value, '/dependencies'))
    .flatMap((list): readonly unknown[] => (Array.isArray(list) ? list : []))
    .every((entry) => valueAt(entry, '/name') !== posix.basename(chart) || isLocal(valueAt(entry, '/repository')))
}

function isLocal(repository: unknown): boolean {
  return typeof repository !== 'string' || repository === '' || repository.startsWith('file:')
}

/** Values that chart-testing installs a chart with. */
const trialValues = /(?:^|\/)ci\/[^/]+-values\.ya?ml$/

function fileLayer(path: string, prefix: number, own: boolean, sources: Sources): readonly Layer[] {
  const [document] = sources.documents(path)
  if (document === undefined) return []
  const placed = (pointer: string) => spotIn(document, pointer, sources)
  return [{ value: document.yaml.value, prefix, own, trial: trialValues.test(path), placed, site: (pointer) => siteIn(document, pointer) }]
}

/** YAML in a block of text. */
function textLayer(text: string, at: Place, sources: Sources): readonly Layer[] {
  const document = documentOf(at.document.path, text)
  if (document === undefined) return []
  const placed = (pointer: string) => blockSpot(at, document, pointer, sources)
  return [
    {
      value: document.yaml.value,
      prefix: 0,
      own: true,
      trial: false,
      placed,
      site: (pointer) => siteWithin(writtenPlace(at, sources), document, pointer),
    },
  ]
}

/** One path that is set: its keys as Helm splits them, so far as they are plain. */
function setLayer(name: string, value: string, at: Place, sources: Sources): readonly Layer[] {
  const keys = name.split(/(?<!\\)\./).map((key) => key.replace(/\\\./g, '.'))
  const nested = keys.reduceRight<unknown>((inner, key) => ({ [key]: inner }), value)
  const placed = () => spotIn(at.document, at.pointer, sources)
  return [{ value: nested, prefix: 0, own: true, trial: false, placed, site: () => siteIn(at.document, at.pointer) }]
}
