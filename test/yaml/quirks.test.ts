// Kubernetes' own parser is the truth: what Go's sigs.k8s.io/yaml makes of each text is stored beside it.

import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { parseYaml } from '../../src/yaml/parse.ts'

type Quirk = { readonly name: string; readonly yaml: string; readonly go: readonly unknown[] | { readonly error: string } }

const quirks = JSON.parse(readFileSync(new URL('./quirks.json', import.meta.url), 'utf8')) as readonly Quirk[]

test('all of them are there', () => {
  expect(quirks).toHaveLength(121)
})

test.each(quirks)('$name', ({ yaml, go }) => {
  const documents = parseYaml(yaml)
  if ('error' in go) expect(documents.some(({ error }) => error !== undefined)).toBe(true)
  else expect(documents.map(({ value, error }) => error ?? value)).toEqual(go)
})
