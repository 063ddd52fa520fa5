// Whether an address of a git repository is that of the repository that is looked at.

/**
 * An address without what may be written in several ways: `git@github.com:Acme/Shop.git`, `ssh://git@github.com:22/acme/shop` and `https://github.com/acme/shop/` are all `github.com/acme/shop`.
 */
export function normalRepository(url: string): string {
  const bare = url
    .trim()
    .toLowerCase()
    .replace(/^[a-z][a-z0-9+.-]*:\/\//, '')
    .replace(/^[^@/]*@/, '')
    .replace(/[?#].*$/, '')
  // `host:owner/name` of scp; a port is digits up to a slash.
  const joined = bare.replace(/^([^/:]+):(\d+(?=\/))?\/?/, '$1/')
  return joined
    .replace(/\/+/g, '/')
    .replace(/\/$/, '')
    .replace(/\.git$/, '')
}

/** A use of an address: whether the path that is wanted of it stands in this tree. */
export type RepositoryUse = { readonly url: string; readonly present: boolean }

/**
 * A function that says whether an address means this repository: it is one of `origins`; or, where no address in use is, it is the only one of whose paths at least one stands in the tree
 * (a mirror, or a run that knows no origin). Two such addresses decide nothing.
 */
export function isHereBy(origins: readonly string[], uses: readonly RepositoryUse[]): (url: string) => boolean {
  const known = new Set(origins.map(normalRepository))
  const used = uses.map(({ url, present }) => ({ url: normalRepository(url), present }))
  if (used.some(({ url }) => known.has(url))) return (url) => known.has(normalRepository(url))
  const present = new Set(used.filter((use) => use.present && !use.url.includes('{{')).map(({ url }) => url))
  const [only] = present
  return (url) => known.has(normalRepository(url)) || (present.size === 1 && normalRepository(url) === only)
}
