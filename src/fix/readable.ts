// A template as YAML that can be read, as far as it can be made so.

import { lineStarts, positionAt } from '../text/position.ts'
import type { YamlDocument } from '../yaml/document.ts'
import { parseYaml } from '../yaml/parse.ts'
import { type Masked, masked, withoutLine } from './mask.ts'

/** A masked template, and the documents that it reads as. */
export type Template = Masked & { readonly documents: readonly YamlDocument[] }

/** Each costs another reading of the template. */
const mostPutAway = 32

/** Lines that are no YAML beside the others, since they are written under other conditions, are put away as actions are; as it is where that does not help. */
export function readable(template: string): Template {
  const whole = read(masked(template))
  let less: Template | undefined = whole
  for (let count = 0; less !== undefined && count <= mostPutAway; count += 1) {
    const error = less.documents.find((document) => document.error !== undefined)?.error
    if (error === undefined) return less
    const mask = withoutLine(less, positionAt(lineStarts(less.text), error.offset).line - 1)
    less = mask === undefined ? undefined : read(mask)
  }
  return whole
}

function read(mask: Masked): Template {
  return { ...mask, documents: parseYaml(mask.text) }
}
