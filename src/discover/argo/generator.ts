// The generators of an ApplicationSet that a repository alone decides: list, git, matrix and merge; the others through data from the configuration.

import { isMapping, listOf, type Mapping } from '../../resource/read.ts'
import { below } from '../../text/pointer.ts'
import { parseYaml } from '../../yaml/parse.ts'
import { textAt } from '../scene.ts'
import type { Unresolved } from '../target.ts'
import type { Context, Generated, Generation } from './generation.ts'
import { gitParameters } from './generator-git.ts'
import { selects } from './selector.ts'
import { filledText, fillTemplate, type Parameters } from './template.ts'

/** All that a list of generators makes, in its order. */
export function generate(generators: unknown, context: Context): Generation {
  const each = listOf(generators).map((generator, index) =>
    isMapping(generator) ? one(generator, { ...context, pointer: below(context.pointer, index) }) : none,
  )
  return { all: each.flatMap(({ all }) => all), refused: each.flatMap(({ refused }) => refused) }
}

const none: Generation = { all: [], refused: [] }

/** Two generators of a matrix multiply: nobody means more than this. */
const most = 20_000

function one(generator: Mapping, context: Context): Generation {
  const selector = generator['selector']
  const kind = Object.keys(generator).find((key) => key !== 'selector')
  const body = kind === undefined ? undefined : generator[kind]
  if (kind === undefined || !isMapping(body)) return none
  const refuse = (code: Unresolved['code'], message: string): Generation => ({
    all: [],
    refused: [{ code, message, pointer: context.pointer }],
  })
  const inner = { ...context, pointer: below(context.pointer, kind) }
  const found = generated(kind, body, inner)
  if (found === undefined) return refuse('unsupported-generator', `its ${kind} generator needs data that no repository holds`)
  const kept = found.all.map((entry) => (selector === undefined ? true : selects(selector, entry.parameters)))
  if (kept.includes(undefined))
    return refuse('unsupported-generator', `the selector of its ${kind} generator is none that Kubernetes knows`)
  const template = isMapping(body['template']) ? { template: body['template'] } : {}
  return { ...found, all: found.all.filter((_, at) => kept[at]).map((entry) => ({ ...entry, ...template })) }
}

function generated(kind: string, body: Mapping, context: Context): Generation | undefined {
  switch (kind) {
    case 'list':
      return listed(body, context)
    case 'git':
      return gitParameters(body, context)
    case 'matrix':
      return multiplied(body, context)
    case 'merge':
      return mergedByKeys(body, context)
    default: {
      const fixture = context.scene.fixtures[kind]
      return fixture === undefined
        ? undefined
        : { all: fixture.map((parameters) => ({ parameters: shaped(parameters, context.isGo) })), refused: [] }
    }
  }
}

function listed(body: Mapping, { isGo, outer, pointer }: Context): Generation {
  const refuse = (message: string): Generation => ({ all: [], refused: [{ code: 'unsupported-generator', message, pointer }] })
  const { elementsYaml } = body
  const more = typeof elementsYaml === 'string' ? filledText(elementsYaml, outer ?? {}, isGo) : { text: '' }
  if ('why' in more) return refuse(`elementsYaml of its list generator cannot be filled: ${more.why}`)
  const [document] = parseYaml(more.text)
  if (document !== undefined && !Array.isArray(document.value)) return refuse('elementsYaml of its list generator is no list')
  const elements = listOf(body['elements']).map((element) =>
    isMapping(element) && outer !== undefined ? fillTemplate(element, outer, isGo) : { value: element },
  )
  const written = listOf(document?.value).map((value) => ({ value }))
  const all = [...elements, ...written].flatMap((filled): readonly Generated[] =>
    'value' in filled && isMapping(filled.value) ? [{ parameters: shaped(filled.value, isGo) }] : [],
  )
  const unfilled = elements.find((filled) => 'why' in filled)
  return unfilled === undefined || !('why' in unfilled)
    ? { all, refused: [] }
    : { all, refused: refuse(`an element of its list generator is left out: ${unfilled.why}`).refused }
}

/** The plain form knows flat names: `values.tier` for a nested value. */
function shaped(parameters: Mapping, isGo: boolean): Parameters {
  if (isGo) return parameters
  const flat: Record<string, unknown> = {}
  const add = (value: unknown, name: string): void => {
    if (!isMapping(value)) flat[name] = value
    else for (const [key, child] of Object.entries(value)) add(child, `${name}.${key}`)
  }
  for (const [key, value] of Object.entries(parameters)) add(value, key)
  return flat
}

/** Each of the first with each of the second; the second may use what the first gives. */
function multiplied(body: Mapping, context: Context): Generation {
  const [first, second] = listOf(body['generators'])
  const left = generate([first], { ...context, pointer: below(context.pointer, 'generators') })
  const refused = [...left.refused]
  const all: Generated[] = []
  const large = { code: 'limit', message: `its matrix makes more than ${most} Applications`, pointer: context.pointer } as const
  for (const { parameters, template } of left.all) {
    const outer = merged(context.outer ?? {}, parameters)
    const right = generate([second], { ...context, outer, pointer: below(context.pointer, 'generators') })
    refused.push(...right.refused)
    for (const entry of right.all) {
      if (all.length >= most) return { all, refused: [...refused, large] }
      const own = entry.template ?? template
      all.push({ parameters: merged(parameters, entry.parameters), ...(own === undefined ? {} : { template: own }) })
    }
  }
  return { all, refused }
}

/** The first generator decides what there is; those after it change the parameters of the entries that agree with theirs in the merge keys. */
function mergedByKeys(body: Mapping, context: Context): Generation {
  const keys = listOf(body['mergeKeys']).flatMap((key) => (typeof key === 'string' ? [key] : []))
  const parts = listOf(body['generators']).map((generator) =>
    generate([generator], { ...context, pointer: below(context.pointer, 'generators') }),
  )
  const keyOf = ({ parameters }: Generated) =>
    JSON.stringify(keys.map((key) => parameters[key] ?? textAt(parameters, `/${key.replaceAll('.', '/')}`)))
  const [base, ...more] = parts
  const entries = new Map((base?.all ?? []).map((entry) => [keyOf(entry), entry]))
  for (const entry of more.flatMap(({ all }) => all)) {
    const known = entries.get(keyOf(entry))
    if (known !== undefined) entries.set(keyOf(entry), { ...known, parameters: merged(known.parameters, entry.parameters) })
  }
  return { all: [...entries.values()], refused: parts.flatMap(({ refused }) => refused) }
}

/** Mappings are merged key by key, anything else of `over` takes the place of what was there. */
export function merged(under: Mapping, over: Mapping): Mapping {
  const result: Record<string, unknown> = { ...under }
  for (const [key, value] of Object.entries(over)) {
    const known = result[key]
    result[key] = isMapping(known) && isMapping(value) ? merged(known, value) : value
  }
  return result
}
