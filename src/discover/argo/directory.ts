// A folder that Argo CD applies as it stands: which of its files, and what among them it would have to evaluate.

import { valueAt } from '../../text/pointer.ts'
import { folderOf } from '../filename.ts'
import { safeGlob } from '../glob.ts'
import { filesBelow, type Ground, shownFolder } from '../ground.ts'
import { type Found, nothing, placeIn, textAt } from '../scene.ts'
import { type Source, saidPart } from './source.ts'

/** The files of a directory source; files of Jsonnet among them are named, since nothing evaluates them here. */
export function directoryOf(source: Source, folder: string, ground: Ground): Found {
  const { root, environments, value, app, pointer } = source
  const recurse = valueAt(value, '/directory/recurse') === true
  const include = matcher(textAt(value, '/directory/include'))
  const exclude = matcher(textAt(value, '/directory/exclude'))
  const files = filesBelow(ground, folder).filter((path) => {
    const relative = folder === '' ? path : path.slice(folder.length + 1)
    return (recurse || folderOf(path) === folder) && (include?.(relative) ?? true) && !(exclude?.(relative) ?? false)
  })
  const jsonnet = files.filter((path) => path.endsWith('.jsonnet'))
  return {
    ...nothing,
    manifests: files.filter((path) => /\.(?:ya?ml|json)$/.test(path)).map((path) => ({ path, root, environments })),
    unresolved:
      jsonnet.length === 0
        ? []
        : [
            {
              root,
              code: 'unsupported-tool',
              message: `${saidPart(source)}${jsonnet.length === 1 ? jsonnet[0] : `${jsonnet.length} files below ${shownFolder(folder)}`} would have to be evaluated by Jsonnet`,
              hint: 'Commit what it renders, and name that folder in the configuration.',
              at: placeIn(app, pointer),
            },
          ],
  }
}

/** Argo CD's globs let `*` match a slash. */
function matcher(glob: string): ((path: string) => boolean) | undefined {
  return glob === '' ? undefined : safeGlob(glob, { slash: true })
}
