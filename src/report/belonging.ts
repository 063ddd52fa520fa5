// Whose a finding is, as the report tells it: ours, or a component's that this repository took in.

import type { Component } from '../discover/third-party/component.ts'
import type { Location } from '../trace/location.ts'
import type { Judged } from './judged.ts'

/** `isUpstreams`: told apart from what is ours, and held to a gate of its own. */
export type Belonging = { readonly component: Component; readonly isUpstreams: boolean }

/** Undefined where nothing says that a finding is not ours; `location` is where it is edited. */
export type BelongingOf = (judged: Judged, location: Location) => Belonging | undefined
