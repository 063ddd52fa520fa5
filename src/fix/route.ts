// A way to make changes of an object: which edits of which files come to them.

import type { Resource } from '../resource/resource.ts'
import type { Change } from '../yaml/change.ts'
import type { Edit, RouteKind } from './fix.ts'

export type Route = { readonly kind: RouteKind; readonly edits: readonly Edit[] }

/** The ways, in the order that a maintainer would prefer, and the end of a sentence that says why there are no others. */
export type Routes = { readonly routes: readonly Route[]; readonly refused: string }

/** Ways to make changes whose pointers start at the object as it is applied. */
export type RoutesOf = (resource: Resource, changes: readonly Change[]) => Routes
