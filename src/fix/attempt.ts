// Fixes made together in memory: the files as they are then, and what cannot be made.

import type { Tree } from '../change/tree.ts'
import { applyFixes } from './apply.ts'
import type { Fix } from './fix.ts'
import { textIn } from './text.ts'

export type Attempt = {
  /** Those that were made. */
  readonly fixes: readonly Fix[]
  readonly refused: ReadonlyMap<Fix, string>
  /** The files that differ. */
  readonly texts: ReadonlyMap<string, string>
  /** Why they may not be made together; absent where they may. */
  readonly fault: string | undefined
}

/** `isForeign`: whether a file came from elsewhere, or lies outside of what is mended. */
export function attempted(all: readonly Fix[], tree: Tree, isForeign: (path: string) => boolean): Attempt {
  const paths = [...new Set(all.flatMap(({ edits }) => edits.map(({ path }) => path)))]
  const first = new Map(paths.map((path) => [path, applyFixes(path, textIn(tree, path), all)]))
  const refused = new Map<Fix, string>()
  for (const one of first.values()) for (const [fix, reason] of one.refused) if (!refused.has(fix)) refused.set(fix, reason)
  const fixes = all.filter((fix) => !refused.has(fix))
  const texts = new Map<string, string>()
  let fault: string | undefined
  for (const path of paths) {
    const before = textIn(tree, path)
    const { text, refused: again } = (refused.size === 0 ? first.get(path) : undefined) ?? applyFixes(path, before, fixes)
    if (again.size > 0) fault = [...again.values()][0]
    else if (!shiftsItems(fixes) && applyFixes(path, text, fixes).text !== text)
      fault = 'making it twice would change more than making it once'
    if (text !== before) texts.set(path, text)
  }
  return { fixes, refused, texts, fault: fault ?? foreignFault(texts, tree, isForeign) }
}

/** Where an item goes, the numbers behind it mean other items: that nothing is left to fix is then shown by the findings that are gone. */
function shiftsItems(fixes: readonly Fix[]): boolean {
  return fixes.some(({ edits }) =>
    edits.some((edit) => 'change' in edit && edit.change.op === 'remove' && typeof edit.change.item === 'object'),
  )
}

/** No route leads into a foreign file; whatever they do, not a byte of it may differ. */
function foreignFault(texts: Attempt['texts'], tree: Tree, isForeign: (path: string) => boolean): string | undefined {
  const changed = tree.files.find(({ path }) => texts.has(path) && isForeign(path))
  return changed === undefined ? undefined : `${changed.path} comes from elsewhere and stays as it is`
}
