// Which layer of values decides, and where in it a value stands or would be added.

import type { ChartTarget } from '../discover/target.ts'
import type { ValuesRead } from '../resource/document.ts'
import { isMapping } from '../resource/read.ts'
import { pointerTo, valueAt } from '../text/pointer.ts'
import { type Layer, layersOf } from './layer.ts'
import { same } from './same.ts'
import type { Sources } from './source.ts'
import { nearest, type Spot, type Trace, waypoint, withSite } from './spot.ts'
import type { Way } from './way.ts'

export type ChartScene = { readonly target: ChartTarget; readonly sources: Sources }

/** Of all ways the one whose values are what came out, then the one that the rule speaks of. */
export function decidedTrace(ways: readonly Way[], about: readonly string[], scene: ChartScene): Trace | undefined {
  const ranked = ways
    .map((way) => {
      const layers = layersOf(scene.target, way.read, scene.sources)
      return { way: { ...way, suffix: alignedSuffix(way, layers) }, layers }
    })
    .map((one) => ({ ...one, fit: fitOf(one.way, one.layers), words: wordsIn(one.way, about) }))
    .sort((a, b) => b.fit - a.fit || b.words - a.words)
  for (const { way, layers } of ranked) {
    const spot = decidedBy(way.read, way.suffix, layers)
    if (spot === undefined) continue
    return { ...(way.applied === undefined ? { ...spot, location: nearest(spot.location) } : spot), through: [waypoint(way.origin)] }
  }
  // Nobody edits an archive: its defaults are overruled from above.
  const [best] = ranked
  if (best === undefined || best.way.origin.packed === undefined) return undefined
  const spot = addedAt([...best.way.read.path, ...best.way.suffix], best.layers)
  return spot === undefined ? undefined : { ...spot, through: [waypoint(best.way.origin)] }
}

function wordsIn({ read }: Way, about: readonly string[]): number {
  return read.path.filter((key) => about.some((word) => key.toLowerCase().includes(word))).length
}

/** How well the values at the end of a way are what came out: the same, a part of it, something, nothing. */
function fitOf({ read, suffix, applied }: Way, layers: readonly Layer[]): number {
  if (applied === undefined) return 0
  const keys = [...read.path, ...suffix]
  const layer = winner(layers, keys)
  const value = layer === undefined ? undefined : valueAt(layer.value, pointerTo(keys.slice(layer.prefix)))
  if (value === undefined) return 0
  if (same(value, applied) || String(value) === String(applied)) return 3
  const isPart = typeof value !== 'object' && typeof applied !== 'object' && String(applied).includes(String(value)) && String(value) !== ''
  return isPart ? 2 : typeof value === typeof applied ? 1 : 0
}

/** The suffix with the numbers that its items have in the values: a list in the output may begin with others. */
function alignedSuffix({ read, suffix, steps, applied }: Way, layers: readonly Layer[]): readonly string[] {
  const layer = winner(layers, read.path)
  let value = layer === undefined ? undefined : valueAt(layer.value, pointerTo(read.path.slice(layer.prefix)))
  // Nothing is copied of nothing: the template has a value of its own for that.
  if (value === null && applied !== undefined) return []
  return suffix.map((key, at) => {
    const own = Array.isArray(value) ? itemKey(value, steps[at]) : key
    value = valueAt(value, pointerTo([own ?? key]))
    return own ?? key
  })
}

function itemKey(list: readonly unknown[], item: unknown): string | undefined {
  const found = list.findIndex((other) => same(other, item))
  const named = found >= 0 || !isMapping(item) ? found : list.findIndex((other) => isMapping(other) && other['name'] === item['name'])
  return named < 0 ? undefined : String(named)
}

function winner(layers: readonly Layer[], keys: readonly string[]): Layer | undefined {
  return layers.find(({ value, prefix }) => valueAt(value, pointerTo(keys.slice(prefix))) !== undefined)
}

/** In the layer that wins, as far down as the keys lead there. */
export function decidedBy(read: ValuesRead, suffix: readonly string[], layers: readonly Layer[]): Spot | undefined {
  for (let kept = suffix.length; kept >= 0; kept -= 1) {
    const keys = [...read.path, ...suffix.slice(0, kept)]
    const layer = winner(layers, keys)
    if (layer === undefined) continue
    // A scalar is the value itself; into a mapping, or where nothing is yet, the keys of what is copied follow.
    const own = valueAt(layer.value, pointerTo(keys.slice(layer.prefix)))
    const isBlock = own === null || typeof own === 'object'
    const whole = isBlock ? [...read.path, ...suffix] : keys
    if (!layer.own) return addedAt(whole, layers)
    const spot = layer.placed(pointerTo(keys.slice(layer.prefix)))
    // A block in which the keys lead no further is not the value itself.
    const placed = isBlock && kept < suffix.length ? { ...spot, location: nearest(spot.location) } : spot
    return withSite(placed, layer.site(pointerTo(whole.slice(layer.prefix))))
  }
  return undefined
}

/** The default of a chart inside the chart is not edited: its value is given from above, where the keys lead furthest; what a chart is only tried with takes it where nothing else does. */
export function addedAt(keys: readonly string[], layers: readonly Layer[]): Spot | undefined {
  const own = layers.filter((layer) => layer.own)
  const lasting = own.filter((layer) => !layer.trial)
  return furthest(keys, lasting.length > 0 ? lasting : own)
}

function furthest(keys: readonly string[], layers: readonly Layer[]): Spot | undefined {
  for (let kept = keys.length - 1; kept >= 0; kept -= 1) {
    const pointer = pointerTo(keys.slice(0, kept))
    const layer = layers.find(({ value }) => valueAt(value, pointer) !== undefined)
    if (layer === undefined) continue
    const spot = layer.placed(pointer)
    return withSite({ ...spot, location: nearest(spot.location) }, layer.site(pointerTo(keys)))
  }
  return undefined
}
