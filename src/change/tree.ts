// The files of one revision, read-only and already at hand: a scan never writes the working copy.

/**
 * What a path holds: a symbolic link and a submodule are named in the coverage and never followed. `missing`: listed, but its content is not in this clone; `large`: beyond what is
 * read at all.
 */
export type FileKind = 'file' | 'symlink' | 'submodule' | 'missing' | 'large'

export type TreeFile = {
  /** Relative to the tree's root, `/` between the parts; bytes that are no UTF-8 are written `\xNN`. */
  readonly path: string
  readonly kind: FileKind
  /** A person named this very file, so it is looked at whatever its ending. */
  readonly isNamed?: true
}

export type Tree = {
  /** For people: a branch, a commit, `worktree`, `staged`, a folder. */
  readonly revision: string
  /** Sorted by path. */
  readonly files: readonly TreeFile[]
  /** The bytes of a `file`; undefined for any other path, and for a file that cannot be opened. */
  readonly read: (path: string) => Uint8Array | undefined
  /** Tells that these paths will be read, to a tree that reads many at a time as fast as one. */
  readonly expect?: ((paths: Iterable<string>) => void) | undefined
  /** Equal for equal bytes, over all trees of one run: the key under which parses are shared. */
  readonly identify: (path: string) => string
}

/** Larger files are listed and not read: no manifest is that large. */
export const largestFile = 32 * 1_024 * 1_024

/** Files in the order in which every tree lists them. */
export function sortedByPath(files: readonly TreeFile[]): readonly TreeFile[] {
  return [...files].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0))
}
