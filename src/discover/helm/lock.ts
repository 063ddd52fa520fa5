// Whether a Chart.lock was made for the dependencies that the Chart.yaml beside it names.

import { createHash } from 'node:crypto'
import { isMapping, type Mapping } from '../../resource/read.ts'

/**
 * Helm writes a digest over both lists of dependencies into the lock: it ties the lock to the Chart.yaml, and says nothing of the bytes of a chart. `chart` and `lock` are the values
 * of Chart.yaml and Chart.lock (or requirements.yaml and requirements.lock).
 */
export function fitsLock(chart: Mapping, lock: Mapping): boolean {
  const asked = dependenciesOf(chart)
  return lock['digest'] === digestOf([asked, dependenciesOf(lock)]) || lock['digest'] === digestOf({ dependencies: asked })
}

function dependenciesOf(value: Mapping): readonly Mapping[] {
  return Array.isArray(value['dependencies']) ? value['dependencies'].filter(isMapping).map(asHelmWrites) : []
}

/** The fields in the order of Helm's type, those that are empty left out (pkg/chart/dependency.go in its sources). */
function asHelmWrites(entry: Mapping): Mapping {
  const { name = '', version, repository = '', condition, tags, enabled, alias } = entry
  const fields: readonly (readonly [string, unknown])[] = [
    ['name', name],
    ['version', version === undefined ? '' : String(version)],
    ['repository', repository],
    ['condition', condition],
    ['tags', tags],
    ['enabled', enabled],
    ['import-values', entry['import-values']],
    ['alias', alias],
  ]
  return Object.fromEntries(fields.filter(([key, value]) => key === 'name' || key === 'repository' || !isEmpty(value)))
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || value === '' || value === false || (Array.isArray(value) && value.length === 0)
}

function digestOf(value: unknown): string {
  return `sha256:${createHash('sha256').update(json(value)).digest('hex')}`
}

/** JSON as Go writes it: the keys of free mappings sorted, some characters escaped. */
function json(value: unknown): string {
  const text = JSON.stringify(value, (key, part: unknown) =>
    key === '' || !isMapping(part) || Object.hasOwn(part, 'repository') ? part : sorted(part),
  )
  return text.replace(/[<>&\u2028\u2029]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

function sorted(mapping: Mapping): Mapping {
  return Object.fromEntries(Object.entries(mapping).sort(([a], [b]) => (a < b ? -1 : 1)))
}
