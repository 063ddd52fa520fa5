// Checks of AppArmor profiles, which stand in a field or, in older manifests, in an annotation; and of Linux hardening as a whole.

import { isMapping } from '../../resource/read.ts'
import { below, follow, segmentsOf, valueAt } from '../../text/pointer.ts'
import type { Checked, Item } from '../item.ts'
import { isWindows, labelOf, listAt, mappingAt, textAt } from './part.ts'

const prefix = 'container.apparmor.security.beta.kubernetes.io/'

const confined = /^(?:RuntimeDefault|Localhost|runtime\/default|localhost\/.*|)$/
/** Anything else is refused by the API, so it names nothing. */
const known = /^(?:RuntimeDefault|Localhost|Unconfined|runtime\/default|localhost\/.+|unconfined)$/

const at = '/securityContext/appArmorProfile/type'
const way = segmentsOf(at)

/** What decides about the profile of a container: its own field, the pod's, or the annotation. `shown` is where that stands. */
function profileOf(item: Item): { readonly profile: string; readonly shown: string } | undefined {
  const own = follow(item.self, way)
  if (typeof own === 'string') return { profile: own, shown: item.pointer + at }
  const pods = follow(item.pod, way)
  if (typeof pods === 'string') return { profile: pods, shown: item.podPointer + at }
  const metadata = `${item.podPointer.replace(/\/spec$/, '')}/metadata/annotations`
  const annotations = valueAt(item.resource.value, metadata)
  const name = `${prefix}${textAt(item.self, 'name')}`
  const value = isMapping(annotations) ? annotations[name] : undefined
  return typeof value === 'string' ? { profile: value, shown: below(metadata, name) } : undefined
}

/** No profile is named, or one that is none. */
export function apparmorMissing(item: Item): readonly Checked[] {
  const found = profileOf(item)
  if (isWindows(item) || (found !== undefined && known.test(found.profile))) return []
  const message = `${labelOf(item, 'Container')} names no AppArmor profile; wanted is appArmorProfile: { type: RuntimeDefault }.`
  return [{ pointer: at, message, extent: [] }]
}

/** A profile other than the runtime's default and those of the node. */
export function apparmorUnconfined(item: Item): readonly Checked[] {
  const found = profileOf(item)
  if (found === undefined || confined.test(found.profile)) return []
  const message = `${labelOf(item, 'Container')} has the AppArmor profile ${found.profile}; allowed are RuntimeDefault and Localhost.`
  return [{ pointer: at, shown: found.shown, message, extent: [] }]
}

/** None of seccomp, AppArmor, SELinux and dropped capabilities. */
export function unhardened(item: Item): readonly Checked[] {
  if (isWindows(item) || profileOf(item) !== undefined) return []
  const contexts = [mappingAt(item.self, 'securityContext'), mappingAt(item.pod, 'securityContext')]
  const chosen = contexts.some((context) => isMapping(context['seccompProfile']) || isMapping(context['seLinuxOptions']))
  if (chosen || listAt(mappingAt(contexts[0], 'capabilities'), 'drop').length > 0) return []
  const message = `${labelOf(item, 'Container')} has no seccomp, AppArmor or SELinux setting and drops no capability.`
  return [{ pointer: '/securityContext/seccompProfile', message, extent: [] }]
}
