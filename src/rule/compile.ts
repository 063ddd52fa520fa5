// Rules made ready to be asked: indexed by what they look at, expressions compiled when they are first needed.

import { compareVersions } from '../kubernetes/version.ts'
import { valueAt } from '../text/pointer.ts'
import { checks } from './check.ts'
import { compileExpression, type Expression, type Scope, TargetVersion } from './expression.ts'
import type { Checked, Facts, Item } from './item.ts'
import { compileMessage, type Message } from './message.ts'
import type { Each, Rule } from './rule.ts'

export type CompiledRule = { readonly rule: Rule; readonly ask: (item: Item) => readonly Checked[] }

export type CompiledRules = {
  readonly facts: Facts
  /** Rules about parts, by the part. */
  readonly parts: Readonly<Record<Exclude<Each, 'object'>, readonly CompiledRule[]>>
  /** Rules about whole objects: of a kind (`group/Kind`), and of every kind. */
  readonly kinds: ReadonlyMap<string, readonly CompiledRule[]>
  readonly everyKind: readonly CompiledRule[]
}

/** Rules that do not speak of the target version are left out. Throws a plain Error only when asked: for a check that does not exist or an expression that is none, both of which the build refuses. */
export function compileRules(rules: readonly Rule[], facts: Facts): CompiledRules {
  const parts: Record<Exclude<Each, 'object'>, CompiledRule[]> = { pod: [], container: [], volume: [], 'rbac-rule': [], subject: [] }
  const kinds = new Map<string, CompiledRule[]>()
  const everyKind: CompiledRule[] = []
  const version = new TargetVersion(facts.kubernetesVersion)
  for (const rule of rules) {
    if (!speaksOf(rule, facts.kubernetesVersion)) continue
    const compiled: CompiledRule = { rule, ask: rule.check === undefined ? byExpression(rule, version) : byCheck(rule.check) }
    if (rule.each !== 'object') parts[rule.each].push(compiled)
    else if (rule.kinds.length === 0) everyKind.push(compiled)
    else for (const kind of rule.kinds) kinds.set(kind, [...(kinds.get(kind) ?? []), compiled])
  }
  return { facts, parts, kinds, everyKind }
}

function speaksOf({ kubernetes }: Rule, version: string): boolean {
  if (kubernetes?.from !== undefined && compareVersions(version, kubernetes.from) < 0) return false
  return kubernetes?.before === undefined || compareVersions(version, kubernetes.before) < 0
}

function byCheck(name: string): CompiledRule['ask'] {
  return (item) => {
    const check = checks[name]
    if (check === undefined) throw new Error(`there is no check ${name}`)
    return check(item)
  }
}

type Program = {
  readonly when: Expression | undefined
  readonly good: Expression
  readonly extent: Expression | undefined
  readonly message: Message
}

function byExpression(rule: Rule, version: TargetVersion): CompiledRule['ask'] {
  let program: Program | undefined
  const good = new Set<unknown>()
  const isAlone = speaksOfSettingAlone(rule)
  return (item) => {
    program ??= programOf(rule)
    const { setting, shown } = settingOf(rule, item)
    if (isAlone && good.has(setting)) return nothing
    const scope: Scope = { self: item.self, object: item.resource.value, pod: item.pod ?? {}, kubernetes: version, setting }
    if (program.when !== undefined && program.when(scope) !== true) return nothing
    if (program.good(scope) === true) {
      if (isAlone && isWord(setting) && good.size < mostRemembered) good.add(setting)
      return nothing
    }
    const extent = program.extent === undefined ? [] : words(program.extent(scope))
    return [{ pointer: rule.at, ...shown, message: program.message({ ...scope, extent }), extent }]
  }
}

const mostRemembered = 1_000

/** Whether the answer follows from the value at `at`: then it is asked for once for each value, which spares most of the work. */
function speaksOfSettingAlone({ expression = '' }: Rule): boolean {
  return !/\b(?:self|object|pod)\b/.test(expression)
}

function isWord(setting: unknown): boolean {
  return setting === null || typeof setting === 'boolean' || typeof setting === 'number' || typeof setting === 'string'
}

/** The value that the rule is about, and where to look when it is the pod's and not the container's own. */
function settingOf({ at, inherits }: Rule, item: Item): { readonly setting: unknown; readonly shown?: { readonly shown: string } } {
  const own = valueAt(item.self, at)
  if (own !== undefined && own !== null) return { setting: own }
  const inherited = inherits === true ? valueAt(item.pod, at) : undefined
  if (inherited === undefined || inherited === null) return { setting: null }
  return { setting: inherited, shown: { shown: item.podPointer + at } }
}

const nothing: readonly Checked[] = []

function programOf(rule: Rule): Program {
  return {
    when: rule.when === undefined ? undefined : compileExpression(rule.when),
    good: compileExpression(rule.expression ?? 'true'),
    extent: rule.extent === undefined ? undefined : compileExpression(rule.extent),
    message: compileMessage(rule.message),
  }
}

function words(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(String) : []
}
