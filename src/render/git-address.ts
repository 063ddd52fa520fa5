// Addresses of git repositories, as people and tools write them, as the one over https.

import { urlOf, withoutLogin } from './allowance.ts'

/** The repository over https (http where that is written); undefined for an address that no host stands in. Credentials in it are left out. */
export function repositoryIn(address: string): URL | undefined {
  const bare = address.trim().replace(/^git::/i, '')
  const [, scpHost, scpPath] = /^(?:[\w.-]+@)([\w.-]+):(?!\/\/)\/?(.+)$/.exec(bare) ?? []
  const text = scpHost === undefined ? bare : `https://${scpHost}/${scpPath}`
  const url = urlOf(text.replace(/^(?:git\+)?ssh:\/\/(?:[^@/]*@)?([^/:]+)(?::\d+)?\//i, 'https://$1/'))
  if (url === undefined || !/^https?:$/.test(url.protocol) || url.pathname.length < 2) return undefined
  url.pathname = url.pathname.replace(/\/+$/, '')
  url.search = ''
  url.hash = ''
  return url
}

/** Whether a name can stand for a commit, a tag or a branch; the rules are those of git check-ref-format, and none that looks like an option. */
export function isRef(ref: string): boolean {
  return ref.length <= 255 && !/^[-/+^]|[\s~^:?*[\\\x00-\x1f\x7f]|\.\.|\/\/|@\{|(?:\/|\.|\.lock)$/.test(ref)
}

export function isCommit(ref: string | undefined): ref is string {
  return ref !== undefined && /^(?:[\da-f]{40}|[\da-f]{64})$/.test(ref)
}

/** Whether a range of versions stands where a name could: no name starts with these signs, and none is `1.x`. */
export function isRange(ref: string | undefined): ref is string {
  return ref !== undefined && ref.length <= 256 && /^(?:[<>=^~*!][\w.<>=^~*|!, +-]*|v?\d+(?:\.\d+)?\.x)$/i.test(ref)
}

/** What is asked for, for people: which commit a name is now. */
export function commitWish(url: string, ref: string | undefined): string {
  return `the commit of ${ref?.slice(0, 100) ?? 'the default branch'} of ${withoutLogin(url).replace(/^https?:\/\//, '')}`
}
