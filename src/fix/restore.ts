// What a change widened, put back as it stood before: the first thing that the author of a change would be asked for.

import { isDeepStrictEqual } from 'node:util'
import type { Finding } from '../finding/finding.ts'
import { keyOf, unnamed } from '../finding/identity.ts'
import { imageOf } from '../resource/image.ts'
import { isMapping } from '../resource/read.ts'
import type { Resource } from '../resource/resource.ts'
import { below, pointerTo, segmentsOf, valueAt } from '../text/pointer.ts'
import { type Change, type Json, plain } from '../yaml/change.ts'
import type { Context } from './context.ts'
import { removalOf } from './meaning.ts'

const breaks = 'What the change meant to allow stays forbidden: this puts back what stood here before.'

/** How the two are told. */
export const restoring = { title: 'Put back what stood here before', safety: 'unsafe', breaks } as const
export const withdrawing = { title: 'Take out what was added here', safety: 'unsafe', breaks } as const

/** Changes that put back what the object had at the place of the finding before the change; undefined where it had nothing there, or something else was meant. */
export function restoration({ finding: { rule, resource, pointer }, item, podPointer, before }: Context): readonly Change[] | undefined {
  if (before === undefined || !isRestored(rule, resource)) return undefined
  const places = [
    // The rights of an entry are what its lists say together.
    rule.each === 'rbac-rule' ? item : pointer,
    ...(rule.inherits === true ? [podPointer + pointer.slice(item.length)] : []),
  ]
  for (const place of places) {
    const then = valueBefore(resource, before, place)
    const now = valueAt(resource.value, place)
    if (then === undefined || !isRestorable(place, now, then)) continue
    const changes = changesTo(plain(then) as Json, now, place)
    if (changes.length > 0) return changes
  }
  return undefined
}

/** Changes that take out what the change added, at the place of the finding, to a part of the object that was there before; undefined where the part is new too. */
export function withdrawal({ finding: { rule, resource }, here, item, before }: Context): readonly Change[] | undefined {
  if (before === undefined || !isRestored(rule, resource)) return undefined
  const now = valueAt(resource.value, here)
  const wasThere = valueBefore(resource, before, item) !== undefined && valueBefore(resource, before, here) === undefined
  if (now === undefined || !wasThere || here === item) return undefined
  return [removalOf(here, resource)]
}

/** What is secret is written nowhere, and another version of what comes from elsewhere is what such a change is about. */
function isRestored({ sensitive, topic }: Finding['rule'], { id }: Resource): boolean {
  return !sensitive && topic !== 'third-party' && id.kind !== 'Secret'
}

function valueBefore(now: Resource, before: Resource, place: string): unknown {
  const origin = placeBefore(now.value, before.value, place)
  return origin === undefined ? undefined : valueAt(before.value, origin)
}

/** Another version of an image is what a change is about; the same one without its pin is not, nor is a tag that moves. */
function isRestorable(place: string, now: unknown, then: unknown): boolean {
  if (!place.endsWith('/image') || typeof now !== 'string' || typeof then !== 'string') return true
  const [image, old] = [imageOf(now), imageOf(then)]
  const isSame = image.registry === old.registry && image.repository === old.repository
  return isSame && ([old.tag, 'latest', ''] as readonly string[]).includes(image.tag)
}

/** The place that a place of the object had before: items of lists are known by their names, else by their numbers where none came or went. */
function placeBefore(now: unknown, then: unknown, pointer: string): string | undefined {
  const way = segmentsOf(pointer)
  let origin = ''
  for (const [depth, segment] of way.entries()) {
    const [list, old] = [valueAt(now, pointerTo(way.slice(0, depth))), valueAt(then, origin)]
    if (!Array.isArray(list)) origin = below(origin, segment)
    else {
      if (!Array.isArray(old)) return undefined
      const name = nameIn(now, pointerTo(way.slice(0, depth + 1)))
      const sameNumber = list.length === old.length ? Number(segment) : -1
      const number = name === unnamed ? sameNumber : old.findIndex((_, at) => nameIn(then, below(origin, at)) === name)
      if (number < 0) return undefined
      origin = below(origin, number)
    }
  }
  return origin
}

/** By what an item of a list is known. */
function nameIn(object: unknown, pointer: string): string | undefined {
  return keyOf(object, pointer, false).at(-1)
}

/** The smallest changes that make one value another: items of lists of words one by one, so that comments and order stay. */
function changesTo(then: Json, now: unknown, at: string): readonly Change[] {
  if (isWords(then) && isWords(now)) {
    const added = now.filter((word) => !then.includes(word))
    const missing = then.filter((word) => !now.includes(word))
    return [
      ...missing.map((value): Change => ({ op: 'append', pointer: at, value })),
      ...added.map((item): Change => ({ op: 'remove', pointer: at, item })),
    ]
  }
  if (!isObject(then) || !isMapping(now)) return isDeepStrictEqual(then, plain(now)) ? [] : [{ op: 'set', pointer: at, value: then }]
  const added = Object.keys(now).filter((key) => !Object.hasOwn(then, key))
  return [
    ...Object.entries(then).flatMap(([key, value]) => changesTo(value, now[key], below(at, key))),
    ...added.map((key): Change => ({ op: 'remove', pointer: below(at, key) })),
  ]
}

function isWords(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((word) => typeof word === 'string')
}

function isObject(value: Json): value is { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
