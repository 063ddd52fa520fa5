// Git's own patch as data.

import type { Diff, FileDiff, Hunk } from './diff.ts'

/** Reads `git diff --no-color --no-ext-diff -M -U3`. Paths are unquoted; bytes in them that are no UTF-8 read `\xNN`, as in a Tree. */
export function parsePatch(patch: string): Diff {
  const files: FileDiff[] = []
  const lines = patch.split('\n')
  for (let at = 0; at < lines.length; ) {
    if (!lines[at]?.startsWith('diff --git ')) {
      at += 1
      continue
    }
    let end = at + 1

    while (end < lines.length && !lines[end]?.startsWith('diff --git ')) {
      const header = hunkHeader(lines[end] ?? '')
      // Content lines of a hunk are counted, so that a line of a file that looks like a header is none.
      end += header === undefined ? 1 : 1 + linesOfHunk(lines, end + 1, header)
    }
    files.push(fileOf(lines.slice(at, end)))
    at = end
  }
  return { files }
}

type Header = { readonly baseStart: number; readonly baseLines: number; readonly headStart: number; readonly headLines: number }

function hunkHeader(line: string): Header | undefined {
  const parts = /^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/.exec(line)
  if (parts === null) return undefined
  return { baseStart: Number(parts[1]), baseLines: Number(parts[2] ?? 1), headStart: Number(parts[3]), headLines: Number(parts[4] ?? 1) }
}

function linesOfHunk(lines: readonly string[], from: number, { baseLines, headLines }: Header): number {
  let base = baseLines
  let head = headLines
  let at = from
  for (; at < lines.length && (base > 0 || head > 0); at += 1) {
    const mark = lines[at]?.[0]
    if (mark !== '+' && mark !== '\\') base -= 1
    if (mark !== '-' && mark !== '\\') head -= 1
  }
  return at - from
}

function fileOf(lines: readonly string[]): FileDiff {
  const value = (prefix: string) => lines.find((line) => line.startsWith(prefix))?.slice(prefix.length)
  const from = value('rename from ') ?? value('copy from ')
  const to = value('rename to ') ?? value('copy to ')
  const [base, head] = [side(value('--- ')), side(value('+++ '))]
  const named = namesOf(lines[0] ?? '')
  const added = value('new file mode ') !== undefined
  const deleted = value('deleted file mode ') !== undefined
  const path = unquote(to ?? (deleted ? (base ?? named) : (head ?? named)))
  const status = added ? 'added' : deleted ? 'deleted' : value('rename from ') === undefined ? 'modified' : 'renamed'
  const hunks = hunksOf(lines)
  return { status, path, ...(from === undefined || value('rename from ') === undefined ? {} : { previousPath: unquote(from) }), hunks }
}

function hunksOf(lines: readonly string[]): readonly Hunk[] {
  const hunks: Hunk[] = []
  for (let at = 0; at < lines.length; at += 1) {
    const header = hunkHeader(lines[at] ?? '')
    if (header === undefined) continue
    const length = linesOfHunk(lines, at + 1, header)
    hunks.push(hunkOf(header, lines.slice(at + 1, at + 1 + length)))
    at += length
  }
  return hunks
}

function hunkOf({ baseStart, baseLines, headStart, headLines }: Header, lines: readonly string[]): Hunk {
  const added: number[] = []
  const removed: number[] = []
  let base = baseStart
  let head = headStart
  for (const line of lines) {
    if (line.startsWith('+')) added.push(head++)
    else if (line.startsWith('-')) removed.push(base++)
    else if (!line.startsWith('\\')) {
      base += 1
      head += 1
    }
  }
  return { base: { start: baseStart, lines: baseLines }, head: { start: headStart, lines: headLines }, added, removed }
}

/** `a/path` or `b/path` of a `---` or `+++` line; git puts a tab behind a path with spaces. */
function side(text: string | undefined): string | undefined {
  if (text === undefined || text === '/dev/null') return undefined
  const path = text.endsWith('\t') ? text.slice(0, -1) : text
  return path.startsWith('"') ? `"${path.slice(3)}` : path.slice(2)
}

/** Without `---` and `+++` (mode changes, binary and empty files) both names are the same and the header has them twice. */
function namesOf(header: string): string {
  const names = header.slice('diff --git '.length)
  if (names.startsWith('"')) return `"${names.slice(3, (names.length - 1) / 2)}`
  return names.slice(2, (names.length - 1) / 2)
}

/** A path as git quotes it in C style: `"with\ttab"`, octal bytes. */
function unquote(path: string): string {
  if (!path.startsWith('"')) return path
  const bytes: number[] = []
  const inner = path.slice(1, -1)
  const named: Readonly<Record<string, number>> = { a: 7, b: 8, t: 9, n: 10, v: 11, f: 12, r: 13 }
  for (let at = 0; at < inner.length; at += 1) {
    const char = inner[at] ?? ''
    if (char !== '\\') {
      const code = inner.codePointAt(at) ?? 0
      bytes.push(...new TextEncoder().encode(String.fromCodePoint(code)))
      if (code > 0xffff) at += 1
      continue
    }
    const octal = /^[0-3][0-7]{2}/.exec(inner.slice(at + 1))?.[0]
    if (octal !== undefined) bytes.push(Number.parseInt(octal, 8))
    else bytes.push(named[inner[at + 1] ?? ''] ?? inner.charCodeAt(at + 1))
    at += octal === undefined ? 1 : 3
  }
  return pathOfBytes(Uint8Array.from(bytes))
}

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** A path as text: UTF-8, or byte by byte with `\xNN` for what is none. */
export function pathOfBytes(bytes: Uint8Array): string {
  try {
    return strict.decode(bytes)
  } catch {
    return [...bytes].map((byte) => (byte < 0x80 ? String.fromCharCode(byte) : `\\x${byte.toString(16).padStart(2, '0')}`)).join('')
  }
}
