// The entries of a kustomization file, each with its place.

import type { Tree } from '../change/tree.ts'
import type { Place } from '../discover/target.ts'
import type { Document } from '../resource/document.ts'
import { isMapping, listOf, type Mapping } from '../resource/read.ts'
import { lineStarts } from '../text/position.ts'
import { parseYaml } from '../yaml/parse.ts'
import { textAt } from './files.ts'

export type Entry = { readonly field: string; readonly value: unknown; readonly at: Place }
export type Kustomization = { readonly document: Document; readonly value: Mapping }

/** The fields of a kustomization that hold patches. */
export const patchFields: readonly string[] = ['patches', 'patchesStrategicMerge', 'patchesJson6902']

/** Undefined for what is not there or is no mapping. */
export function kustomizationAt(path: string, tree: Tree): Kustomization | undefined {
  const text = textAt(tree, path)
  const [yaml] = text === undefined ? [] : parseYaml(text)
  if (text === undefined || yaml === undefined || !isMapping(yaml.value)) return undefined
  return { document: { path, text, lineStarts: lineStarts(text), yaml, index: 0 }, value: yaml.value }
}

/** What the lists of these fields hold, in their order. */
export function entriesIn({ document, value }: Kustomization, fields: readonly string[]): readonly Entry[] {
  return fields.flatMap((field) =>
    listOf(value[field]).map((entry, at) => ({ field, value: entry, at: { document, pointer: `/${field}/${at}` } })),
  )
}
