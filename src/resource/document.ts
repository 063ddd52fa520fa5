// The text that objects are read from.

import type { YamlDocument } from '../yaml/document.ts'
import type { Rendering } from './rendering.ts'

export type Document = {
  /** The file it stands in; for what was rendered the file that the object stems from. */
  readonly path: string
  /** The whole file's text, or what was rendered. */
  readonly text: string
  /** Where each line of `text` begins. */
  readonly lineStarts: readonly number[]
  readonly yaml: YamlDocument
  /** Which document of the file, from 0. */
  readonly index: number
  /** Absent where the file itself was read. */
  readonly rendering?: Rendering
}
