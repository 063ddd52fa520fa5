// What an entry of a kustomization fetches: one file, or a folder of a git repository.

/** `path` is the folder in the repository, empty for its root. */
export type RemoteBase =
  | { readonly kind: 'file'; readonly url: string }
  | { readonly kind: 'git'; readonly url: string; readonly path: string; readonly ref?: string }

/** Reads an entry as kustomize does; undefined for one that is a path in the tree. */
export function remoteBaseOf(entry: string): RemoteBase | undefined {
  const text = entry.trim().replace(/^git::/i, '')
  const [, address = '', query = ''] = /^([^?]*)\??(.*)$/s.exec(text) ?? []
  if (/^https?:\/\//i.test(address) && isFile(address)) return { kind: 'file', url: text }
  const split = partsOf(address)
  if (split === undefined) return undefined
  const options = new URLSearchParams(query)
  const ref = options.get('ref') ?? options.get('version') ?? ''
  return { kind: 'git', ...split, ...(ref === '' ? {} : { ref }) }
}

/** Kustomize asks the address first and clones what is no file; what it is shows in its name. */
function isFile(address: string): boolean {
  return /\.(?:ya?ml|json)$/i.test(address) || /^https?:\/\/raw\.githubusercontent\.com\/|\/releases\/download\//i.test(address)
}

const hosts = /^(?:www\.)?(?:github\.com|gitlab\.com|bitbucket\.org)[/:]/i

/** The repository and the folder in it: parted by `//`, by `.git/` or `_git/NAME/`, else after owner and name. */
function partsOf(address: string): { readonly url: string; readonly path: string } | undefined {
  const [, start = '', rest = ''] = /^([a-z][a-z0-9+.-]*:\/\/[^/]+\/|[\w.-]+@[\w.-]+:)(.+)$/i.exec(address) ?? bare(address) ?? []
  if (start === '' || rest === '') return undefined
  const [, repository = '', path = ''] =
    /^(.+?)\/\/(.*)$/s.exec(rest) ??
    /^(.+?\.git)(?:\/(.*))?$/s.exec(rest) ??
    /^(.*?_git\/[^/]+)(?:\/(.*))?$/s.exec(rest) ??
    /^([^/]+\/[^/]+)(?:\/(.*))?$/s.exec(rest) ??
    []
  if (repository === '') return undefined
  return { url: `${start}${repository}`, path: path.replace(/^\/+|\/+$/g, '') }
}

function bare(address: string): readonly string[] | undefined {
  if (!hosts.test(address)) return undefined
  const at = address.search(/[/:]/)
  return [address, `https://${address.slice(0, at)}/`, address.slice(at + 1)]
}
