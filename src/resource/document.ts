// The text that objects are read from.

import type { YamlDocument } from '../yaml/document.ts'

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

/** Where rendered text came from, as far as the render itself tells: the rest is traced for what is shown. */
export type Rendering = {
  /** The id of the target that gave the text. */
  readonly target: string
  /** What gave the text: the templates of a chart, a kustomization, or no render at all, since the names of values tell what any chart makes of them. */
  readonly by: 'chart' | 'kustomization' | 'convention'
  /** One entry for each line of the text; empty where lines say nothing of their source, or were not asked for. */
  readonly lines: readonly (LineOrigin | undefined)[]
  /** The object before something else changed it: what a chart gave to a post-renderer. */
  readonly before?: Document
  /** Where it was fetched from, where no file of the tree holds what was rendered. */
  readonly fetched?: Origin
}

/** What something that was fetched is called, in which version, and the address that it came from. */
export type Origin = { readonly name: string; readonly version: string; readonly source: string }

/** The template line that wrote a line. */
export type LineOrigin = {
  /** Relative to the tree; of what was packed the archive. */
  readonly path: string
  /** From 1; of a packed file the line inside it. */
  readonly line: number
  /** The file inside the archive. */
  readonly packed?: string
  readonly values: readonly ValuesRead[]
}

/** What a template reads for a line, as far as it can be seen without rendering again. */
export type ValuesRead = {
  /** Keys from the top of the values given to the whole chart: `['redis', 'image', 'tag']`. */
  readonly path: readonly string[]
  /** The folder of the chart, relative to the outermost one, whose own values.yaml holds the default. */
  readonly chart: string
  /** How many of the first keys lead to that chart: its own values.yaml has what follows them. */
  readonly prefix: number
}
