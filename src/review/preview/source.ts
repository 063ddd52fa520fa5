// The lines of a file as a page may show them: secrets are masked, whatever kind of file it is.

import type { Tree } from '../../change/tree.ts'
import { formOf } from '../../discover/filename.ts'
import { secretsOf } from '../../finding/sensitive.ts'
import { maskedLine } from '../../report/frame.ts'
import type { Document } from '../../resource/document.ts'
import { lineStarts, type Span } from '../../text/position.ts'
import { decode } from '../../yaml/decode.ts'
import type { YamlDocument } from '../../yaml/document.ts'
import { parseYaml } from '../../yaml/parse.ts'

/** The lines of a file from line 1 on; undefined where the tree has no such file or it holds no text. */
export function shownLines(tree: Tree, path: string): readonly string[] | undefined {
  const bytes = tree.read(path)
  if (bytes === undefined) return undefined
  const decoded = decode(bytes)
  if ('failure' in decoded) return undefined
  const { text } = decoded
  const starts = lineStarts(text)
  const whole: YamlDocument = { span: { start: 0, end: text.length }, value: undefined, duplicates: [] }
  const documents = formOf(path) === 'other' ? [whole] : parseYaml(text)
  const secret = documents.flatMap((yaml, index): readonly Span[] => {
    const document: Document = { path, text, lineStarts: starts, yaml, index }
    return secretsOf(document)
  })
  return starts.map((start, at) => maskedLine(text, { start, end: (starts[at + 1] ?? text.length + 1) - 1 }, secret))
}
