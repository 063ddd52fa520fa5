// The tags of a repository, page by page.

import { type SourceFailure, sourceFailure } from '../../render/source.ts'
import type { Session } from './registry-session.ts'
import { addressIn, shown } from './web.ts'

const mostPages = 50
const largestPage = 4 * 1_024 * 1_024

/** All tags, as far as fifty pages go. */
export async function tagsOf(session: Session, wish: string): Promise<readonly string[] | SourceFailure> {
  const tags: string[] = []
  let next: string | undefined = 'tags/list'
  for (let page = 0; next !== undefined && page < mostPages; page += 1) {
    const answer = await session(next, { wish, largest: largestPage })
    if (!answer.ok) return answer
    const listed = listIn(answer.body)
    if (listed === undefined) {
      return sourceFailure('unreadable', `${wish} was not fetched: ${shown(answer.url)} sent no list of tags`, 'Write an exact version.')
    }
    tags.push(...listed)
    next = followingIn(answer.headers['link'], answer.url)
  }
  return tags
}

function listIn(body: Buffer): readonly string[] | undefined {
  try {
    const value: unknown = JSON.parse(body.toString('utf8'))
    if (typeof value !== 'object' || value === null || !('tags' in value)) return undefined
    const tags: unknown = value.tags ?? []
    return Array.isArray(tags) ? tags.filter((tag) => typeof tag === 'string') : undefined
  } catch {
    return undefined
  }
}

/** The next page, by its path and query: it lies where this one does. */
function followingIn(link: string | string[] | undefined, from: URL): string | undefined {
  const [, address] = /<([^>]+)>\s*;\s*rel="?next"?/.exec(String(link ?? '')) ?? []
  const url = address === undefined ? undefined : addressIn(address, from)
  return url === undefined || url.origin !== from.origin ? undefined : `${url.pathname}${url.search}`
}
