// Rules made ready to be asked: indexed by what they look at, expressions compiled when they are first needed.

import { compareVersions } from '../kubernetes/version.ts'
import { follow, segmentsOf } from '../text/pointer.ts'
import { checks } from './check.ts'
import { type Compile, TargetVersion } from './expression.ts'
import type { Checked, Facts, Item } from './item.ts'
import { compileMessage, type Message } from './message.ts'
import type { Each, Rule } from './rule.ts'
import type { Expression, Scope } from './scope.ts'

export type CompiledRule = { readonly rule: Rule; readonly ask: (item: Item) => readonly Checked[] }

export type CompiledRules = {
  readonly facts: Facts
  /** Rules about parts, by the part. */
  readonly parts: Readonly<Record<Exclude<Each, 'object'>, readonly CompiledRule[]>>
  /** Rules about whole objects: of a kind (`group/Kind`), and of every kind. */
  readonly kinds: ReadonlyMap<string, readonly CompiledRule[]>
  readonly everyKind: readonly CompiledRule[]
}

/** Rules that do not speak of the target version are left out. Throws a plain Error only when asked: for a check that does not exist or an expression that is none, both of which the build refuses; and whatever a compiled expression throws. */
export function compileRules(rules: readonly Rule[], facts: Facts, compile: Compile): CompiledRules {
  const parts: Record<Exclude<Each, 'object'>, CompiledRule[]> = { pod: [], container: [], volume: [], 'rbac-rule': [], subject: [] }
  const kinds = new Map<string, CompiledRule[]>()
  const everyKind: CompiledRule[] = []
  const surroundings: Surroundings = { version: new TargetVersion(facts.kubernetesVersion), conditions: new Map(), compile }
  for (const rule of rules) {
    if (!speaksOf(rule, facts.kubernetesVersion)) continue
    const compiled: CompiledRule = { rule, ask: rule.check === undefined ? byExpression(rule, surroundings) : byCheck(rule.check) }
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

/** What all rules of a run have in common. */
type Surroundings = { readonly version: TargetVersion; readonly conditions: Map<string, Expression>; readonly compile: Compile }

type Program = {
  readonly when: Expression | undefined
  readonly good: Expression
  readonly extent: Expression | undefined
  readonly message: Message
}

function byExpression(rule: Rule, surroundings: Surroundings): CompiledRule['ask'] {
  let program: Program | undefined
  const { version } = surroundings
  const verdicts = new Map<unknown, boolean>()
  const isAlone = speaksOfSettingAlone(rule)
  const way = segmentsOf(rule.at)
  return (item) => {
    program ??= programOf(rule, surroundings)
    const { setting, shown } = settingOf(rule, way, item)
    const known = isAlone ? verdicts.get(setting) : undefined
    if (known === true) return nothing
    const scope: Scope = { self: item.self, object: item.resource.value, pod: item.pod ?? {}, kubernetes: version, setting }
    if (program.when !== undefined && program.when(scope) !== true) return nothing
    const isGood = known ?? program.good(scope) === true
    if (isAlone && known === undefined && isWord(setting) && verdicts.size < mostRemembered) verdicts.set(setting, isGood)
    if (isGood) return nothing
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
function settingOf(
  { at, inherits }: Rule,
  way: readonly string[],
  item: Item,
): { readonly setting: unknown; readonly shown?: { readonly shown: string } } {
  const own = follow(item.self, way)
  if (own !== undefined && own !== null) return { setting: own }
  const inherited = inherits === true ? follow(item.pod, way) : undefined
  if (inherited === undefined || inherited === null) return { setting: null }
  return { setting: inherited, shown: { shown: item.podPointer + at } }
}

const nothing: readonly Checked[] = []

function programOf(rule: Rule, surroundings: Surroundings): Program {
  const { compile } = surroundings
  return {
    when: rule.when === undefined ? undefined : conditionOf(rule.when, surroundings),
    good: compile(rule.expression ?? 'true'),
    extent: rule.extent === undefined ? undefined : compile(rule.extent),
    message: whenNeeded(() => compileMessage(rule.message, compile)),
  }
}

/** Most rules find nothing in a run, and say nothing. */
function whenNeeded(compile: () => Message): Message {
  let message: Message | undefined
  return (scope) => {
    message ??= compile()
    return message(scope)
  }
}

/** Many rules of a container share a condition and ask about the same container one after the other: it is worked out for the first of them. */
function conditionOf(source: string, { conditions, compile }: Surroundings): Expression {
  const known = conditions.get(source)
  if (known !== undefined) return known
  const condition = compile(source)
  const shared = /\bsetting\b/.test(source) ? condition : onceForEach(condition)
  conditions.set(source, shared)
  return shared
}

function onceForEach(condition: Expression): Expression {
  let last: Scope | undefined
  let answer: unknown
  return (scope) => {
    if (last !== undefined && last.self === scope.self && last.pod === scope.pod && last.object === scope.object) return answer
    answer = condition(scope)
    last = scope
    return answer
  }
}

function words(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(String) : []
}
