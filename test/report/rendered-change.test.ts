import { expect, test } from 'vitest'
import type { Environment } from '../../src/discover/target.ts'
import { readOutputs } from '../../src/render/rendered.ts'
import type { Sight } from '../../src/render/sight.ts'
import { html } from '../../src/report/html.ts'
import { markdown } from '../../src/report/markdown.ts'
import { renderedChanges } from '../../src/report/rendered-change.ts'
import { leftText, renderedTitle } from '../../src/report/rendered-text.ts'
import { kustomizationTarget } from '../render/sample.ts'
import { sampleReport } from './sample.ts'

const settings = (name: string, data: string) => `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\ndata:\n  a: ${data}\n`
const login = (data: string) => `apiVersion: v1\nkind: Secret\nmetadata:\n  name: login\nstringData:\n  a: ${data}\n`

function sight(environments: readonly Environment[], ...texts: readonly string[]): Sight {
  const target = kustomizationTarget()
  const outputs = texts.map((content) => ({ content, path: 'prod/a.yaml', by: 'kustomization' as const, lines: [] }))
  return { target, resources: readOutputs(target, outputs).resources, parts: [], environments, place: '' }
}

const changes = (base: readonly Sight[], head: readonly Sight[]) => renderedChanges({ base, head })

test('nothing where nothing differs', () => {
  expect(changes([sight(['a'], settings('x', 'one'))], [sight(['a'], settings('x', 'one'))])).toEqual([])
})

test('nothing of manifests that are applied as they stand: the diff shows them', () => {
  const { resources } = sight(['a'], settings('x', 'one'))
  const target = { kind: 'manifest', id: 'x.yaml', inputs: ['x.yaml'], environments: [], resources, unrendered: false } as const
  expect(changes([], [{ target, resources, parts: [], environments: ['a'], place: '' }])).toEqual([])
})

test('what is changed, added and removed, with the lines as git shows them', () => {
  const [change, ...others] = changes(
    [sight(['a'], settings('x', 'one'), settings('gone', 'one'))],
    [sight(['a'], settings('x', 'two'), settings('come', 'one'))],
  )
  expect(others).toEqual([])
  expect(change).toMatchObject({ environments: ['a'], added: 1, removed: 1, changed: 1, left: 0 })
  expect(change?.lines.slice(0, 7)).toEqual([
    '# changed: ConfigMap x',
    '@@ -3,4 +3,4 @@',
    ' metadata:',
    '   name: x',
    ' data:',
    '-  a: one',
    '+  a: two',
  ])
  expect(change?.lines).toContain('# added: ConfigMap come')
  expect(change?.lines).toContain('# removed: ConfigMap gone')
})

test('environments that differ in the same way are one entry', () => {
  const both = changes(
    [sight(['a', 'b'], settings('x', 'one')), sight(['c'], settings('x', 'one'))],
    [sight(['a', 'b'], settings('x', 'two')), sight(['c'], settings('x', 'three'))],
  )
  expect(both.map(({ environments }) => environments)).toEqual([['a', 'b'], ['c']])
})

test('an object whose name has a generated ending is the same one', () => {
  const [change] = changes([sight(['a'], settings('x-6ct58987ht', 'one'))], [sight(['a'], settings('x-989bb5c4b6', 'two'))])
  expect(change).toMatchObject({ added: 0, removed: 0, changed: 1 })
})

test('secrets are masked, and that one changed is said', () => {
  const [change] = changes([sight(['a'], login('Nordlicht-4711'))], [sight(['a'], login('Suedlicht-4712'))])
  expect(change?.lines).toEqual(['# changed: Secret login', '  only what is masked differs'])
  const [fresh] = changes([], [sight(['a'], login('Nordlicht-4711'))])
  expect(fresh?.lines.join('\n')).not.toContain('4711')
  expect(fresh?.lines).toContain('+  a: •••')
})

test('what is long is cut and counted', () => {
  const long = (word: string) => settings('x', `|\n${Array.from({ length: 300 }, (_, at) => `    ${word} ${at}\n`).join('')}`)
  const [change] = changes([sight(['a'], long('old'))], [sight(['a'], long('new'))])
  expect(change?.lines).toHaveLength(60)
  expect(change?.left).toBeGreaterThan(500)
  const many = Array.from({ length: 50 }, (_, at) => settings(`x${at}`, 'one'))
  const [all] = changes([], [sight(['a'], ...many)])
  expect(all?.lines).toHaveLength(160)
  expect(all).toMatchObject({ added: 50, left: 50 * 8 - 160 })
  const [wide] = changes([], [sight(['a'], settings('x', 'w'.repeat(5_000)))])
  expect(Math.max(...(wide?.lines.map(({ length }) => length) ?? []))).toBeLessThan(250)
})

test('words: where, how many, what was left out', () => {
  const change = { environments: ['a', 'b'], added: 2, removed: 0, changed: 1, lines: [], left: 1 }
  const unnamed = { ...change, environments: [''] }
  expect(renderedTitle(change, [change, unnamed])).toBe('a, b: 1 object changed, 2 added')
  expect(renderedTitle(unnamed, [unnamed])).toBe('1 object changed, 2 added')
  expect(renderedTitle(unnamed, [change, unnamed])).toBe('in no environment: 1 object changed, 2 added')
  expect(leftText(change)).toBe('1 more line; plimsoll render shows all of it')
})

test.each([
  ['Markdown', markdown],
  ['HTML', html],
])('as %s: folded, and nothing of it is markup', (_, write) => {
  const lines = ['# changed: ConfigMap x', '@@ -1 +1 @@', '+  a: "```</details><img src=x>"']
  const rendered = [{ environments: ['a<b>'], added: 0, removed: 0, changed: 1, lines, left: 3 }]
  const text = write(sampleReport({ rendered }), { color: false, width: 100 })
  expect(text).toContain('What would be applied')
  expect(text).toContain('3 more lines')
  expect(text).not.toContain('a<b>')
  if (write === html) expect(text).not.toContain('<img src=x>')
  else expect(text).toContain('````diff')
  expect(write(sampleReport(), { color: false, width: 100 })).not.toContain('What would be applied')
})
