// The kustomization that Flux makes for a folder without one.

import { contentOf } from '../content.ts'
import { filesBelow, type Ground, isFile } from '../ground.ts'

/**
 * The paths, relative to the folder, that Flux lists: every file with objects in the folder and below it; where a folder below has a kustomization, that folder in place of what it holds.
 */
export function generatedIn(folder: string, ground: Ground): readonly string[] {
  const prefix = folder === '' ? '' : `${folder}/`
  const found = new Set<string>()
  for (const path of filesBelow(ground, folder)) {
    const kustomized = foldersAbove(path, folder).find((above) => ground.kustomizations.has(above))
    if (kustomized !== undefined) found.add(kustomized.slice(prefix.length))
    else if (/\.ya?ml$/.test(path) && holdsObjects(path, ground)) found.add(path.slice(prefix.length))
  }
  return [...found]
}

/** The folders between a path and `folder`, outermost first. */
function foldersAbove(path: string, folder: string): readonly string[] {
  const from = folder === '' ? 0 : folder.length + 1
  const found: string[] = []
  for (let at = path.indexOf('/', from); at >= 0; at = path.indexOf('/', at + 1)) found.push(path.slice(0, at))
  return found
}

function holdsObjects(path: string, ground: Ground): boolean {
  if (!isFile(ground, path)) return false
  const content = contentOf(ground.tree, path, ground.memo)
  return (
    content?.kind === 'documents' &&
    content.documents.some(
      ({ verdict }) => verdict.kind !== 'skipped' || verdict.gap.reason === 'custom-resource-definition' || verdict.gap.attention,
    )
  )
}
