// The ports of a run whose policy allows nothing: they name the line that would.

import { refusalOf, urlOf, withoutLogin } from './allowance.ts'
import { commitWish, repositoryIn } from './git-address.ts'
import { digestWish, imageAddress, noImage, userWish } from './image-address.ts'
import { type SourceFailure, type Sources, sourceFailure } from './source.ts'

/** Fetches nothing. */
export const refusing: Sources = {
  chart: async ({ repository, name = '', version = '' }) => {
    const address = repository.replace(/^oci:\/\//i, 'https://').replace(/\/+$/, '')
    return refused(
      urlOf(name === '' ? address : `${address}/${name}`),
      `chart ${name === '' ? withoutLogin(repository) : name} ${version}`.trim(),
    )
  },
  git: async ({ url, ref }) =>
    refused(repositoryIn(url), `git repository ${withoutLogin(url).replace(/^https?:\/\//, '')}${ref === undefined ? '' : ` at ${ref}`}`),
  commit: async ({ url, ref }) => refused(repositoryIn(url), commitWish(url, ref)),
  file: async ({ url }) => refused(urlOf(url), `file ${withoutLogin(url)}`),
  image: async ({ image }) => registryRefused(image, digestWish(image)),
  user: async ({ image }) => registryRefused(image, userWish(image)),
}

function registryRefused(image: string, wish: string): SourceFailure {
  const address = imageAddress(image)
  return address === undefined ? noImage(wish) : refused(urlOf(`https://${address.host}/${address.repository}`), wish)
}

function refused(url: URL | undefined, wish: string): SourceFailure {
  const refusal = url === undefined ? undefined : refusalOf(url, [], wish)
  return refusal ?? sourceFailure('bad-reference', `${wish} was not fetched: that is no address`, 'Write https://… or oci://…')
}
