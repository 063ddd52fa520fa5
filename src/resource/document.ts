// The text that objects are read from.

import type { YamlDocument } from '../yaml/document.ts'

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
