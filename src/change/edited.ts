// A tree with some of its files written anew, in memory: the tree itself and the working copy stay as they are.

import { hash } from 'node:crypto'
import { sortedByPath, type Tree } from './tree.ts'

/** `texts` has the whole new text of each file by its path; a path that the tree lacks is a new file. */
export function editedTree(tree: Tree, texts: ReadonlyMap<string, string>): Tree {
  const known = new Set(tree.files.map(({ path }) => path))
  const added = [...texts.keys()].filter((path) => !known.has(path)).map((path) => ({ path, kind: 'file' as const }))
  return {
    revision: tree.revision,
    files: added.length === 0 ? tree.files : sortedByPath([...tree.files, ...added]),
    expect: tree.expect,
    read: (path) => {
      const text = texts.get(path)
      return text === undefined ? tree.read(path) : new TextEncoder().encode(text)
    },
    identify: (path) => {
      const text = texts.get(path)
      return text === undefined ? tree.identify(path) : `edited ${hash('sha256', text, 'hex')}`
    },
  }
}
