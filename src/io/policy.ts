// Reads the policy: from the file that --config names, else from the policy tree.

import { readFileSync } from 'node:fs'
import type { Tree } from '../change/tree.ts'
import { type ConfigFile, type Overrides, type Policy, policyOf } from '../config.ts'
import { configPathIn, ignoreLinesIn } from '../config-place.ts'
import { UserError } from '../errors.ts'

/** The policy of a tree; `file` (the option --config) replaces the tree's own. Throws a UserError for a mistake in it. */
export async function readPolicy(tree: Tree, overrides: Overrides, file: string | undefined): Promise<Policy> {
  const ignore = ignoreLinesIn(tree)
  if (file !== undefined) return policyOf(await parse(readFile(file), file), overrides, { source: file, ignore })
  const path = configPathIn(tree)
  const bytes = path === undefined ? undefined : tree.read(path)
  if (path === undefined || bytes === undefined) return policyOf({}, overrides, { source: 'built-in defaults', ignore })
  const source = `${path} of ${tree.revision}`
  return policyOf(await parse(new TextDecoder().decode(bytes), source), overrides, { source, ignore })
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
