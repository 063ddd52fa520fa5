// Edits that pin what could be another thing tomorrow to what it is today.

import { textAt } from '../../rule/check/part.ts'
import { imageOf } from '../../rule/image.ts'
import { isRefusal, refuse } from '../../yaml/change.ts'
import type { NamedEdit } from '../context.ts'

/** The image with the digest that its tag means now; the tag stays for people. */
export const pinImage: NamedEdit = ({ self, item, lookup }) => {
  const image = textAt(self, 'image')
  if (imageOf(image).digest !== '') return refuse('the image has a digest')
  const digest = lookup({ kind: 'image', image })
  return isRefusal(digest) ? digest : [{ op: 'set', pointer: `${item}/image`, value: `${image}@${digest}` }]
}
