// Git's own patch as data.

import type { Diff, FileDiff, Hunk } from './diff.ts'
import { unquotePath } from './path.ts'

/**
 * Reads what `git diff --no-color --no-ext-diff --full-index -M -U3` prints. A link or submodule has no hunks, since its text is no content; one that takes a file's place (or gives
 * it back) is a modified file, whose lines are all removed (or added). A copy is an added file. Never throws: what is no patch is passed over.
 */
export function parsePatch(patch: string): Diff {
  const files: FileDiff[] = []
  const lines = patch.split('\n')
  for (let at = 0; at < lines.length; ) {
    if (!lines[at]?.startsWith('diff --git ')) {
      at += 1
      continue
    }
    const start = at
    at += 1
    while (at < lines.length && !lines[at]?.startsWith('@@ ') && !lines[at]?.startsWith('diff --git ')) at += 1
    const head = headOf(lines.slice(start, at))
    const hunks: Hunk[] = []
    // Lines of a hunk are counted, so that a line of a file that looks like a header is none.
    for (let header = hunkHeader(lines[at]); header !== undefined; header = hunkHeader(lines[at])) {
      const read = readHunk(lines, at + 1, header)
      hunks.push(read.hunk)
      at = read.end
    }
    add(files, { ...head.file, hunks: head.isText ? hunks : [] })
  }
  return { files }
}

/** Git writes a file that turns into a link, or back, as a deletion and an addition of one path. */
function add(files: FileDiff[], file: FileDiff): void {
  const last = files.at(-1)
  const turned = last !== undefined && last.path === file.path && last.status === 'deleted' && file.status === 'added'
  if (!turned) files.push(file)
  else files[files.length - 1] = { status: 'modified', path: file.path, hunks: [...last.hunks, ...file.hunks] }
}

/** What stands before the hunks of a file. */
function headOf(lines: readonly string[]): { readonly file: Omit<FileDiff, 'hunks'>; readonly isText: boolean } {
  const value = (prefix: string) => lines.find((line) => line.startsWith(prefix))?.slice(prefix.length)
  const from = value('rename from ')
  const isDeleted = value('deleted file mode ') !== undefined
  const isAdded = value('new file mode ') !== undefined || value('copy from ') !== undefined
  const mode = value('new file mode ') ?? value('deleted file mode ') ?? value('new mode ') ?? value('index ')?.split(' ')[1]
  const isText = mode !== '120000' && mode !== '160000'
  const named = nameOf(lines[0] ?? '')
  const side = value(isDeleted ? '--- ' : '+++ ')
  const path = unquotePath(value('rename to ') ?? value('copy to ') ?? sideOf(side) ?? named)
  if (from !== undefined) return { file: { status: 'renamed', path, previousPath: unquotePath(from) }, isText }
  return { file: { status: isDeleted ? 'deleted' : isAdded ? 'added' : 'modified', path }, isText }
}

/** `a/path` or `b/path` of a `---` or `+++` line; git puts a tab behind a path with spaces. */
function sideOf(text: string | undefined): string | undefined {
  if (text === undefined || text === '/dev/null') return undefined
  const path = text.endsWith('\t') ? text.slice(0, -1) : text
  return path.startsWith('"') ? `"${path.slice(3)}` : path.slice(2)
}

/** Without `---` and `+++` (mode changes, binary and empty files) both names are the same, and the first line has them twice. */
function nameOf(line: string): string {
  const names = line.slice('diff --git '.length)
  const half = (names.length - 1) / 2
  return names.startsWith('"') ? `"${names.slice(3, half)}` : names.slice(2, half)
}

type Header = Pick<Hunk, 'base' | 'head'>

function hunkHeader(line: string | undefined): Header | undefined {
  const parts = /^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/.exec(line ?? '')
  if (parts === null) return undefined
  return {
    base: { start: Number(parts[1]), lines: Number(parts[2] ?? 1) },
    head: { start: Number(parts[3]), lines: Number(parts[4] ?? 1) },
  }
}

function readHunk(lines: readonly string[], from: number, header: Header): { readonly hunk: Hunk; readonly end: number } {
  const added: number[] = []
  const removed: number[] = []
  let base = header.base.start
  let head = header.head.start
  const baseEnd = base + header.base.lines
  const headEnd = head + header.head.lines
  let at = from
  for (; at < lines.length && (base < baseEnd || head < headEnd); at += 1) {
    const mark = lines[at]?.[0]
    if (mark === '\\') continue
    if (mark === '+') added.push(head++)
    else if (mark === '-') removed.push(base++)
    else {
      base += 1
      head += 1
    }
  }
  while (lines[at]?.startsWith('\\')) at += 1
  return { hunk: { ...header, added, removed }, end: at }
}
