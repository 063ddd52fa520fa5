// What the documentation shows is true.

import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { readConfig } from '../src/config-file.ts'

const read = (path: string) => readFileSync(path, 'utf8')
const pages = [
  'README.md',
  'CONTRIBUTING.md',
  ...readdirSync('docs', { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.md'))
    .map((path) => join('docs', path)),
]

test.each(['README.md', 'docs/configuration.md'])('the configuration in %s is read without complaint', (page) => {
  const examples = [...read(page).matchAll(/```yaml\n([\s\S]*?)```/g)]
    .map(([, text = '']) => text)
    .filter((text) => !text.includes('jobs:'))
  expect(examples.length).toBeGreaterThan(0)
  for (const text of examples) expect(() => readConfig(text, page)).not.toThrow()
})

describe('links between files lead somewhere', () => {
  test.each(pages)('%s', (page) => {
    const links = [...read(page).matchAll(/\]\((?!https?:|#)([^)#\s]+)[^)]*\)/g)].map(([, target = '']) => join(dirname(page), target))
    expect(links.filter((target) => !exists(target))).toEqual([])
  })
})

test('a decision has at most thirty lines', () => {
  const long = readdirSync('docs/decisions').filter((file) => read(join('docs/decisions', file)).trimEnd().split('\n').length > 34)
  expect(long).toEqual([])
})

function exists(path: string): boolean {
  try {
    return read(path) !== undefined
  } catch (thrown) {
    return thrown instanceof Error && 'code' in thrown && thrown.code === 'EISDIR'
  }
}
