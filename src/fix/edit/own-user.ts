// The user that a container starts as, or could start as, in place of root: what the registry says of its image comes first, then what is known of the image.

import { textAt } from '../../rule/check/part.ts'
import { isRefusal, type Refusal, refuse } from '../../yaml/change.ts'
import type { Context } from '../context.ts'
import { knownImage } from './known-image.ts'
import { hasCommand, needOfRoot } from './need-of-root.ts'

/** `inImage`: the kubelet reads the number in the configuration of the image, so nobody has to write it down. */
export type OwnUser = { readonly number: number; readonly inImage: boolean }
type Around = Pick<Context, 'self' | 'pod' | 'lookup'>

/** The user of a container that is to start without root; a refusal where nobody can know that it then works. */
export function ownUserOf(around: Around): OwnUser | Refusal {
  const start = startOf(around)
  if (!isRefusal(start)) return start
  const number = otherUserOf(around) ?? start
  return isRefusal(number) ? number : { number, inImage: false }
}

/** The user that a container can have in place of the root that its manifest names. */
export function userInsteadOfRoot(around: Around): number | Refusal {
  const start = startOf(around)
  if (isRefusal(start)) return otherUserOf(around) ?? start
  return needOfRoot(around) ?? start.number
}

/** The largest that Kubernetes takes. */
const largestUser = 2_147_483_647

/** The user that the image starts as by itself, where it is not root. */
function startOf({ self, lookup }: Around): OwnUser | Refusal {
  const image = textAt(self, 'image')
  if (image === '') return refuse('the container names no image')
  const user = lookup({ kind: 'user', image })
  if (!isRefusal(user) && /^\d+$/.test(user) && Number(user) > 0 && Number(user) <= largestUser)
    return { number: Number(user), inImage: true }
  const known = knownImage(image)
  const isRoot = !isRefusal(user) && /^(?:0*|root)$/.test(user)
  if (known?.kind === 'root' && (isRoot || isRefusal(user))) return refuse(`the image ${image} ${known.advice}`)
  if (known?.kind === 'own' && !isRoot) return { number: known.user, inImage: false }
  if (isRefusal(user)) return user
  return refuse(
    isRoot
      ? `the image ${image} starts as root: its configuration in the registry names ${user === '' ? 'no user' : `the user ${user}`}`
      : `the image ${image} starts as the user "${user}" without a number, and Kubernetes holds runAsNonRoot against numbers alone`,
  )
}

/** A user for an image that starts as root and does not have to; undefined where it is not known as one. */
function otherUserOf(around: Around): number | Refusal | undefined {
  const image = textAt(around.self, 'image')
  const known = knownImage(image)
  if (known?.kind === 'tool' && !hasCommand(around.self))
    return refuse(`the image ${image} starts as root, and no command says what it does`)
  return known?.kind === 'tool' || known?.kind === 'any' ? (needOfRoot(around) ?? known.user) : undefined
}
