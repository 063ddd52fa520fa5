// A part of a diff: what happens below one folder, with its paths as they are.

import type { Diff } from './diff.ts'

/** What a diff does below `folder` (no slash at its end; empty for all). A file that moves in from elsewhere is a new one there, one that moves out is gone. */
export function diffBelow(diff: Diff, folder: string): Diff {
  if (folder === '') return diff
  return {
    files: diff.files.flatMap((file) => {
      const { previousPath, ...rest } = file
      if (isBelow(file.path, folder)) return previousPath === undefined || isBelow(previousPath, folder) ? [file] : [rest]
      return previousPath !== undefined && isBelow(previousPath, folder)
        ? [{ status: 'deleted' as const, path: previousPath, hunks: [] }]
        : []
    }),
  }
}

/** Whether a path is a folder or lies below it; the empty folder is the root. */
export function isBelow(path: string, folder: string): boolean {
  return folder === '' || path === folder || path.startsWith(`${folder}/`)
}
