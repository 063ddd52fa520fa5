// What the build files of public images say of the users that they start as, and that they can be started as.

import { compareVersions, minorVersion } from '../../kubernetes/version.ts'
import { imageOf } from '../../resource/image.ts'
import table from './known-image.json' with { type: 'json' }

/**
 * `own`: it starts as this user, so that to name it changes nothing. `any`: it works as this user where it is told to, since its files belong to it. `tool`: it does what its command
 * says and nothing else. `root`: it starts as root since it has to; the advice is the end of a sentence that begins with the image.
 */
export type KnownImage =
  | { readonly kind: 'own' | 'any' | 'tool'; readonly user: number }
  | { readonly kind: 'root'; readonly advice: string }

type Entry = KnownImage & {
  /** As Docker Hub calls them, with the registry where it is another one; a name that ends with `/` stands for all images in that folder. */
  readonly images: readonly string[]
  /** How a part of the tag has to begin. */
  readonly tag?: string
  /** The first minor version for which it holds. */
  readonly since?: string
}

const byImage = new Map<string, Entry[]>()
const entries: readonly Entry[] = [
  ...table.own.map((entry) => ({ kind: 'own' as const, ...entry })),
  ...table.any.map((entry) => ({ kind: 'any' as const, ...entry })),
  ...table.tool.map((entry) => ({ kind: 'tool' as const, ...entry })),
  ...table.root.map((entry) => ({ kind: 'root' as const, ...entry })),
]
for (const entry of entries) for (const image of entry.images) byImage.set(image, [...(byImage.get(image) ?? []), entry])

const bySudo = new Map(table.sudo.flatMap(({ images, advice }) => images.map((image) => [image, advice] as const)))

/** How an image gains rights by sudo, as the end of a sentence that begins with the image; undefined where nothing is known of it. */
export function sudoOf(reference: string): string | undefined {
  return bySudo.get(nameOf(reference))
}

/** As Docker Hub calls it; with the registry where it is another one. */
function nameOf(reference: string): string {
  const { registry, repository } = imageOf(reference)
  return registry === '' || registry === 'docker.io' ? repository.replace(/^library\//, '') : `${registry}/${repository}`
}

/** What is known of an image; of several entries the first that holds for its tag. */
export function knownImage(reference: string): KnownImage | undefined {
  const { tag } = imageOf(reference)
  const name = nameOf(reference)
  const folder = name.slice(0, name.lastIndexOf('/') + 1)
  return [name, folder].flatMap((key) => byImage.get(key) ?? []).find((entry) => holdsFor(entry, tag))
}

function holdsFor({ tag: wanted, since }: Entry, tag: string): boolean {
  if (wanted !== undefined && !tag.split('-').some((part) => part.startsWith(wanted))) return false
  if (since === undefined || tag === '' || tag === 'latest') return true
  const version = minorVersion(tag)
  return version !== undefined && compareVersions(version, since) >= 0
}
