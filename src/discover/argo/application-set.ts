// An ApplicationSet of Argo CD: the Applications that its generators make of its template.

import { isMapping, type Mapping } from '../../resource/read.ts'
import type { Resource } from '../../resource/resource.ts'
import { valueAt } from '../../text/pointer.ts'
import { parseYaml } from '../../yaml/parse.ts'
import { boundedBy, leftOut } from '../bounded.ts'
import { type Found, nothing, placeIn, type Scene, textAt, together } from '../scene.ts'
import type { Root, Unresolved } from '../target.ts'
import { applicationTargets } from './application.ts'
import { generate, merged } from './generator.ts'
import { type Filled, filledText, fillTemplate } from './template.ts'

/** More Applications than this, or more text of them, no team reviews in one change; what is left is named. */
const mostApplications = 2_000
const mostText = 32 * 1024 * 1024

/** What the Applications of a set render; a generator or a template that cannot be followed is named. */
export function applicationSetTargets(set: Resource, root: Root, scene: Scene): Found {
  const template = valueAt(set.value, '/spec/template')
  if (!isMapping(template)) return nothing
  const refuse = (code: Unresolved['code'], message: string, pointer: string): Unresolved => ({
    root,
    code,
    message,
    hint: 'Name what it renders in the configuration: under targets, or its parameters under generators.',
    at: placeIn(set, pointer),
  })
  const isGo = valueAt(set.value, '/spec/goTemplate') === true
  const { all, refused } = generate(valueAt(set.value, '/spec/generators'), { scene, isGo, pointer: '/spec/generators' })
  const unresolved = refused.map(({ code, message, pointer }) => refuse(code, message, pointer))
  const patch = textAt(set.value, '/spec/templatePatch')
  const most = Math.min(mostApplications, Math.floor(mostText / JSON.stringify(template).length))
  if (all.length > most)
    unresolved.push(refuse('limit', `${all.length - most} of its ${all.length} Applications are left out`, '/spec/generators'))
  const taken = new Set<string>()
  const { found, left } = boundedBy(all.slice(0, most), ({ parameters, template: over }): Found => {
    const filled = fillTemplate(over === undefined ? template : merged(template, over), parameters, isGo)
    if ('why' in filled) return { ...nothing, unresolved: [refuse('unsupported-template', filled.why, '/spec/template')] }
    const whole = patch === '' ? filled : patchedBy(filledText(patch, parameters, isGo), filled.value)
    if ('why' in whole) return { ...nothing, unresolved: [refuse('unsupported-template', whole.why, '/spec/templatePatch')] }
    const name = textAt(whole.value, '/metadata/name')
    const part = ` for ${name === '' || taken.has(name) ? `${name || 'an Application without a name'} (${taken.size + 1})` : name}`
    taken.add(part.slice(' for '.length))
    const app: Resource = {
      id: { group: 'argoproj.io', kind: 'Application', namespace: set.id.namespace, name },
      apiVersion: set.apiVersion,
      value: whole.value,
      document: set.document,
      base: `${set.base}/spec/template`,
    }
    return applicationTargets(app, root, scene, part)
  })
  if (left.length > 0) unresolved.push(leftOut(root, `${left.length} of its ${all.length} Applications are`))
  const made = together([...found, { ...nothing, unresolved }])
  return { ...made, unresolved: distinct(made.unresolved) }
}

/** What a templatePatch makes of an Application: keys that are null are taken away, lists replace lists. */
function patchedBy(patch: ReturnType<typeof filledText>, value: Mapping): Filled {
  if ('why' in patch) return { why: patch.why.replace('its template ', 'its templatePatch ') }
  const [document] = parseYaml(patch.text)
  if (document === undefined) return { value }
  return isMapping(document.value) ? { value: patched(value, document.value) } : { why: 'its templatePatch is filled to no mapping' }
}

function patched(under: Mapping, over: Mapping): Mapping {
  const result: Record<string, unknown> = { ...under }
  for (const [key, value] of Object.entries(over)) {
    const known = result[key]
    if (value === null) delete result[key]
    else result[key] = isMapping(value) ? patched(isMapping(known) ? known : {}, value) : value
  }
  return result
}

/** The same word about each of a hundred Applications is said once. */
function distinct(unresolved: readonly Unresolved[]): readonly Unresolved[] {
  return [...new Map(unresolved.map((entry) => [entry.message, entry])).values()]
}
