// The HTML page as text: nothing of a repository gets out of its place.

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { html } from '../../src/report/html.ts'
import { escaped, link, prose } from '../../src/report/html-escape.ts'
import { sampleFinding, sampleReport } from './sample.ts'

const look = { color: false, width: 100 }
const hostile = fc.string({ unit: fc.constantFrom(...'ab <>&"\'`/=\n', '\u202e', '\u0000', '</script>', '<!--', '-->') })

test('no text leaves its place', () => {
  fc.assert(
    fc.property(hostile, (text) => {
      expect(escaped(text)).not.toMatch(/[<>"'\u0000\u202e\n]/)
      expect(prose(text).replace(/<\/?code>/g, '')).not.toMatch(/[<>"'\u0000\u202e\n]/)
    }),
  )
})

test('the elements of the page do not depend on what a repository says', () => {
  const tags = (page: string) => (page.match(/<[a-z/!][^>\s]*/gi) ?? []).join(' ')
  const page = (text: string) => {
    const resource = { apiVersion: 'v1', kind: `K${text}`, namespace: '', name: text }
    const finding = sampleFinding({ message: text, resource, frame: { firstLine: 12, lines: [`x${text}`] }, environments: [] })
    return html(sampleReport({ findings: [finding], head: `h${text}`, notes: [text] }), look)
  }
  const plain = tags(page('a'))
  fc.assert(fc.property(hostile, (text) => void expect(tags(page(text))).toBe(plain)))
})

test('only addresses of the web are links', () => {
  expect(link('https://kubernetes.io/a?b&c')).toBe(
    '<a href="https://kubernetes.io/a?b&amp;c" rel="noreferrer noopener">https://kubernetes.io/a?b&amp;c</a>',
  )
  expect(link('javascript:alert(1)')).toBe('javascript:alert(1)')
})

test('the page asks for nothing from elsewhere and allows no script but its own', () => {
  const page = html(sampleReport(), look)
  expect(page).toMatch(/default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-[\w+/=]{44}'/)
  expect(page).not.toMatch(/<(?:link|img|iframe|object)\b|src=/)
})

test('two thousand findings stay below four megabytes', () => {
  const findings = Array.from({ length: 2_000 }, (_, at) => sampleFinding({ message: `Pod "web-${at}" uses the network of its node.` }))
  expect(html(sampleReport({ findings }), look).length).toBeLessThan(4_000_000)
})

test('a report of nothing says so, with its coverage', () => {
  const page = html(sampleReport({ findings: [], verdict: 'pass', verdictReason: 'nothing found' }), look)
  expect(page).toContain('Nothing to look at')
  expect(page).toContain('1 object in 1 file judged by 60 rules')
  expect(page).not.toContain('<svg')
})
