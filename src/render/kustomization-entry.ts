// The entries of a kustomization file, each with its place.

import type { Tree } from '../change/tree.ts'
import type { Place } from '../discover/target.ts'
import { isMapping, listOf } from '../resource/read.ts'
import { lineStarts } from '../text/position.ts'
import { parseYaml } from '../yaml/parse.ts'
import { textAt } from './files.ts'

export type Entry = { readonly field: string; readonly value: unknown; readonly at: Place }

/** What the lists of these fields hold, in their order; nothing where the file is not there or is no mapping. */
export function entriesIn(path: string, tree: Tree, fields: readonly string[]): readonly Entry[] {
  const text = textAt(tree, path)
  const [yaml] = text === undefined ? [] : parseYaml(text)
  if (text === undefined || yaml === undefined || !isMapping(yaml.value)) return []
  const document = { path, text, lineStarts: lineStarts(text), yaml, index: 0 }
  const { value } = yaml
  return fields.flatMap((field) =>
    listOf(value[field]).map((entry, at) => ({ field, value: entry, at: { document, pointer: `/${field}/${at}` } })),
  )
}
