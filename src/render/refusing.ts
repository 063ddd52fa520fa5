// The ports of a run whose policy allows nothing: they name the line that would.

import { refusalOf, urlOf, withoutLogin } from './allowance.ts'
import { commitWish, repositoryIn } from './git-address.ts'
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
  image: async ({ image }) =>
    refused(urlOf(`https://${/^(?:[^/]*[.:][^/]*|localhost)\//.test(image) ? '' : 'docker.io/'}${image}`), `the digest of ${image}`),
}

function refused(url: URL | undefined, wish: string): SourceFailure {
  const refusal = url === undefined ? undefined : refusalOf(url, [], wish)
  return refusal ?? sourceFailure('bad-reference', `${wish} was not fetched: that is no address`, 'Write https://… or oci://…')
}
