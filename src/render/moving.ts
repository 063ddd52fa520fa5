// What an address means tomorrow: whether the thing behind it can become another without a word in this repository changing.

import { isCommit, isRange } from './git-address.ts'
import { remoteBaseOf } from './remote-base.ts'

/** Why what an address names may be another thing tomorrow. `repository`: where its commits are asked for, if that is known. */
export type Moving =
  /** A branch, or a name that is not known to be anything else. */
  | { readonly kind: 'branch'; readonly ref: string; readonly repository: string }
  /** Nothing is named, so the branch is meant that the repository calls its default. */
  | { readonly kind: 'default'; readonly repository: string }
  /** The newest release at the time. */
  | { readonly kind: 'latest' }
  /** An address of a file in which no version stands. */
  | { readonly kind: 'address' }

/** A file in a repository of GitHub or GitLab: what stands before its ref, the ref, and what follows. */
type RawFile = {
  readonly repository: string
  readonly before: string
  readonly ref: string
  readonly after: string
}

/** Undefined for what is tied to a commit, a release or a version, and for what holds a variable. */
export function movingIn(address: string): Moving | undefined {
  if (/\$|\{\{|`|<[a-z_-]+>/i.test(address)) return undefined
  if (/\/releases\/latest\/download\/|\/download\/latest\//i.test(address)) return { kind: 'latest' }
  const raw = rawFileOf(address)
  if (raw !== undefined) return isMovingRef(raw.ref) ? { kind: 'branch', ref: raw.ref, repository: raw.repository } : undefined
  const base = remoteBaseOf(address)
  if (base === undefined) return undefined
  if (base.kind === 'file') return /\d+[._-]\d+|[\da-f]{40}|\/download\//i.test(base.url) ? undefined : { kind: 'address' }
  if (base.ref === undefined) return { kind: 'default', repository: base.url }
  return isMovingRef(base.ref) ? { kind: 'branch', ref: base.ref, repository: base.url } : undefined
}

/** Release branches bear a version and go on all the same. */
const branchName = /^(?:refs\/heads\/|(?:release|rel|stable|branch)[-/_])|\.x$/i

/** Whether a name of git goes on meaning other commits: not a commit, and not a tag as versions are tagged. */
export function isMovingRef(ref: string): boolean {
  if (isCommit(ref) || /^refs\/tags\//.test(ref)) return false
  return branchName.test(ref) || isRange(ref) || !/\d+\.\d+|^v\d+$|\d{8}/.test(ref)
}

/** The parts of an address of a raw file; undefined for any other address. */
function rawFileOf(address: string): RawFile | undefined {
  const [, start = '', owner = '', name = '', more = '', ref = '', after = ''] =
    /^(https:\/\/raw\.githubusercontent\.com\/)([^/?#]+)\/([^/?#]+)(\/)((?:refs\/(?:heads|tags)\/)?[^/?#]+)(\/.+)$/i.exec(address) ??
    /^(https:\/\/github\.com\/)([^/?#]+)\/([^/?#]+)(\/(?:raw|blob)\/)((?:refs\/(?:heads|tags)\/)?[^/?#]+)(\/.+)$/i.exec(address) ??
    /^(https:\/\/gitlab\.com\/)((?:[^/?#]+\/)*[^/?#]+)\/([^/?#]+)(\/-\/raw\/)([^/?#]+)(\/.+)$/i.exec(address) ??
    []
  if (ref === '') return undefined
  const host = start.replace('raw.githubusercontent.com', 'github.com')
  return { repository: `${host}${owner}/${name}`, before: `${start}${owner}/${name}${more}`, ref, after }
}

/** The address with a commit in the place of its ref; undefined where it has no such place. */
export function pinnedAddress(address: string, commit: string): string | undefined {
  const raw = rawFileOf(address)
  if (raw !== undefined) return `${raw.before}${commit}${raw.after}`
  if (remoteBaseOf(address)?.kind !== 'git') return undefined
  const [start = '', query = ''] = address.split('?', 2)
  const options = query.split('&').filter((option) => option !== '' && !/^(?:ref|version)=/.test(option))
  return `${start}?${[...options, `ref=${commit}`].join('&')}`
}
