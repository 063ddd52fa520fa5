// Other git repositories, at one commit: asked over https as the policy allows, fetched by git, read as a tree.

import { createHash, randomUUID } from 'node:crypto'
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Tree } from '../../change/tree.ts'
import { hostOf, withoutLogin } from '../../render/allowance.ts'
import { chooseVersion } from '../../render/chart-version.ts'
import { commitWish, isCommit, isRange, isRef, repositoryIn } from '../../render/git-address.ts'
import { type FetchedGit, type FoundCommit, type Pin, type SourceFailure, sourceFailure, type WantedGit } from '../../render/source.ts'
import { reasonIn, tryGit } from '../git.ts'
import { openFetched } from '../git-objects.ts'
import { commitTree } from '../git-tree.ts'
import type { Means } from './chart-repository.ts'
import { fetchCommit, type GitFailure, listRefs, listTags, wantedRef } from './git-fetch.ts'
import type { Logins } from './login.ts'
import { shown, type Web } from './web.ts'

/** Servers of the first protocol list all refs in their first answer. */
const largestGreeting = 16 * 1_024 * 1_024

export type GitMeans = Pick<Means, 'web' | 'folder'> & {
  readonly logins: Logins
  /** For one fetch, in milliseconds. */
  readonly time: number
  /** Of one fetch, in bytes. */
  readonly largest: number
}

/** Fetches a repository at one commit. */
export async function fetchGit(means: GitMeans, { url: address, ref }: WantedGit): Promise<FetchedGit | SourceFailure> {
  const wish = `git repository ${nameOf(address)}${ref === undefined ? '' : ` at ${ref.slice(0, 100)}`}`
  const url = repositoryIn(address)
  if (url === undefined)
    return sourceFailure('unsupported', `${wish} was not fetched: it has no address over https`, 'Write https://host/owner/repository.')
  if (ref !== undefined && !isRef(ref) && !isRange(ref))
    return sourceFailure('bad-reference', `${wish} was not fetched: that is no name git allows`, 'Write a commit, a tag or a branch.')
  const met = await greet(means, url, wish)
  if ('ok' in met) return met
  const shelf = join(means.folder, 'git', createHash('sha256').update(met.url.href).digest('hex'))
  const fetch = { ...means, url: met.url, wish, authorization: means.logins.git(hostOf(met.url)) }
  const named = isRange(ref) ? await tagIn(ref, shelf, fetch) : ref
  if (typeof named === 'object') return named
  const have = isCommit(named) && existsSync(join(shelf, named)) ? named : await fetchInto(shelf, { ...fetch, ref: named })
  if (typeof have !== 'string') return have
  const tree = inside(
    commitTree(openFetched(join(shelf, have)), have, { revision: `${shown(url)}@${have.slice(0, 12)}`, wanted: () => false }),
  )
  return { ok: true, commit: have, tree, pin: isRange(ref) ? 'none' : pinOf(ref) }
}

