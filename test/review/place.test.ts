// The ladder: the line, the nearest shown line of the object, the file, the summary; and the removed line for what was taken away.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { diffLines } from '../../src/change/lines.ts'
import { lookupOf } from '../../src/change/lookup.ts'
import { placeOf } from '../../src/review/place.ts'
import { sampleFinding } from '../report/sample.ts'
import { showing } from './sample.ts'

const at = (line: number, path = 'web.yaml') => ({ ...sampleFinding().location, path, line })

describe('a finding stands', () => {
  test('on its line when the diff shows it', () => {
    expect(placeOf(sampleFinding({ location: at(12) }), lookupOf(showing('web.yaml', 10, 14)))).toEqual({
      kind: 'exact',
      path: 'web.yaml',
      line: 12,
      side: 'RIGHT',
    })
  })

  test('on the nearest shown line of its object when its own is not shown', () => {
    const finding = sampleFinding({ location: at(12), objectLines: { first: 8, last: 40 } })
    expect(placeOf(finding, lookupOf(showing('web.yaml', 20, 30)))).toEqual({ kind: 'nearest', path: 'web.yaml', line: 20, side: 'RIGHT' })
  })

  test('on the file when the diff shows nothing of its object', () => {
    const finding = sampleFinding({ location: at(12), objectLines: { first: 8, last: 15 } })
    expect(placeOf(finding, lookupOf(showing('web.yaml', 20, 30)))).toEqual({ kind: 'file', path: 'web.yaml' })
  })

  test('in the summary when its file is no part of the diff', () => {
    expect(placeOf(sampleFinding({ location: at(12) }), lookupOf(showing('other.yaml', 10, 14)))).toEqual({ kind: 'summary' })
  })

  test('on the removed line when that is what made it', () => {
    const base = 'a\nb\nc\nd\ne\n'
    const diff = lookupOf({
      files: [{ status: 'renamed', path: 'web.yaml', previousPath: 'old.yaml', hunks: diffLines(base, 'a\nb\nd\ne\n') }],
    })
    const finding = sampleFinding({ location: at(2), removedFrom: at(3, 'old.yaml') })
    expect(placeOf(finding, diff)).toEqual({ kind: 'removed', path: 'web.yaml', line: 3, side: 'LEFT' })
    expect(placeOf({ ...finding, removedFrom: at(2, 'old.yaml') }, diff)).toMatchObject({ kind: 'exact' })
  })
})

test('whatever changed, an anchor lies in a hunk: on the right an added or context line, on the left a removed one', () => {
  const text = fc
    .array(fc.constantFrom('a', 'b', 'c', 'd', 'e'), { maxLength: 40 })
    .map((lines) => lines.map((line) => `${line}\n`).join(''))
  fc.assert(
    fc.property(
      text,
      text,
      fc.integer({ min: 1, max: 60 }),
      fc.integer({ min: 1, max: 60 }),
      fc.nat(30),
      (base, head, line, removed, size) => {
        const hunks = diffLines(base, head)
        const objectLines = { first: Math.max(1, line - size), last: line + size }
        const finding = sampleFinding({ location: at(line), objectLines, removedFrom: at(removed) })
        const place = placeOf(finding, lookupOf({ files: [{ status: 'modified', path: 'web.yaml', hunks }] }))
        if (place.kind === 'summary' || place.kind === 'file') return
        const side = place.side === 'LEFT' ? 'base' : 'head'
        expect(hunks.some((hunk) => place.line >= hunk[side].start && place.line < hunk[side].start + hunk[side].lines)).toBe(true)
        if (place.kind === 'removed') expect(hunks.some((hunk) => hunk.removed.includes(place.line))).toBe(true)
        if (place.kind === 'nearest') expect(place.line >= objectLines.first && place.line <= objectLines.last).toBe(true)
      },
    ),
    { numRuns: 500 },
  )
})
