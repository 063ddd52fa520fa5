// Values of a chart that is not there, as far as their names tell what any chart makes of them: a pod with nothing else in it.

import { posix } from 'node:path'
import type { Tree } from '../change/tree.ts'
import type { ChartTarget, Values } from '../discover/target.ts'
import { isMapping, type Mapping } from '../resource/read.ts'
import type { Resource } from '../resource/resource.ts'
import { parseYaml } from '../yaml/parse.ts'
import type { MissingDependency } from './engine.ts'
import { type Output, readOutputs } from './rendered.ts'
import { valuesOf } from './values.ts'

/** Keys on whose meaning charts agree, where they hold what is written for them in a pod. */
const ofPods = ['hostNetwork', 'hostPID', 'hostIPC']
const ofContexts = ['privileged', 'procMount', 'capabilities']

/** Where other things than pods are told of in the same words. */
const ofOthers = /polic|psp|scc|constraint|schema/i

/** A line of the pod, and the keys of the values that it comes from. */
type Line = readonly [text: string, keys?: readonly string[]]

/** What values say by convention, as parts of pods that are named like the release; none where they say nothing. */
export function conventionalParts(target: ChartTarget, tree: Tree): readonly Resource[] {
  return readOutputs(target, podOf(target, mappingsIn(mergedValues(target, tree), []))).resources
}

/** The same of charts that a chart in the tree names and that are not there: what its values hold for each of them, below its name. */
export function dependencyParts(target: ChartTarget, gaps: readonly MissingDependency[], tree: Tree): readonly Resource[] {
  const names = new Set(gaps.filter(({ chart }) => chart === '').flatMap(({ name }) => keysOf(name, target)))
  if (names.size === 0) return []
  const values = mergedValues(target, tree)
  const pods = [...names].flatMap((name) => podOf(target, isMapping(values) ? mappingsIn(values[name], [name]) : []))
  return readOutputs(target, pods).resources
}

/** Under which keys the values of a dependency stand: its alias, where it has one. */
function keysOf(name: string, { dependencies }: ChartTarget): readonly string[] {
  const named = dependencies.filter((dependency) => dependency.name === name)
  return named.length === 0 ? [name] : named.map(({ alias }) => alias ?? name)
}

/** A pod of which each line knows its value; none where the values say nothing. */
function podOf(target: ChartTarget, nodes: readonly Node[]): readonly Output[] {
  const pod = ofPods.flatMap((key) => nodes.flatMap((node) => podLine(node, key)).slice(0, 1))
  const containers = nodes.flatMap(containerLines)
  const volumes = nodes.flatMap(volumeLines)
  if (pod.length + containers.length + volumes.length === 0) return []
  const lines: readonly Line[] = [
    ['apiVersion: v1'],
    ['kind: Pod'],
    [`metadata: ${JSON.stringify({ name: target.release, namespace: target.namespace })}`],
    ['spec:'],
    ...pod,
    ...(containers.length === 0 ? [] : [['  containers:'] as const, ...containers]),
    ...(volumes.length === 0 ? [] : [['  volumes:'] as const, ...volumes]),
  ]
  return [
    {
      content: lines.map(([text]) => text).join('\n'),
      path: target.root.path,
      by: 'convention',
      lines: lines.map(([, keys], at) =>
        keys === undefined ? undefined : { path: target.root.path, line: at + 1, values: [{ path: keys, chart: '', prefix: 0 }] },
      ),
    },
  ]
}

type Node = { readonly keys: readonly string[]; readonly value: Mapping }

/** Deeper than values of charts are. */
const deepest = 12

/** All mappings that are not switched off. */
function mappingsIn(value: unknown, keys: readonly string[]): readonly Node[] {
  if (value === null || typeof value !== 'object' || keys.length > deepest) return []
  if (isMapping(value) && value['enabled'] === false) return []
  const inside = Object.entries(value).flatMap(([key, child]) => (ofOthers.test(key) ? [] : mappingsIn(child, [...keys, key])))
  return isMapping(value) ? [{ keys, value }, ...inside] : inside
}

function podLine({ keys, value }: Node, key: string): readonly Line[] {
  return value[key] === true ? [[`  ${key}: true`, [...keys, key]]] : []
}

function containerLines({ keys, value }: Node): readonly Line[] {
  const lines = [
    ...imageLines(keys, value['image']),
    ...['securityContext', 'containerSecurityContext'].flatMap((key) => contextLines([...keys, key], value[key])),
  ]
  return lines.length === 0 ? [] : [nameLine(keys), ...lines]
}

/** Only `latest` in so many words: a tag that is missing is the chart's. */
function imageLines(keys: readonly string[], image: unknown): readonly Line[] {
  if (typeof image === 'string') return image.endsWith(':latest') ? [[`      image: ${JSON.stringify(image)}`, [...keys, 'image']]] : []
  if (!isMapping(image) || image['tag'] !== 'latest' || typeof image['repository'] !== 'string') return []
  if (typeof image['digest'] === 'string' && image['digest'] !== '') return []
  return [[`      image: ${JSON.stringify(`${image['repository']}:latest`)}`, [...keys, 'image', 'tag']]]
}

function contextLines(keys: readonly string[], context: unknown): readonly Line[] {
  if (!isMapping(context)) return []
  const set = ofContexts.filter((key) => context[key] !== undefined)
  if (set.length === 0) return []
  return [['      securityContext:'], ...set.map((key): Line => [`        ${key}: ${JSON.stringify(context[key])}`, [...keys, key]])]
}

function volumeLines({ keys, value: { hostPath } }: Node): readonly Line[] {
  const path = isMapping(hostPath) ? hostPath['path'] : hostPath
  if (typeof path !== 'string' || !path.startsWith('/')) return []
  const at = [...keys, 'hostPath', ...(isMapping(hostPath) ? ['path'] : [])]
  return [nameLine(keys), ['      hostPath:'], [`        path: ${JSON.stringify(path)}`, at]]
}

/** Parts are told apart by where their values stand. */
function nameLine(keys: readonly string[]): Line {
  return [`    - name: ${JSON.stringify(keys.length === 0 ? 'main' : keys.join('.'))}`]
}

/** The values of a chart that lies in the tree are the lowest. */
function mergedValues({ chart, values }: ChartTarget, tree: Tree): unknown {
  const own: readonly Values[] = chart.kind === 'tree' ? [{ kind: 'file', path: posix.join(chart.path, 'values.yaml') }] : []
  return valuesOf([...own, ...values], tree)
    .values.map((text) => parseYaml(text)[0]?.value)
    .reduce<unknown>(merged, {})
}

/** As Helm lays values over values: mappings key by key, everything else whole. */
function merged(below: unknown, above: unknown): unknown {
  if (!isMapping(below) || !isMapping(above)) return above ?? below
  const laid = Object.entries(above).map(
    ([key, value]) => [key, merged(Object.hasOwn(below, key) ? below[key] : undefined, value)] as const,
  )
  return { ...below, ...Object.fromEntries(laid) }
}
