// Where an image lies, and what is asked of its registry, in the words that answers begin with.

import { imageOf } from '../resource/image.ts'
import { type SourceFailure, sourceFailure } from './source.ts'

const part = '[a-z\\d]+(?:(?:\\.|_|__|-+)[a-z\\d]+)*'
/** How registries name repositories, as a pattern. */
export const repositoryForm = `${part}(?:/${part})*`

export type ImageAddress = {
  readonly host: string
  readonly repository: string
  /** A digest or a tag. */
  readonly reference: string
}

/** Where an image is asked for. What names no registry comes from the Docker Hub, and there from `library` where it names no owner. Undefined for what is no image. */
export function imageAddress(image: string): ImageAddress | undefined {
  const { registry, repository: path, tag, digest } = imageOf(image)
  const repository = registry === '' && !path.includes('/') ? `library/${path}` : path
  const reference = digest !== '' ? digest : tag !== '' ? tag : 'latest'
  const isNamed = /^(?:\w[\w.-]{0,127}|sha256:[\da-f]{64})$/.test(reference)
  if (!isNamed || image.length > 1_024 || !new RegExp(`^${repositoryForm}$`).test(repository)) return undefined
  return { host: registry === '' ? 'docker.io' : registry, repository, reference }
}

/** The answer for what is no image. */
export function noImage(wish: string): SourceFailure {
  return sourceFailure('bad-reference', `${wish} was not looked up: that is no image`, 'Write registry/owner/name:tag.')
}

/** The digest of an image now. */
export function digestWish(image: string): string {
  return `the digest of ${image.slice(0, 300)}`
}

/** The user that its configuration names. */
export function userWish(image: string): string {
  return `the user that ${image.slice(0, 300)} starts as`
}
