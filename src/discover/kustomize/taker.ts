// Which kustomization of this repository takes a file or folder.

import { folderOf } from '../filename.ts'
import type { Ground } from '../ground.ts'

/** The nearest kustomization of this repository that takes a file or a folder as objects, itself or through others that came from elsewhere: one of them, where several do. */
export function takersIn({ kustomizations }: Ground, isThirdParty: (path: string) => boolean): (path: string) => string | undefined {
  const takers = new Map<string, string>()
  for (const { path, names } of kustomizations.values())
    for (const reference of names.references) if (reference.role === 'resource') takers.set(reference.path, path)
  return (path) => {
    const seen = new Set<string>()
    let taker = takers.get(path)
    while (taker !== undefined && isThirdParty(taker) && !seen.has(taker)) {
      seen.add(taker)
      taker = takers.get(folderOf(taker))
    }
    return taker
  }
}
