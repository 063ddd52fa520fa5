// Where the policy of a scan lies.

import { existsSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { configPaths, ignorePath } from '../config-place.ts'

/** What a person named on the command line, in the folder the command runs in. */
export type Named = { readonly directory: string; readonly paths: readonly string[] }

/**
 * The folder whose configuration counts for what was named: the nearest that holds one, from the one path that is named upwards to the root of its repository, else from the current
 * folder upwards. Without any configuration the nearest with ignored paths, else what is named itself.
 */
export function policyFolderOf({ directory, paths }: Named): string {
  const [named = '.', ...others] = paths
  const starts = named === '-' || others.length > 0 ? [directory] : [resolve(directory, named), directory]
  const folders = starts.flatMap(upwards)
  const withOne = (names: readonly string[]) => folders.find((folder) => names.some((name) => existsSync(join(folder, name))))
  return withOne(configPaths) ?? withOne([ignorePath]) ?? folders[0] ?? directory
}

/** The root of the git repository that a file or folder lies in. */
export function repositoryAround(place: string): string | undefined {
  return chainOf(place).find((folder) => existsSync(join(folder, '.git')))
}

/** The place itself and the folders around it that belong to its repository; the place alone where it is in none. */
function upwards(place: string): readonly string[] {
  const root = repositoryAround(place)
  const chain = chainOf(place)
  return root === undefined ? [place] : chain.slice(0, chain.indexOf(root) + 1)
}

/** A place and all folders around it, the innermost first. */
export function chainOf(place: string): readonly string[] {
  const above = dirname(place)
  return above === place ? [place] : [place, ...chainOf(above)]
}
