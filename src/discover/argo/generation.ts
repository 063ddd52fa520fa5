// What a generator of an ApplicationSet makes, and what it is told.

import type { Mapping } from '../../resource/read.ts'
import type { Scene } from '../scene.ts'
import type { Unresolved } from '../target.ts'
import type { Parameters } from './template.ts'

/** The parameters of one Application, and what the generator changes in the template. */
export type Generated = { readonly parameters: Parameters; readonly template?: Mapping }
export type Refused = { readonly code: Unresolved['code']; readonly message: string; readonly pointer: string }
export type Generation = { readonly all: readonly Generated[]; readonly refused: readonly Refused[] }

export type Context = { readonly scene: Scene; readonly isGo: boolean; readonly pointer: string; readonly outer?: Parameters }
