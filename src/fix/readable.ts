// A template as YAML that can be read, as far as it can be made so.

import { lineStarts, positionAt } from '../text/position.ts'
import { parseYaml } from '../yaml/parse.ts'
import { type Masked, masked, withoutLine } from './mask.ts'

/** Each costs another reading of the template. */
const mostPutAway = 32

/** The masked template. Lines that are no YAML beside the others, since they are written under other conditions, are put away as actions are; as it is where that does not help. */
export function readable(template: string): Masked {
  const whole = masked(template)
  let mask = whole
  for (let count = 0; count <= mostPutAway; count += 1) {
    const error = parseYaml(mask.text).find((document) => document.error !== undefined)?.error
    if (error === undefined) return mask
    const less = withoutLine(mask, positionAt(lineStarts(mask.text), error.offset).line - 1)
    if (less === undefined) return whole
    mask = less
  }
  return whole
}
