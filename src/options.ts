// What a person asks for on the command line.

import { parseArgs } from 'node:util'
import { UserError } from './errors.ts'
import { type FormatName, formatNames } from './report/format.ts'
import { type Profile, profiles } from './rule/rule.ts'
import { type Severity, severities } from './rule/severity.ts'

/** A format and the file it goes to; standard output where there is none. */
export type Output = { readonly format: FormatName; readonly file?: string }

/** What `fix` makes, and where it goes. */
export type FixOptions = {
  /** Empty: all rules. */
  readonly rules: readonly string[]
  /** This and worse. */
  readonly severity: Severity
  /** Also what may change how a workload behaves. */
  readonly isUnsafeWanted: boolean
  /** Show the patch, write nothing. */
  readonly isDry: boolean
  /** Write the patch to this file instead of the files. */
  readonly patch?: string
  /** Write to files that are not committed, too. */
  readonly isForced: boolean
}

export type Options = {
  readonly command: 'scan' | 'review' | 'fix' | 'render' | 'explain' | 'rules' | 'help' | 'version'
  /** Paths of `scan` and `fix`, the target of `render`, the file of `explain`, the id of `rules`, the command that `help` is about. */
  readonly operands: readonly string[]
  readonly base?: string
  readonly head?: string
  readonly fetch: boolean
  readonly origins: boolean
  /** Where the page goes that shows the review in its pull request. */
  readonly preview?: string
  readonly fix: FixOptions
  readonly outputs: readonly Output[]
  readonly config?: string
  readonly profile?: Profile
  readonly failOn?: Severity | 'never'
  readonly failOnIncomplete?: 'new' | 'any' | 'never'
  readonly kubernetesVersion?: string
  readonly color?: boolean
  readonly debug: boolean
}

const definitions = {
  base: { type: 'string' },
  head: { type: 'string' },
  fetch: { type: 'boolean' },
  origins: { type: 'boolean' },
  preview: { type: 'string' },
  rule: { type: 'string', multiple: true },
  severity: { type: 'string' },
  unsafe: { type: 'boolean' },
  'dry-run': { type: 'boolean' },
  patch: { type: 'string' },
  force: { type: 'boolean' },
  format: { type: 'string', short: 'f', multiple: true },
  output: { type: 'string', short: 'o', multiple: true },
  config: { type: 'string', short: 'c' },
  profile: { type: 'string' },
  'fail-on': { type: 'string' },
  'fail-on-incomplete': { type: 'string' },
  'kubernetes-version': { type: 'string' },
  color: { type: 'boolean' },
  'no-color': { type: 'boolean' },
  debug: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean', short: 'V' },
} as const

const commands = ['scan', 'review', 'fix', 'render', 'explain', 'rules', 'help', 'version'] as const

/** Reads the arguments behind the program's name; throws a UserError that names the wrong word and the allowed ones. */
export function readOptions(words: readonly string[]): Options {
  const { values, positionals, tokens } = parse(words)
  const [name, ...operands] = positionals
  const nothing = { fetch: false, origins: false, outputs: [], debug: false, fix: fixOptionsOf({}) }
  if (values.version) return { command: 'version', operands: [], ...nothing }
  if (values.help || name === undefined) return { command: 'help', operands: name === undefined ? [] : [name], ...nothing }
  const command = oneOf('command', name, commands)
  if (command === 'review' && operands.length > 0) {
    throw new UserError(
      `review takes no path, but "${operands[0]}" was given`,
      'Name what to compare with: plimsoll review --base REV [--head REV].',
    )
  }
  if (command === 'explain' && operands.length !== 1)
    throw new UserError('explain takes one file', 'Name it, with a line where one is meant: plimsoll explain charts/shop/values.yaml:12.')
  if (command !== 'review' && values.preview !== undefined) {
    throw new UserError('--preview shows the review of a change', 'Write it behind the command review: plimsoll review --preview FILE.')
  }
  return {
    command,
    operands,
    ...optional('base', values.base),
    ...optional('head', values.head),
    fetch: values.fetch ?? false,
    origins: values.origins ?? false,
    ...optional('preview', values.preview),
    fix: fixOptionsOf(values),
    outputs: outputsOf(tokens),
    ...optional('config', values.config),
    ...optional('profile', choice('--profile', values.profile, profiles)),
    ...optional('failOn', choice('--fail-on', values['fail-on'], [...severities, 'never'])),
    ...optional('failOnIncomplete', choice('--fail-on-incomplete', values['fail-on-incomplete'], ['new', 'any', 'never'])),
    ...optional('kubernetesVersion', values['kubernetes-version']),
    ...optional('color', values['no-color'] ? false : values.color),
    debug: values.debug ?? false,
  }
}

