// Where the digest of an image goes when the image is put together: values with a key for it, a tag beside a repository, an entry of `images`.

import { posix } from 'node:path'
import { isKustomizationName } from '../discover/filename.ts'
import { imageOf } from '../resource/image.ts'
import { isMapping } from '../resource/read.ts'
import type { Site } from '../trace/spot.ts'
import type { Change } from '../yaml/change.ts'

/** The digest that a change adds to an image and nothing else; undefined for every other change. */
function addedDigest(change: Change, applied: unknown): string | undefined {
  if (change.op !== 'set' || typeof change.value !== 'string' || typeof applied !== 'string') return undefined
  return change.value.startsWith(`${applied}@sha256:`) ? change.value.slice(applied.length + 1) : undefined
}

/** What to change around a place where only a part of the image stands; undefined where the change is no pin, or nothing there takes a digest. */
export function pinnedBeside(change: Change, applied: unknown, { path, pointer, value, holder }: Site): readonly Change[] | undefined {
  const digest = addedDigest(change, applied)
  if (digest === undefined || !isMapping(holder)) return undefined
  const set = (key: string, text: string): Change => ({ op: 'set', pointer: pointer.replace(/[^/]+$/, key), value: text })
  if (isKustomizationName(posix.basename(path)) && /^\/images\/\d+\/\w+$/.test(pointer)) {
    // Kustomize drops the tag where an entry gives a digest alone.
    const { tag } = imageOf(String(applied))
    return [...(holder['newTag'] === undefined && tag !== '' ? [set('newTag', tag)] : []), set('digest', digest)]
  }
  if (value === applied) return undefined
  if (takesText(holder, 'digest')) return [set('digest', digest)]
  if (takesText(holder, 'sha')) return [set('sha', digest.slice('sha256:'.length))]
  const { tag } = holder
  const isPart = (typeof tag === 'string' || typeof tag === 'number') && String(applied).endsWith(`:${tag}`)
  return isPart ? [set('tag', `${tag}@${digest}`)] : undefined
}

/** Whether a key is there and holds a text or nothing yet. */
function takesText(holder: Readonly<Record<string, unknown>>, key: string): boolean {
  return Object.hasOwn(holder, key) && (holder[key] === null || typeof holder[key] === 'string')
}
