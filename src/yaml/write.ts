// A value as the text of a new document.

import type { Json } from './change.ts'
import { entryText, flowText, itemText, type Style } from './edit-style.ts'

/** How new files are written: two columns, lists indented, items below each other. */
const plainStyle: Style = { lineBreak: '\n', step: 2, dash: 2, brackets: undefined, isJson: false }

/** Block style, as people write it; with a line break at the end. */
export function yamlText(value: Json): string {
  if (value === null || typeof value !== 'object') return `${flowText(value, { isJson: false })}\n`
  const parts = Array.isArray(value)
    ? value.map((item: Json) => itemText(item, 0, plainStyle))
    : Object.entries(value).map(([key, item]) => entryText(key, item, 0, plainStyle))
  return `${parts.length === 0 ? (Array.isArray(value) ? '[]' : '{}') : parts.join('\n')}\n`
}
