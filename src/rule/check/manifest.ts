// Checks that look at an object as a whole: the version of its API, keys written twice.

import { lifecycleOf, stateOf } from '../../kubernetes/lifecycle.ts'
import { segmentsOf } from '../../text/pointer.ts'
import { positionAt } from '../../text/position.ts'
import type { Checked, Item } from '../item.ts'
import { labelOf } from './label.ts'

/** An API version that the target version does not serve any more, or will not for long. */
export function deprecatedApi({ resource, facts }: Item): readonly Checked[] {
  const { apiVersion, id } = resource
  const api = lifecycleOf(apiVersion, id.kind)
  if (api === undefined) return []
  const state = stateOf(api, facts.kubernetesVersion)
  if (state === 'served') return []
  const how =
    state === 'removed'
      ? `is not served from Kubernetes ${api.removed} on`
      : `is deprecated since Kubernetes ${api.deprecated} and goes with ${api.removed}`
  const instead = api.replacement === undefined ? 'Nothing takes its place.' : `Use ${api.replacement}.`
  return [{ pointer: '/apiVersion', message: `${labelOf(resource)} is of ${apiVersion}, which ${how}. ${instead}`, extent: [state] }]
}

/** Keys of an object that stand twice in one mapping, each at the one that won. */
export function duplicateKeys({ resource }: Item): readonly Checked[] {
  const { document, base } = resource
  return document.yaml.duplicates.flatMap(({ pointer, loser }) => {
    if (pointer !== base && !pointer.startsWith(`${base}/`)) return []
    const key = segmentsOf(pointer).at(-1) ?? ''
    // Lines of what was rendered are no lines that a person has.
    const other = document.rendering === undefined ? `the one in line ${positionAt(document.lineStarts, loser.start).line}` : 'the other'
    const message = `${labelOf(resource)} has the key ${key} twice: this one counts, ${other} is ignored. Remove one of the two.`
    return [{ pointer: pointer.slice(base.length), message, extent: [] }]
  })
}
