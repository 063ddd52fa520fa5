// Which lines of a pull request take comments, by git's own patch: read here with nothing of the program's own reader.

import type { Sandbox } from '../io/repository.ts'

export type Anchors = { readonly RIGHT: ReadonlySet<number>; readonly LEFT: ReadonlySet<number> }

/** By path at head (at base for deleted files): added and context lines on the right, removed ones on the left. Files without lines are there, with none. */
export function anchorsOf({ git }: Sandbox, base: string, head: string): ReadonlyMap<string, Anchors> {
  const files = new Map<string, { RIGHT: Set<number>; LEFT: Set<number> }>()
  for (const path of git('diff', '--name-only', '-z', '-M', base, head)
    .split('\0')
    .filter((name) => name !== ''))
    files.set(path, { RIGHT: new Set(), LEFT: new Set() })
  for (const [path, anchors] of files) {
    const patch = git('diff', '--no-color', '-M', '-U3', base, head, '--', ...pathsFor(git, path, base, head))
    let [left, right, inHunk] = [0, 0, false]
    for (const line of patch.split('\n')) {
      const header = /^@@ -(\d+)(?:,\d+)? \+(\d+)(?:,\d+)? @@/.exec(line)
      if (header !== null) [left, right, inHunk] = [Number(header[1]), Number(header[2]), true]
      else if (line.startsWith('diff --git ')) inHunk = false
      else if (inHunk && line.startsWith('+')) anchors.RIGHT.add(right++)
      else if (inHunk && line.startsWith('-')) anchors.LEFT.add(left++)
      else if (inHunk && line.startsWith(' ')) {
        anchors.RIGHT.add(right++)
        left += 1
      }
    }
  }
  return files
}

/** A renamed file is diffed with both of its names. */
function pathsFor(git: Sandbox['git'], path: string, base: string, head: string): readonly string[] {
  const fields = git('diff', '--name-status', '-z', '-M', base, head).split('\0')
  for (let at = 0; at < fields.length; at += 1) {
    if (fields[at]?.startsWith('R') && fields[at + 2] === path) return [fields[at + 1] ?? path, path]
  }
  return [path]
}
