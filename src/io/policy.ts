// Reads the policy: from the file that --config names, else from the policy tree.

import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Tree } from '../change/tree.ts'
import { type ConfigFile, type Overrides, type Policy, policyOf } from '../config.ts'
import { configPathIn, configPaths, ignoreLinesIn, ignorePath } from '../config-place.ts'
import { UserError } from '../errors.ts'
import { readPlain } from './disk.ts'

/** The policy of a tree; `file` (the option --config) replaces the tree's own. Throws a UserError for a mistake in it. */
export function readPolicy(tree: Tree, overrides: Overrides, file: string | undefined): Promise<Policy> {
  return policyFrom({ tree, root: '', name: (path) => `${path} of ${tree.revision}` }, overrides, file)
}

/**
 * The policy of a scan: that of the one folder it names where that holds a configuration, else of the current folder. Globs and ignored paths are written from the same folder.
 * `file` replaces the configuration; throws a UserError for a mistake in it.
 */
export function readScanPolicy(scanned: Named, overrides: Overrides, file: string | undefined): Promise<Policy> {
  const here = placeOf('.', scanned)
  const [folder, ...others] = scanned.paths
  if (folder === undefined || folder === '-' || others.length > 0) return policyFrom(here, overrides, file)
  const there = placeOf(folder, scanned)
  const chosen = holds(there, configPaths) || !holds(here, policyPaths) ? there : here
  return policyFrom(chosen, overrides, file)
}

/** What was named, and how the tree that is scanned calls it. */
type Named = { readonly directory: string; readonly paths: readonly string[]; readonly pathOf: (name: string) => string }
/** Where a policy is read from, and how its files are called. */
type Place = { readonly tree: Pick<Tree, 'read' | 'revision'>; readonly root: string; readonly name: (path: string) => string }

function placeOf(folder: string, { directory, pathOf }: Named): Place {
  const root = pathOf(folder)
  const name = (path: string) => (root === '' ? path : `${root}/${path}`)
  return { tree: policyFiles(resolve(directory, folder), folder), root, name }
}

async function policyFrom({ tree, root, name }: Place, overrides: Overrides, file: string | undefined): Promise<Policy> {
  const ignore = ignoreLinesIn(tree)
  if (file !== undefined) return policyOf(await parse(readFile(file), file), overrides, { source: file, ignore, root })
  const path = configPathIn(tree)
  const bytes = path === undefined ? undefined : tree.read(path)
  if (path === undefined || bytes === undefined) return policyOf({}, overrides, { source: 'built-in defaults', ignore, root })
  const source = name(path)
  return policyOf(await parse(new TextDecoder().decode(bytes), source), overrides, { source, ignore, root })
}

const policyPaths: readonly string[] = [...configPaths, ignorePath]

function holds({ tree }: Place, names: readonly string[]): boolean {
  return names.some((path) => tree.read(path) !== undefined)
}

/** The files of a folder that a policy is read from, without a look at the others. */
function policyFiles(folder: string, revision: string): Pick<Tree, 'read' | 'revision'> {
  return { revision, read: (path) => (policyPaths.includes(path) ? readPlain(Buffer.from(join(folder, path))) : undefined) }
}

/** The YAML library and the schema compiler are loaded only where there is a file to read. */
async function parse(text: string, source: string): Promise<ConfigFile> {
  const { readConfig } = await import('../config-file.ts')
  return readConfig(text, source)
}

function readFile(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (thrown) {
    throw new UserError(
      `cannot read the configuration ${file}: ${thrown instanceof Error ? thrown.message : String(thrown)}`,
      'Name a file that exists with --config.',
      {
        cause: thrown,
      },
    )
  }
}
