// Indexes of chart repositories, read in part and as a whole.

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { stringify } from 'yaml'
import { indexIn } from '../../src/render/chart-index.ts'

const helm = `apiVersion: v1
entries:
  web:
  - description: |
      a text
        web:
      that goes on
    digest: aa
    urls:
    - web-1.0.0.tgz
    version: 1.0.0
  web-more:
  - {version: 2.0.0, urls: [b.tgz]}
  "quoted":
  - {version: 3.0.0, urls: [c.tgz]}
generated: "2024-01-01"
`

test('the versions of a chart as Helm writes them, and no others', () => {
  const index = indexIn(helm)
  expect(index?.('web')).toEqual([{ version: '1.0.0', url: 'web-1.0.0.tgz', digest: 'sha256:aa' }])
  expect(index?.('web-more')).toEqual([{ version: '2.0.0', url: 'b.tgz' }])
  expect(index?.('quoted')).toEqual([{ version: '3.0.0', url: 'c.tgz' }])
  expect(index?.('generated')).toBeUndefined()
  expect(index?.('more')).toBeUndefined()
})

test.each([
  ['flow', 'entries: {web: [{version: 1.0.0, urls: [a]}]}'],
  ['JSON', '{"entries":{"web":[{"version":"1.0.0","urls":["a"]}]}}'],
  ['deeper', 'entries:\n     web:\n          - version: 1.0.0\n            urls: [a]\n'],
  ['lines of Windows', 'entries:\r\n  web:\r\n  - version: 1.0.0\r\n    urls: [a]\r\nx: y\r\n'],
  ['comments', '# entries:\nentries:\n# x\n  # y\n  web: # z\n# 1\n  - version: 1.0.0\n    urls: [a]\n'],
])('in other forms of YAML: %s', (_, text) => {
  expect(indexIn(text)?.('web')).toEqual([{ version: '1.0.0', url: 'a' }])
})

test.each(['', '<html>', 'entries: 3', '- a', 'a: b', 'entries:\n'])('%j is no index', (text) => {
  expect(indexIn(text)).toBeUndefined()
})

const name = fc.stringMatching(/^chart[a-z0-9-]{0,6}$/)
const text = fc.string({ maxLength: 30 })
const entry = fc.record({
  version: fc.constantFrom('1.0.0', '1.1.0', '2.0.0'),
  urls: fc.array(fc.webUrl(), { minLength: 1, maxLength: 2 }),
  description: text,
  icon: text,
})

test('what is read in part is what is read as a whole', () => {
  fc.assert(
    fc.property(
      fc.dictionary(name, fc.array(entry, { minLength: 1, maxLength: 3 }), { minKeys: 1, maxKeys: 5 }),
      fc.constantFrom(0, 20, 80),
      (entries, lineWidth) => {
        const index = indexIn(stringify({ apiVersion: 'v1', entries, generated: 'x' }, { lineWidth, indentSeq: lineWidth === 80 }))
        for (const [chart, versions] of Object.entries(entries)) {
          expect(index?.(chart)).toEqual(versions.map(({ version, urls: [url] }) => ({ version, url })))
        }
      },
    ),
  )
})
