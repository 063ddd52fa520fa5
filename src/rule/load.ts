// Reads a rule file: checked against its schema, its expressions compiled, with errors that name the file and the place.

import { UserError } from '../errors.ts'
import { compileSchema, readAuthored } from '../yaml/authored.ts'
import { compileExpression } from './cel.ts'
import { checks } from './check.ts'
import type { FixTemplate } from './fix.ts'
import { compileMessage } from './message.ts'
import type { Each, Rule } from './rule.ts'
import { ruleSchema } from './schema.ts'
import { type Factors, severityOf } from './severity.ts'

/** An object that breaks the rule (`bad`) or does not (`good`); `# <- finding` marks the lines. */
export type Example = {
  readonly bad?: string
  readonly good?: string
  /** What the fixes of the rule make of `bad`, to the byte. */
  readonly fixed?: string
  readonly kubernetesVersion?: string
  readonly registries?: readonly string[]
}
export type LoadedRule = { readonly rule: Rule; readonly examples: readonly Example[] }

/** What the schema guarantees. */
type RuleFile = Omit<Rule, 'fixes' | 'id' | 'topic' | 'severity' | 'factors' | 'kinds' | 'compliance' | 'at' | 'message' | 'sensitive'> & {
  readonly severity: Factors
  readonly kinds?: readonly string[]
  readonly compliance?: Rule['compliance']
  readonly at?: string
  readonly message?: string
  readonly sensitive?: boolean
  readonly each: Each
  readonly fix?: FixTemplate | readonly FixTemplate[]
  readonly examples: readonly Example[]
}

const schema = compileSchema(ruleSchema)

/** The rule in `text`; `path` is `<topic>/<id>.yaml`. Throws a UserError that says what, where and what to do. */
export function loadRule(text: string, path: string): LoadedRule {
  const file = readAuthored(text, path, schema) as RuleFile
  const [topic = '', name = ''] = path.split('/').slice(-2)
  const { severity, examples, kinds = [], compliance = {}, at = '', message = '', sensitive = false, fix = [], ...rest } = file
  const id = name.replace(/\.yaml$/, '')
  const rule: Rule = {
    ...rest,
    id,
    topic,
    severity: severityOf(severity),
    factors: severity,
    kinds,
    compliance,
    at,
    message,
    sensitive,
    fixes: [fix].flat(),
  }
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(id))
    throw new UserError(`${path}: "${id}" is no rule id`, 'Name the file after what the rule forbids: lower case, words joined by "-".')
  if (rule.each !== 'object' && kinds.length > 0)
    throw new UserError(`${path}: "kinds" goes only with "each: object"`, 'Remove "kinds", or look at the whole object.')
  checkPrograms(rule, path)
  return { rule, examples }
}

function checkPrograms(rule: Rule, path: string): void {
  if (rule.check !== undefined && checks[rule.check] === undefined) {
    throw new UserError(`${path}: there is no check "${rule.check}"`, `The checks there are: ${Object.keys(checks).sort().join(', ')}.`)
  }
  const { when, expression, extent, message, fixes } = rule
  checkProgram(path, 'when', when, compileExpression)
  checkProgram(path, 'expression', expression, compileExpression)
  checkProgram(path, 'extent', extent, compileExpression)
  checkProgram(path, 'message', message, (source) => compileMessage(source, compileExpression))
  for (const fix of fixes) {
    checkProgram(path, 'fix.when', fix.when, compileExpression)
    for (const source of Object.values(fix.compute ?? {})) checkProgram(path, 'fix.compute', source, compileExpression)
  }
}

function checkProgram(path: string, key: string, source: string | undefined, compile: (source: string) => unknown): void {
  if (source === undefined || source === '') return
  try {
    compile(source)
  } catch (thrown) {
    throw new UserError(
      `${path}: "${key}" is no expression: ${thrown instanceof Error ? thrown.message : String(thrown)}`,
      'Correct it; the language is CEL.',
      { cause: thrown },
    )
  }
}
