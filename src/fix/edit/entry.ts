// Edits that take something away: a whole entry of a list, a volume with its mounts, SELinux options.

import { isMapping } from '../../resource/read.ts'
import type { Resource } from '../../resource/resource.ts'
import { containersIn, type Part } from '../../resource/select.ts'
import { listAt, mappingAt, textAt } from '../../rule/check/part.ts'
import { pointerTo, segmentsOf, valueAt } from '../../text/pointer.ts'
import { type Change, type Json, plain, refuse } from '../../yaml/change.ts'
import type { Context, NamedEdit } from '../context.ts'
import { isAgent } from './agent.ts'

/** Removes the innermost entry of a list around the place of the finding. */
export const removeEntry: NamedEdit = ({ finding, here }) => {
  const way = segmentsOf(here)
  for (let depth = way.length - 1; depth >= 0; depth -= 1) {
    const list = pointerTo(way.slice(0, depth))
    const held = valueAt(finding.resource.value, list)
    if (Array.isArray(held)) return [{ op: 'remove', pointer: list, item: plain(held[Number(way[depth])]) as Json }]
  }
  return refuse('the place is no entry of a list')
}

/** Of a variable that stands twice the earlier one, which counts for nothing. */
export const removeEarlierVariable: NamedEdit = ({ self, item, here }) => {
  const variables = listAt(self, 'env')
  const index = Number(segmentsOf(here).at(-2))
  const name = textAt(isMapping(variables[index]) ? variables[index] : undefined, 'name')
  const earlier = variables.find((variable, at) => at < index && isMapping(variable) && variable['name'] === name)
  return earlier === undefined
    ? refuse('no earlier one is there')
    : [{ op: 'remove', pointer: `${item}/env`, item: plain(earlier) as Json }]
}

/** Removes a volume and every mount of it, where nothing is mounted yet, or was before the change. */
export const unmount: NamedEdit = (context) => {
  const { self, pod, podPointer, before } = context
  if (pod === undefined || podPointer === context.item) return refuse('the volume belongs to no pod')
  const name = textAt(self, 'name')
  const mounts = mountsOf(context, name)
  const isNew = before !== undefined && !volumesIn(before, podPointer).includes(name)
  if (mounts.length > 0 && !isNew) return refuse('a container mounts it, and may not work without')
  return [
    ...mounts.map(({ container, mount }): Change => ({ op: 'remove', pointer: `${container.pointer}/volumeMounts`, item: mount })),
    { op: 'remove', pointer: `${podPointer}/volumes`, item: plain(self) as Json },
  ]
}

function volumesIn({ value }: Resource, podPointer: string): readonly string[] {
  const pod = valueAt(value, podPointer)
  return listAt(isMapping(pod) ? pod : undefined, 'volumes').map((volume) => textAt(isMapping(volume) ? volume : undefined, 'name'))
}

/** Paths whose content nobody misses when the pod goes. */
const scratch = /(?:^|[/_-])(?:tmp|temp|cache|caches|scratch|buffer)(?:$|[/_-])/i

/** An emptyDir in place of a folder of the node that holds nothing lasting. */
export const emptyDir: NamedEdit = ({ finding, self, item, pod }) => {
  const path = textAt(mappingAt(self, 'hostPath'), 'path')
  if (pod === undefined) return refuse('the volume belongs to no pod')
  if (isAgent(finding.resource)) return refuse('what runs on every node may share the folder with it')
  if (!scratch.test(path)) return refuse('what is kept in that folder of the node may be needed again')
  return [
    { op: 'set', pointer: `${item}/emptyDir`, value: {} },
    { op: 'remove', pointer: `${item}/hostPath` },
  ]
}

function mountsOf({ pod, podPointer }: Context, name: string): readonly { readonly container: Part; readonly mount: Json }[] {
  if (pod === undefined) return []
  return containersIn({ value: pod, pointer: podPointer }).flatMap((container) =>
    listAt(container.value, 'volumeMounts')
      .filter((mount) => isMapping(mount) && mount['name'] === name)
      .map((mount) => ({ container, mount: plain(mount) as Json })),
  )
}

const allowedTypes: readonly unknown[] = ['', 'container_t', 'container_init_t', 'container_kvm_t', 'container_engine_t']

/** Removes what the standard does not allow of SELinux options; the level stays. */
export const defaultSelinux: NamedEdit = ({ finding, here }) => {
  const options = valueAt(finding.resource.value, here)
  if (!isMapping(options)) return refuse('there are no options')
  const wrong = ['user', 'role', 'type'].filter((key) =>
    key === 'type' ? !allowedTypes.includes(options[key] ?? '') : (options[key] ?? '') !== '',
  )
  return wrong.map((key) => ({ op: 'remove', pointer: `${here}/${key}` }))
}
