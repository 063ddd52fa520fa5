// Reads the policy: from the file that --config names, else from the policy tree.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
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
 * The policy that lies in a folder on disk; globs and ignored paths are written from there, and `pathOf` says how the tree that is scanned calls that folder. `file` replaces the
 * configuration; throws a UserError for a mistake in it.
 */
export function readScanPolicy(
  { policyFolder, pathOf }: { readonly policyFolder: string; readonly pathOf: (name: string) => string },
  overrides: Overrides,
  file: string | undefined,
): Promise<Policy> {
  const root = pathOf(policyFolder)
  const name = (path: string) => (root === '' ? path : `${root}/${path}`)
  return policyFrom({ tree: policyFiles(policyFolder), root, name }, overrides, file)
}

/** Where a policy is read from, and how its files are called. */
type Place = { readonly tree: Pick<Tree, 'read' | 'revision'>; readonly root: string; readonly name: (path: string) => string }

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

/** The files of a folder that a policy is read from, without a look at the others. */
function policyFiles(folder: string): Pick<Tree, 'read' | 'revision'> {
  return { revision: folder, read: (path) => (policyPaths.includes(path) ? readPlain(Buffer.from(join(folder, path))) : undefined) }
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