/** Asks which commit a tag, a branch or the default branch is; nothing is fetched. */
export async function findCommit(means: GitMeans, { url: address, ref }: WantedGit): Promise<FoundCommit | SourceFailure> {
  const wish = commitWish(address, ref)
  const url = repositoryIn(address)
  if (url === undefined)
    return sourceFailure('unsupported', `${wish} was not looked up: it has no address over https`, 'Write https://host/owner/repository.')
  if (ref !== undefined && !isRef(ref))
    return sourceFailure('bad-reference', `${wish} was not looked up: that is no name git allows`, 'Write a tag or a branch.')
  if (isCommit(ref)) return { ok: true, commit: ref }
  const met = await greet(means, url, wish)
  if ('ok' in met) return met
  const folder = join(means.folder, 'git', `draft-${randomUUID()}`)
  try {
    const names = ref === undefined ? ['HEAD'] : [`refs/tags/${ref}^{}`, `refs/tags/${ref}`, `refs/heads/${ref}`, `${ref}^{}`, ref]
    const refs = await listRefs({ ...means, folder, url: met.url, authorization: means.logins.git(hostOf(met.url)) }, names)
    if ('kind' in refs) return failureOf(refs, wish, means.largest)
    // The order in which git itself takes a name.
    const commit = names.map((name) => refs.get(name)).find((found) => found !== undefined)
    return commit === undefined
      ? sourceFailure('not-found', `${wish} was not found: there is no such tag or branch`, 'Check the name.')
      : { ok: true, commit }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Git's own checks are off for the sake of old repositories: a name that leads out of the tree is left out here. */
function inside(tree: Tree): Tree {
  const leads = (path: string) => path.split('/').some((part) => part === '..' || part === '.' || part === '')
  return { ...tree, files: tree.files.filter(({ path }) => !leads(path)), read: (path) => (leads(path) ? undefined : tree.read(path)) }
}

function pinOf(ref: string | undefined): Pin {
  if (isCommit(ref)) return 'content'
  return ref !== undefined && /^(?:refs\/tags\/|v?\d+\.\d+)/.test(ref) ? 'version' : 'none'
}

/** Credentials in an address are not repeated. */
function nameOf(address: string): string {
  const url = repositoryIn(address)
  return url === undefined ? withoutLogin(address) : shown(url)
}

/** Asks whether the repository is there and open to this run, and where it really is: git itself follows no redirect and says little about refusals. */
async function greet(
  { web, logins }: { readonly web: Web; readonly logins: Logins },
  url: URL,
  wish: string,
): Promise<{ readonly url: URL } | SourceFailure> {
  const greeting = new URL(`${url.href}/info/refs?service=git-upload-pack`)
  const answer = await web({
    url: greeting,
    wish,
    largest: largestGreeting,
    headers: { 'git-protocol': 'version=2', accept: 'application/x-git-upload-pack-advertisement' },
    authorize: (at) => logins.git(hostOf(at)),
  })
  if (!answer.ok) return answer
  if (answer.headers['content-type'] !== 'application/x-git-upload-pack-advertisement' || !answer.url.pathname.endsWith('/info/refs')) {
    return sourceFailure('unreadable', `${wish} was not fetched: ${shown(url)} is no git repository`, 'Check the address.')
  }
  return { url: new URL(answer.url.pathname.slice(0, -'/info/refs'.length), answer.url) }
}

type Ask = GitMeans & { readonly url: URL; readonly wish: string; readonly authorization: string | undefined }
type Fetch = Ask & { readonly ref: string | undefined }

/** Flux and Argo CD take a range of versions where a tag stands: the newest tag in it is meant. */
async function tagIn(range: string, shelf: string, { url, wish, authorization, time, largest }: Ask): Promise<string | SourceFailure> {
  const folder = join(shelf, `draft-${randomUUID()}`)
  try {
    const tags = await listTags({ folder, url, authorization, time, largest })
    if ('kind' in tags) return failureOf(tags, wish, largest)
    const tag = chooseVersion(tags, range)
    return tag === undefined
      ? sourceFailure('not-found', `${wish} was not fetched: no tag lies in that range`, 'Write a commit or a tag.')
      : `refs/tags/${tag}`
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** The commit that was fetched; another run sees the whole of it or nothing. */
async function fetchInto(shelf: string, { url, ref = 'HEAD', wish, authorization, time, largest }: Fetch): Promise<string | SourceFailure> {
  const draft = join(shelf, `draft-${randomUUID()}`)
  try {
    mkdirSync(draft, { recursive: true, mode: 0o700 })
    const end = await fetchCommit({ folder: draft, url, ref, authorization, time, largest })
    if (end.kind !== 'done') return failureOf(end, wish, largest)
    const { status, out, error } = tryGit(draft, ['rev-parse', '--verify', '--quiet', `${wantedRef}^{commit}`], { alone: true })
    const commit = out.toString('utf8').trim()
    if (status !== 0)
      return sourceFailure(
        'not-found',
        `${wish} was not fetched: that is no commit (${reasonIn(error)})`,
        'Write a commit, a tag or a branch.',
      )
    if (isCommit(ref) && commit !== ref)
      return sourceFailure('wrong-digest', `${wish} was not used: the host sent ${commit}`, 'Ask who runs the host.')
    const place = join(dirname(draft), commit)
    if (!existsSync(place)) renameSync(draft, place)
    return commit
  } finally {
    rmSync(draft, { recursive: true, force: true })
  }
}

function failureOf(end: GitFailure, wish: string, largest: number): SourceFailure {
  const start = `${wish} was not fetched:`
  switch (end.kind) {
    case 'no-git':
      return sourceFailure('unsupported', `${start} git was not found`, 'Install git.')
    case 'slow':
      return sourceFailure('slow', `${start} it took too long`, 'Try again later, or keep a copy in the repository.')
    case 'large':
      return sourceFailure(
        'too-large',
        `${start} it has more than ${Math.floor(largest / 1_048_576)} MiB`,
        'Keep what is needed of it in the repository.',
      )
    case 'failed': {
      const status = /RPC failed; HTTP (\d{3})/.exec(end.error)?.[1]
      const reason = status === undefined ? reasonIn(end.error) : `the host answered ${status}`
      const absent = /couldn't find remote ref|not our ref|no such remote ref|unadvertised object/i.test(reason)
      if (absent)
        return sourceFailure('not-found', `${start} there is no such commit, tag or branch`, 'Check the name; a commit is written in full.')
      return sourceFailure(
        status === '429' ? 'busy' : 'unavailable',
        `${start} ${reason}`,
        'Try again later, or fetch it by hand to see why.',
      )
    }
    default:
      return end satisfies never
  }
}
