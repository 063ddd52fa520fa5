// The files of a tree as documents to find places in, each read once.

import type { Tree } from '../change/tree.ts'
import type { Document } from '../resource/document.ts'
import { resourcesIn } from '../resource/read.ts'
import type { Resource } from '../resource/resource.ts'
import { lineStarts } from '../text/position.ts'
import { remembered } from '../text/remembered.ts'
import { decode } from '../yaml/decode.ts'
import { parseYaml } from '../yaml/parse.ts'

/** What a tree holds, asked file by file. */
export type Sources = {
  /** All documents of a file, read as YAML; none for a file that is not there or is no text. */
  readonly documents: (path: string) => readonly Document[]
  /** A file as one document without a value: for templates and whatever else is no YAML. */
  readonly text: (path: string) => Document | undefined
  readonly resources: (path: string) => readonly Resource[]
  /** What was worked out for something before; a thing is asked about in one way only. */
  readonly once: <Value>(about: object, make: () => Value) => Value
}

export function sourcesIn(tree: Tree): Sources {
  const text = remembered((path) => textOf(tree, path))
  const documents = remembered((path: string): readonly Document[] => {
    const whole = text(path)
    return whole === undefined ? [] : parseYaml(whole.text).map((yaml, index) => ({ ...whole, yaml, index }))
  })
  const resources = remembered((path: string) => documents(path).flatMap(resourcesIn))
  const made = new Map<object, unknown>()
  const once = <Value>(about: object, make: () => Value): Value => {
    if (!made.has(about)) made.set(about, make())
    return made.get(about) as Value
  }
  return { documents, text, resources, once }
}

/** A text that stands nowhere as a file: values inside an object. */
export function documentOf(path: string, text: string): Document | undefined {
  const [yaml] = parseYaml(text)
  return yaml === undefined ? undefined : { path, text, lineStarts: lineStarts(text), yaml, index: 0 }
}

function textOf(tree: Tree, path: string): Document | undefined {
  const bytes = tree.read(path)
  const decoded = bytes === undefined ? undefined : decode(bytes)
  if (decoded === undefined || 'failure' in decoded) return undefined
  const { text } = decoded
  const yaml = { span: { start: 0, end: text.length }, value: undefined, duplicates: [] }
  return { path, text, lineStarts: lineStarts(text), yaml, index: 0 }
}
