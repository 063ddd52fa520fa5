// Which lines of a pull request take comments, by git's own patch: read here with nothing of the program's own reader.

import type { Sandbox } from '../io/repository.ts'

export type Anchors = { readonly RIGHT: ReadonlySet<number>; readonly LEFT: ReadonlySet<number> }

/** By path at head (at base for deleted files): added and context lines on the right, removed ones on the left. Files without lines are there, with none. */
export function anchorsOf({ git }: Sandbox, base: string, head: string): ReadonlyMap<string, Anchors> {
  const paths = pathsIn(git('diff', '--name-status', '-z', '-M', base, head))
  // A line of a file begins with a blank, plus or minus: only a header begins so.
  const patches = git('diff', '--no-color', '-M', '-U3', base, head)
    .split(/^diff --git /m)
    .slice(1)
  if (patches.length !== paths.length) throw new Error(`git names ${paths.length} files and shows ${patches.length}`)
  return new Map(paths.map((path, at) => [path, linesIn(patches[at] ?? '')]))
}

/** A renamed file has two names, of which the second is the new one. */
function pathsIn(listing: string): readonly string[] {
  const fields = listing.split('\0')
  const paths: string[] = []
  for (let at = 0; at + 1 < fields.length; ) {
    const isRename = /^[RC]/.test(fields[at] ?? '')
    paths.push(fields[at + (isRename ? 2 : 1)] ?? '')
    at += isRename ? 3 : 2
  }
  return paths
}

function linesIn(patch: string): Anchors {
  const anchors = { RIGHT: new Set<number>(), LEFT: new Set<number>() }
  let [left, right, inHunk] = [0, 0, false]
  for (const line of patch.split('\n')) {
    const header = /^@@ -(\d+)(?:,\d+)? \+(\d+)(?:,\d+)? @@/.exec(line)
    if (header !== null) [left, right, inHunk] = [Number(header[1]), Number(header[2]), true]
    else if (inHunk && line.startsWith('+')) anchors.RIGHT.add(right++)
    else if (inHunk && line.startsWith('-')) anchors.LEFT.add(left++)
    else if (inHunk && line.startsWith(' ')) {
      anchors.RIGHT.add(right++)
      left += 1
    }
  }
  return anchors
}
