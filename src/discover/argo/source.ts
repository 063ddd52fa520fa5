// One source of an Application of Argo CD.

import type { Mapping } from '../../resource/read.ts'
import type { Resource } from '../../resource/resource.ts'
import type { Environment, Root } from '../target.ts'

/** One source of an Application; `pointer` leads to it from the object. */
export type Source = {
  readonly app: Resource
  readonly root: Root
  readonly value: Mapping
  readonly pointer: string
  /** Tells the targets of several sources apart; empty where there is one. */
  readonly part: string
  readonly environments: readonly Environment[]
  /** By the name of a `ref`: the addresses of sources that give only files. */
  readonly refs: ReadonlyMap<string, string>
}

/** Which of several sources, or of the Applications of a set, is meant. */
export function saidPart({ part }: Source): string {
  return part === '' ? '' : `${part.trim()}: `
}
