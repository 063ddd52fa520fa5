// What a change does to files and lines, as data; made from git's patch or from two trees.

/** A hunk as git and GitHub show it, with three lines of context. Line numbers from 1. */
export type Hunk = {
  readonly base: { readonly start: number; readonly lines: number }
  readonly head: { readonly start: number; readonly lines: number }
  /** Lines of head that the change adds, ascending. */
  readonly added: readonly number[]
  /** Lines of base that the change removes, ascending. */
  readonly removed: readonly number[]
}

export type FileDiff = {
  readonly status: 'added' | 'deleted' | 'modified' | 'renamed'
  /** At head; at base for a deleted file. */
  readonly path: string
  /** At base, where it differs. */
  readonly previousPath?: string
  /** Empty for a binary file and for a pure rename. */
  readonly hunks: readonly Hunk[]
}

export type Diff = { readonly files: readonly FileDiff[] }
