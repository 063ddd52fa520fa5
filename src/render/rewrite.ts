// Puts other texts in the place of entries of a YAML file; every other byte stays.

import type { YamlDocument } from '../yaml/document.ts'
import { placeOf } from '../yaml/place.ts'

/** The entry that `pointer` leads to in one of the file's documents becomes `entry`, written as JSON. */
export type Replacement = { readonly document: YamlDocument; readonly pointer: string; readonly entry: unknown }

/** The text of a file with entries replaced. An entry that is not there changes nothing. */
export function rewritten(text: string, replacements: readonly Replacement[]): string {
  return replacements
    .map(({ document, pointer, entry }) => ({ ...placeOf(document, pointer), entry: JSON.stringify(entry) }))
    .filter(({ found }) => found)
    .sort((a, b) => b.value.start - a.value.start)
    .reduce((done, { value: { start, end }, entry }) => {
      const lineEnd = done[end - 1] === '\n' ? '\n' : ''
      return `${done.slice(0, start)}${further(done, start)}${entry}${lineEnd}${done.slice(end)}`
    }, text)
}

/** The items of a list may stand right below their key, and no other value may: what begins a line is moved to the right. */
function further(text: string, start: number): string {
  return text.slice(text.lastIndexOf('\n', start - 1) + 1, start).trim() === '' ? '  ' : ''
}
