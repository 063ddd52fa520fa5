// Where a tree keeps its configuration.

import type { Tree } from './change/tree.ts'
import { UserError } from './errors.ts'

export const configPaths = ['.plimsoll.yaml', '.github/plimsoll.yaml'] as const
export const ignorePath = '.plimsollignore'

/** The path of the configuration in a tree, if there is one; throws a UserError where there are two. */
export function configPathIn(tree: Pick<Tree, 'read' | 'revision'>): string | undefined {
  const present = configPaths.filter((path) => tree.read(path) !== undefined)
  if (present.length > 1)
    throw new UserError(
      `both ${present.join(' and ')} are there (${tree.revision})`,
      'Keep one of the two: nobody should have to guess which one counts.',
    )
  return present[0]
}

/** Lines of `.plimsollignore`, none where there is no such file. */
export function ignoreLinesIn(tree: Pick<Tree, 'read'>): readonly string[] {
  const bytes = tree.read(ignorePath)
  return bytes === undefined ? [] : new TextDecoder().decode(bytes).split(/\r?\n/)
}
