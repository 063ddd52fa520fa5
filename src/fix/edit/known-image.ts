// What the build files of public images say of the users that they start as, and that they can be started as.

import { compareVersions, minorVersion } from '../../kubernetes/version.ts'
import { imageOf } from '../../resource/image.ts'
import table from './known-image.json' with { type: 'json' }

/**
 * `own`: it starts as this user, so that to name it changes nothing. `any`: it starts as root and works as this user where it is told to, since its files belong to it. `tool`: it does
 * what its command says and nothing else. `root`: it starts as root since it has to; the advice is the end of a sentence that begins with the image.
 */
export type KnownImage =
  | { readonly kind: 'own' | 'any' | 'tool'; readonly user: number }
  | { readonly kind: 'root'; readonly advice: string }

type Entry = {
  /** As Docker Hub calls it, with the registry where it is another one; all images below it where it ends with `/`. */
  readonly image: string
  /** What a part of the tag has to begin with. */
  readonly tag?: string
  /** The first minor version for which it holds. */
  readonly since?: string
}

const all: readonly (Entry & KnownImage)[] = [
  ...table.own.map((entry) => ({ kind: 'own' as const, ...entry })),
  ...table.any.map((entry) => ({ kind: 'any' as const, ...entry })),
  ...table.tool.map((entry) => ({ kind: 'tool' as const, ...entry })),
  ...table.root.map((entry) => ({ kind: 'root' as const, ...entry })),
]

/** What is known of an image; the first entry counts. */
export function knownImage(reference: string): KnownImage | undefined {
  const { registry, repository, tag } = imageOf(reference)
  const isHub = registry === '' || registry === 'docker.io'
  const name = isHub ? repository.replace(/^library\//, '') : `${registry}/${repository}`
  const folder = name.slice(0, name.lastIndexOf('/') + 1)
  return all.find((entry) => (entry.image === name || entry.image === folder) && isOfTag(entry, tag))
}

function isOfTag({ tag: wanted, since }: Entry, tag: string): boolean {
  if (wanted !== undefined && !tag.split('-').some((part) => part.startsWith(wanted))) return false
  if (since === undefined || tag === '' || tag === 'latest') return true
  const version = minorVersion(tag)
  return version !== undefined && compareVersions(version, since) >= 0
}
