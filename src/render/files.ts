// The files that a target reads, as the engine takes them.

import type { Tree } from '../change/tree.ts'
import type { EngineFile } from './engine.ts'

/** The files among `paths` that the tree holds, in their order; `named` gives each its path in the engine, undefined leaves it out. */
export function filesOf(tree: Tree, paths: Iterable<string>, named: (path: string) => string | undefined): readonly EngineFile[] {
  const files: EngineFile[] = []
  for (const path of paths) {
    const name = named(path)
    const bytes = name === undefined ? undefined : tree.read(path)
    if (name !== undefined && bytes !== undefined) files.push({ path: name, bytes })
  }
  return files
}

/** A path relative to `folder`; undefined for what does not lie below it. The empty folder is the root. */
export function within(folder: string, path: string): string | undefined {
  if (folder === '') return path
  return path.startsWith(`${folder}/`) ? path.slice(folder.length + 1) : undefined
}

/** The text of a file; undefined where the tree has none. */
export function textAt(tree: Tree, path: string): string | undefined {
  const bytes = tree.read(path)
  return bytes === undefined ? undefined : new TextDecoder().decode(bytes)
}
