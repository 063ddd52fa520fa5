// Files of a tree as text.

import type { Tree } from '../change/tree.ts'
import { decode } from '../yaml/decode.ts'

/** The text of a file of a tree; empty where there is none. */
export function textIn(tree: Tree, path: string): string {
  const bytes = tree.read(path)
  const decoded = bytes === undefined ? undefined : decode(bytes)
  return decoded !== undefined && 'text' in decoded ? decoded.text : ''
}
