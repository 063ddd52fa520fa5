// Edits that pin what could be another thing tomorrow to what it is today.

import { movingIn, pinnedAddress } from '../../render/moving.ts'
import { textAt } from '../../rule/check/part.ts'
import { imageOf } from '../../rule/image.ts'
import { valueAt } from '../../text/pointer.ts'
import { isRefusal, refuse } from '../../yaml/change.ts'
import type { NamedEdit } from '../context.ts'

/** The image with the digest that its tag means now; the tag stays for people. */
export const pinImage: NamedEdit = ({ self, item, lookup }) => {
  const image = textAt(self, 'image')
  if (imageOf(image).digest !== '') return refuse('the image has a digest')
  const digest = lookup({ kind: 'image', image })
  return isRefusal(digest) ? digest : [{ op: 'set', pointer: `${item}/image`, value: `${image}@${digest}` }]
}

/** An address at the commit that its branch is now; the branch stays for people. */
export const pinAddress: NamedEdit = ({ finding, here, lookup }) => {
  const address = String(valueAt(finding.resource.value, here))
  const moving = movingIn(address)
  if (moving?.kind === 'latest') return refuse('the address of a release names its version: /releases/download/<version>/')
  if (moving === undefined || moving.kind === 'address') return refuse('nothing in it could be tied to a commit')
  const ref = moving.kind === 'branch' ? moving.ref : undefined
  const commit = lookup({ kind: 'commit', url: moving.repository, ...(ref === undefined ? {} : { ref }) })
  if (isRefusal(commit)) return commit
  const pinned = pinnedAddress(address, commit)
  if (pinned === undefined) return refuse('the address has no place for a commit')
  return [{ op: 'set', pointer: here, value: pinned, ...(ref === undefined ? {} : { note: ref.replace(/^refs\/(?:heads|tags)\//, '') }) }]
}
