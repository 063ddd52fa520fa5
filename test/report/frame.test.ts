// The lines that are shown around a place.

import { expect, test } from 'vitest'
import { frameOf } from '../../src/report/frame.ts'
import type { Location } from '../../src/report/report.ts'
import type { Document } from '../../src/resource/document.ts'
import { lineStarts } from '../../src/text/position.ts'
import { parseYaml } from '../../src/yaml/parse.ts'

function documentOf(text: string, index = 0): Document {
  const yaml = parseYaml(text)[index]
  if (yaml === undefined) throw new Error('no such document')
  return { path: 'a.yaml', text, lineStarts: lineStarts(text), yaml, index }
}

const at = (line: number, endLine = line): Location => ({ path: 'a.yaml', line, column: 1, endLine, endColumn: 2, precision: 'exact' })
const ten = Array.from({ length: 10 }, (_, index) => `k${index + 1}: v${index + 1}\n`).join('')

test('two lines before and two after', () => {
  expect(frameOf(documentOf(ten), at(5), [])).toEqual({ firstLine: 3, lines: ['k3: v3', 'k4: v4', 'k5: v5', 'k6: v6', 'k7: v7'] })
})

test('at the first and the last line of a file there are fewer', () => {
  expect(frameOf(documentOf(ten), at(1), [])).toEqual({ firstLine: 1, lines: ['k1: v1', 'k2: v2', 'k3: v3'] })
  expect(frameOf(documentOf(ten), at(10), []).lines).toEqual(['k8: v8', 'k9: v9', 'k10: v10'])
})

test('the neighbouring documents of a file are not shown', () => {
  const text = 'a: 1\n---\nb: 2\nc: 3\n---\nd: 4\n'
  const { firstLine, lines } = frameOf(documentOf(text, 1), at(3), [])
  expect(lines).toContain('b: 2')
  expect(lines.join('\n')).not.toMatch(/a: 1|d: 4/)
  expect(lines[3 - firstLine]).toBe('b: 2')
})

test('a place of many lines is cut', () => {
  const text = `k:\n${'  - x\n'.repeat(50)}`
  expect(frameOf(documentOf(text), at(1, 51), []).lines).toHaveLength(11)
})

test('a long line is cut, and the carriage return of Windows is no part of it', () => {
  expect(frameOf(documentOf(`k: ${'x'.repeat(1000)}\n`), at(1), []).lines[0]).toBe(`k: ${'x'.repeat(397)}…`)
  expect(frameOf(documentOf('a: 1\r\nb: 2\r\n'), at(1), []).lines).toEqual(['a: 1', 'b: 2'])
})

test('what is secret reads as three dots, in the middle of a line too', () => {
  const text = 'url: https://user:Zq7pWx2m@host/path\n'
  const start = text.indexOf('Zq7')
  expect(frameOf(documentOf(text), at(1), [{ start, end: start + 8 }]).lines).toEqual(['url: https://user:•••@host/path'])
})

test('a secret of several lines shows nothing of any of them', () => {
  const text = 'key: |\n  first\n  second\nnext: 1\n'
  const secret = { start: text.indexOf('first'), end: text.indexOf('next') }
  const shown = frameOf(documentOf(text), at(1), [secret]).lines.join('\n')
  expect(shown).not.toMatch(/first|second/)
  expect(shown).toContain('key: |')
})
