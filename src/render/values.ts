// The values of a chart in the order in which Helm takes them.

import type { Tree } from '../change/tree.ts'
import type { Values } from '../discover/target.ts'
import type { HelmSet } from './engine.ts'
import { textAt } from './files.ts'

/** Values as texts, later ones winning, and single paths that are set after them. A file that is not in the tree gives none. */
export function valuesOf(values: readonly Values[], tree: Tree): { readonly values: readonly string[]; readonly sets: readonly HelmSet[] } {
  const texts: string[] = []
  const sets: HelmSet[] = []
  for (const one of values) {
    switch (one.kind) {
      case 'file':
        texts.push(textAt(tree, one.path) ?? '')
        break
      case 'inline':
        texts.push(JSON.stringify(one.value))
        break
      case 'text':
        texts.push(one.text)
        break
      case 'set':
        sets.push({ name: one.name, as: one.as, value: one.as === 'file' ? (textAt(tree, one.value) ?? '') : one.value })
        break
      default:
        one satisfies never
    }
  }
  return { values: texts.filter((text) => text.trim() !== ''), sets }
}
