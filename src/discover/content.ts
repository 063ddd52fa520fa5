// The bytes of a file as classified documents, without its path: equal bytes are read once for all trees of a run.

import type { Tree } from '../change/tree.ts'
import { lineStarts } from '../text/position.ts'
import { decode } from '../yaml/decode.ts'
import type { YamlDocument, YamlError } from '../yaml/document.ts'
import { parseYaml } from '../yaml/parse.ts'
import { classify, type Gap, type Verdict } from './classify.ts'
import { isKustomizationName } from './filename.ts'
import { looksLikeKubernetes, mayHoldObjects } from './look.ts'
import type { Memo } from './memo.ts'

/** A document and what it is. */
export type Classified = { readonly yaml: YamlDocument; readonly verdict: Verdict }

export type Content =
  | {
      readonly kind: 'documents'
      readonly text: string
      readonly lineStarts: readonly number[]
      readonly documents: readonly Classified[]
      readonly looks: boolean
    }
  /** No document could be made of the file, or none is worth it. */
  | { readonly kind: 'skipped'; readonly gap: Gap; readonly looks: boolean }
