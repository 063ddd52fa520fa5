// Which entries of a generator its selector keeps: Kubernetes' label selectors, asked about parameters.

import { isMapping, listOf, type Mapping } from '../../resource/read.ts'
import type { Parameters } from './template.ts'

/** Undefined where the selector is none that Kubernetes knows. */
export function selects(selector: unknown, parameters: Parameters): boolean | undefined {
  if (!isMapping(selector)) return undefined
  const labels = labelsOf(parameters)
  const equal = isMapping(selector['matchLabels']) ? Object.entries(selector['matchLabels']) : []
  const asked = listOf(selector['matchExpressions']).map((one) => (isMapping(one) ? holds(one, labels) : undefined))
  if (asked.includes(undefined)) return undefined
  return equal.every(([key, value]) => labels.get(key) === String(value)) && asked.every((answer) => answer === true)
}

function holds({ key, operator, values }: Mapping, labels: ReadonlyMap<string, string>): boolean | undefined {
  const value = labels.get(String(key))
  const isListed = value !== undefined && listOf(values).some((one) => String(one) === value)
  switch (operator) {
    case 'In':
      return isListed
    case 'NotIn':
      return !isListed
    case 'Exists':
      return value !== undefined
    case 'DoesNotExist':
      return value === undefined
    default:
      return undefined
  }
}

/** Nested parameters by dotted names, as Argo CD flattens them; items of lists by their number. */
function labelsOf(parameters: Parameters): ReadonlyMap<string, string> {
  const labels = new Map<string, string>()
  const add = (value: unknown, name: string): void => {
    if (value !== null && typeof value === 'object')
      for (const [key, child] of Object.entries(value)) add(child, name === '' ? key : `${name}.${key}`)
    else labels.set(name, String(value))
  }
  add(parameters, '')
  return labels
}
