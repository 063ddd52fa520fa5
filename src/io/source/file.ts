// Single files at an address, as kustomize takes them.

import { urlOf, withoutLogin } from '../../render/allowance.ts'
import { type FetchedFile, type Pin, type SourceFailure, sourceFailure, type WantedFile } from '../../render/source.ts'
import { digestOf } from './cache.ts'
import { wrongDigest } from './chart-repository.ts'
import { shown, type Web } from './web.ts'

const largestFile = 16 * 1_024 * 1_024

export async function fetchFile(web: Web, { url: address, digest }: WantedFile): Promise<FetchedFile | SourceFailure> {
  const url = urlOf(address)
  if (url === undefined)
    return sourceFailure('bad-reference', `file ${withoutLogin(address)} was not fetched: that is no address`, 'Write https://…')
  const wish = `file ${shown(url)}`
  const answer = await web({ url, wish, largest: largestFile })
  if (!answer.ok) return answer
  const actual = digestOf(answer.body)
  if (digest !== undefined && digest !== actual) return wrongDigest(wish, { expected: digest, actual, from: shown(answer.url) })
  return { ok: true, bytes: answer.body, digest: actual, pin: digest === undefined ? pinOf(url) : 'content' }
}

/** A commit in the address ties its content where the host is one of git's; a version in it is its publisher's promise. */
function pinOf({ pathname }: URL): Pin {
  const parts = pathname.split('/')
  if (parts.some((part) => /^[\da-f]{40}$/.test(part))) return 'content'
  return parts.some((part) => /^v?\d+\.\d+\.\d+/.test(part)) ? 'version' : 'none'
}
