// Rendered text, and for each part of it where it came from.

import type { Range } from '../text/position.ts'
import type { YamlDocument } from '../yaml/document.ts'

/** Where a line of a document came from. Precision is stated, never faked. */
export type Origin =
  | { readonly precision: 'exact'; readonly path: string; readonly range: Range }
  | { readonly precision: 'file'; readonly path: string }
  | { readonly precision: 'target'; readonly target: string }

export type Document = {
  /** The file it stands in. */
  readonly path: string
  /** The whole file's text. */
  readonly text: string
  /** Where each line of `text` begins. */
  readonly lineStarts: readonly number[]
  readonly yaml: YamlDocument
  /** Which document of the file, from 0. */
  readonly index: number
}
