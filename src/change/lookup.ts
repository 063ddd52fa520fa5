// A diff, asked about single lines: added, shown, removed, and which line of base a line of head was.

import { remembered } from '../text/remembered.ts'
import type { Diff, FileDiff, Hunk } from './diff.ts'

/** Paths are those of head (of base for a deleted file), lines count from 1. */
export type Lookup = {
  /** Whether the change names the file. */
  readonly isTouched: (path: string) => boolean
  /** The path at base; the same where the change does not rename it. */
  readonly previousPath: (path: string) => string
  /** Lines of head that the change adds. */
  readonly added: (path: string) => ReadonlySet<number>
  /** Lines of base that the change removes. */
  readonly removed: (path: string) => ReadonlySet<number>
  /** Whether the line is part of a hunk: GitHub takes comments on no other. */
  readonly isShown: (path: string, line: number, side: 'base' | 'head') => boolean
  /** All lines of head that are part of a hunk, ascending. */
  readonly shown: (path: string) => readonly number[]
  /** The line of base that a line of head was; undefined for an added one. */
  readonly baseLine: (path: string, line: number) => number | undefined
}

/** Makes a diff ready for many questions. */
export function lookupOf(diff: Diff): Lookup {
  const files = new Map(diff.files.map((file) => [file.path, file]))
  const hunksOf = (path: string) => files.get(path)?.hunks ?? []
  const added = remembered((path) => new Set(hunksOf(path).flatMap((hunk) => hunk.added)))
  const removed = remembered((path) => new Set(hunksOf(path).flatMap((hunk) => hunk.removed)))
  return {
    isTouched: (path) => files.has(path),
    previousPath: (path) => files.get(path)?.previousPath ?? path,
    added,
    removed,
    isShown: (path, line, side) => hunksOf(path).some((hunk) => isWithin(hunk[side], line)),
    shown: (path) => hunksOf(path).flatMap(({ head }) => Array.from({ length: head.lines }, (_, at) => head.start + at)),
    baseLine: (path, line) => baseLineIn(files.get(path), line),
  }
}

function isWithin({ start, lines }: Hunk['head'], line: number): boolean {
  return line >= start && line < start + lines
}

function baseLineIn(file: FileDiff | undefined, line: number): number | undefined {
  if (file?.status === 'added') return undefined
  let shift = 0
  for (const hunk of file?.hunks ?? []) {
    if (line < hunk.head.start) break
    if (isWithin(hunk.head, line)) return baseLineWithin(hunk, line)
    shift += hunk.base.lines - hunk.head.lines
  }
  return line + shift
}

/** The lines that a hunk keeps are the same ones in the same order on both sides. */
function baseLineWithin({ base, head, added, removed }: Hunk, line: number): number | undefined {
  if (added.includes(line)) return undefined
  let kept = line - head.start - added.filter((other) => other < line).length
  const gone = new Set(removed)
  for (let at = base.start; at < base.start + base.lines; at += 1) {
    if (gone.has(at)) continue
    if (kept === 0) return at
    kept -= 1
  }
  return undefined
}
