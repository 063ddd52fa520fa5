// Which paths a team wants looked at: `.plimsollignore` with the meaning of .gitignore, and the globs of the configuration.

import ignore from 'ignore'
import picomatch from 'picomatch'

export type Selection = {
  /** Lines of `.plimsollignore`. */
  readonly ignore: readonly string[]
  /** Globs; empty means all. */
  readonly include: readonly string[]
  readonly exclude: readonly string[]
  /** The folder from which all of them are written; a path outside it is not meant. The tree itself where there is none. */
  readonly root?: string
}

/** A target that the configuration adds, or (`render: false`) does not want. */
export type DeclaredTarget = {
  /** The configuration's own file, for people. */
  readonly source: string
  /** A folder or a packed chart; with `render: false` a glob. */
  readonly path: string
  readonly render?: boolean
  readonly kind?: 'chart' | 'kustomization' | 'manifests'
  readonly name?: string
  readonly values?: readonly string[]
  readonly release?: string
  readonly namespace?: string
  readonly 'kubernetes-version'?: string
  readonly environment?: string
}

/** An environment that the configuration names; a file belongs to the first whose glob matches. */
export type NamedEnvironment = { readonly name: string; readonly paths: readonly string[] }

/** Everything that decides what is looked at and rendered: the policy's word, and what the run knows of the repository. */
export type Settings = Selection & {
  /** The folder that the run is about; all of the tree where it is empty or absent. */
  readonly below?: string
  readonly targets?: readonly DeclaredTarget[]
  /** Named environments: what a root lands in whose file one of the globs matches, whatever else its place speaks of. */
  readonly environments?: readonly NamedEnvironment[]
  /** Addresses of this repository. */
  readonly origins?: readonly string[]
  /** Parameters for generators of ApplicationSets whose data no repository holds, by kind of generator. */
  readonly generators?: Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>>
  /** What came from elsewhere, and what did not though it looks so, by globs. */
  readonly thirdParty?: { readonly paths: readonly string[]; readonly own: readonly string[] }
}

/** Why a path is left out, for people. */
export type LeftOut = { readonly reason: 'ignored' | 'excluded'; readonly detail: string }

/** A function that says why a path is left out; undefined where it is not. */
export function leaveOut(selection: Selection): (path: string) => LeftOut | undefined {
  const ignored = ignoredBy(selection.ignore)
  const included = selection.include.map(globOf)
  const excluded = selection.exclude.map((glob) => ({ glob, matches: globOf(glob) }))
  return (whole) => {
    const path = pathIn(whole, selection.root)
    if (path === undefined) return undefined
    const rule = ignored(path)
    if (rule !== undefined) return { reason: 'ignored', detail: rule }
    const hit = excluded.find(({ matches }) => matches(path))
    if (hit !== undefined) return { reason: 'excluded', detail: `paths.exclude: ${hit.glob}` }
    if (included.length > 0 && !included.some((matches) => matches(path)))
      return { reason: 'excluded', detail: 'no glob of paths.include matches' }
    return undefined
  }
}

/** A path as it is written from `root`; undefined outside it. */
export function pathIn(path: string, root = ''): string | undefined {
  if (root === '') return path
  return path.startsWith(`${root}/`) ? path.slice(root.length + 1) : undefined
}

function ignoredBy(lines: readonly string[]): (path: string) => string | undefined {
  if (lines.every((line) => line.trim() === '' || line.startsWith('#'))) return () => undefined
  const manager = ignore({ ignorecase: false, allowRelativePaths: true })
  manager.add(lines.map((pattern, index) => ({ pattern, mark: String(index + 1) })))
  return (path) => {
    const { rule } = manager.test(path)
    return rule === undefined ? undefined : `.plimsollignore:${rule.mark}: ${rule.pattern}`
  }
}

/** A glob as a function of paths: `*` stays in a folder, `**` does not, `{a,b}` chooses; a glob that names a folder takes in what lies below it. */
export function globOf(glob: string): (path: string) => boolean {
  const bare = glob.replace(/^\.?\/+/, '').replace(/\/+$/, '')
  if (bare === '' || bare === '.') return () => true
  const matches = picomatch([bare, `${bare}/**`], { dot: true })
  return (path) => matches(path)
}

/** The first named environment with a glob that matches a path; the globs are written from `root`. */
export function environmentNamed(named: readonly NamedEnvironment[], root = ''): (path: string) => string | undefined {
  const choices = named.map(({ name, paths }) => ({ name, matches: paths.map(globOf) }))
  return (path) => {
    const written = pathIn(path, root)
    return written === undefined ? undefined : choices.find(({ matches }) => matches.some((match) => match(written)))?.name
  }
}
