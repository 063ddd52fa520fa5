// All rules of a folder, and the one file that the program reads them from.

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { UserError } from '../src/errors.ts'
import { namedEdits } from '../src/fix/edits.ts'
import { treeOf } from '../src/rule/cel.ts'
import { type LoadedRule, loadRule } from '../src/rule/load.ts'
import { expressionsIn } from '../src/rule/message.ts'
import type { Rule, Rulebook } from '../src/rule/rule.ts'

export const rulesFolder = join(import.meta.dirname, '../rules')

/** The day the rules were last looked through against what Kubernetes is: changed by hand with them. */
const date = '2026-11-24'

/** The loaded rules of `rules/<topic>/<id>.yaml`, sorted by id; throws a UserError for the first file that is wrong. */
export function loadRules(folder = rulesFolder): readonly LoadedRule[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== 'frameworks')
    .flatMap(({ name: topic }) => readdirSync(join(folder, topic)).map((file) => `${topic}/${file}`))
    .filter((path) => path.endsWith('.yaml'))
    .map((path) => withKnownEdits(loadRule(readFileSync(join(folder, path), 'utf8'), path), path))
    .sort((a, b) => (a.rule.id < b.rule.id ? -1 : 1))
}

/** Rules stand left of fixes, so that the loader cannot know the edits that a file names. */
function withKnownEdits(loaded: LoadedRule, path: string): LoadedRule {
  for (const { edit } of loaded.rule.fixes) {
    if (edit === undefined || namedEdits[edit] !== undefined) continue
    throw new UserError(`${path}: there is no edit "${edit}"`, `The edits there are: ${Object.keys(namedEdits).sort().join(', ')}.`)
  }
  return loaded
}

/** What dist/rules.json holds. */
export function rulebookOf(loaded: readonly LoadedRule[], version: string): Rulebook {
  const rules = loaded.map(({ rule }) => rule)
  const sources = new Set(rules.flatMap(expressionsOf))
  return { version, date, rules, expressions: Object.fromEntries([...sources].sort().map((source) => [source, treeOf(source)])) }
}

/** What is asked of every object; the fixes' own are asked with the library. */
function expressionsOf({ when, expression, extent, message, check }: Rule): readonly string[] {
  const asked = [when, check === undefined ? (expression ?? 'true') : undefined, extent].filter((source) => source !== undefined)
  return check === undefined ? [...asked, ...expressionsIn(message)] : asked
}