type FixWords = {
  readonly rule?: readonly string[] | undefined
  readonly severity?: string | undefined
  readonly unsafe?: boolean | undefined
  readonly 'dry-run'?: boolean | undefined
  readonly patch?: string | undefined
  readonly force?: boolean | undefined
}

function fixOptionsOf({ rule = [], severity, unsafe = false, 'dry-run': isDry = false, patch, force = false }: FixWords): FixOptions {
  return {
    rules: rule,
    severity: choice('--severity', severity, severities) ?? 'info',
    isUnsafeWanted: unsafe,
    isDry,
    ...optional('patch', patch),
    isForced: force,
  }
}

type Token = { readonly kind: string; readonly name?: string; readonly value?: string | boolean | undefined }

function parse(words: readonly string[]) {
  try {
    return parseArgs({ args: [...words], options: definitions, allowPositionals: true, tokens: true })
  } catch (thrown) {
    const message = thrown instanceof Error ? thrown.message : String(thrown)
    throw new UserError(message.replace(/\. To specify a positional.*$/s, ''), 'Run "plimsoll --help" for the options there are.', {
      cause: thrown,
    })
  }
}

/** `--output` belongs to the `--format` before it; an output without a format takes its format from the file's name. */
function outputsOf(tokens: readonly Token[]): readonly Output[] {
  const outputs: Output[] = []
  for (const { kind, name, value } of tokens) {
    if (kind !== 'option' || typeof value !== 'string') continue
    if (name === 'format') outputs.push({ format: oneOf('--format', value, formatNames) })
    if (name !== 'output') continue
    const last = outputs.at(-1)
    if (last !== undefined && last.file === undefined) outputs[outputs.length - 1] = { ...last, file: value }
    else outputs.push({ format: formatOfFile(value), file: value })
  }
  if (outputs.filter(({ file }) => file === undefined).length > 1) {
    throw new UserError('two formats would be written to standard output', 'Give each --format but one its own --output FILE.')
  }
  return outputs.length === 0 ? [{ format: 'terminal' }] : outputs
}

function formatOfFile(file: string): FormatName {
  const ending = file.slice(file.lastIndexOf('.') + 1)
  const known: Readonly<Record<string, FormatName>> = { json: 'json', sarif: 'sarif', md: 'markdown', html: 'html', txt: 'terminal' }
  const format = known[ending]
  if (format === undefined)
    throw new UserError(`the format of "${file}" is not known from its name`, `Say it: --format ${formatNames.join('|')} --output ${file}.`)
  return format
}

function optional<Key extends string, Value>(key: Key, value: Value | undefined): { readonly [K in Key]?: Value } {
  return (value === undefined ? {} : { [key]: value }) as { readonly [K in Key]?: Value }
}

function choice<const Allowed extends readonly string[]>(
  option: string,
  value: string | undefined,
  allowed: Allowed,
): Allowed[number] | undefined {
  return value === undefined ? undefined : oneOf(option, value, allowed)
}

function oneOf<const Allowed extends readonly string[]>(what: string, value: string, allowed: Allowed): Allowed[number] {
  const found = allowed.find((word) => word === value)
  if (found === undefined)
    throw new UserError(`${what} "${value}" is not one of ${allowed.join(', ')}`, 'Run "plimsoll --help" for examples.')
  return found
}
