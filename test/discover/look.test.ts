// Texts that look like Kubernetes without being read.

import { expect, test } from 'vitest'
import { looksLikeKubernetes, mayHoldObjects } from '../../src/discover/look.ts'

test.each([
  ['a manifest', 'apiVersion: v1\nkind: Pod\n', true],
  ['a kind alone', 'kind: Pod\n', true],
  ['a version from a template', 'apiVersion: {{ include "x" . }}\n', true],
  ['quoted keys', '"apiVersion": "v1"\n', true],
  ['a manifest that is indented', '{{ if true }}\n  apiVersion: v1\n  kind: Pod\n{{ end }}\n', true],
  ['an item of a list', '- apiVersion: v1\n  kind: Pod\n', true],
  ['flow style', '{ apiVersion: v1, kind: Pod, {{ x }} }', true],
  ['JSON', '{\n  "apiVersion": "v1",\n  "kind": "Pod",,\n}', true],
  ['Windows line ends', 'a: 1\r\nkind: Pod\r\n', true],
  ['a comment', '# apiVersion: v1\n# kind: Pod\na: 1\n', false],
  ['a word in a sentence', 'text: the apiVersion: and kind: keys\n', false],
  ['a kind of something else', 'kind: small\n', false],
  ['a version of a chart', 'name: x\nversion: 1.0.0\n', false],
])('%s', (_, text, expected) => {
  expect(looksLikeKubernetes(text)).toBe(expected)
})

test.each([
  ['a manifest', 'apiVersion: v1\nkind: Pod\n', true],
  ['a key in escapes', '{"\\u0061piVersion":"v1"}', true],
  ['a key over two lines', '"api\\\nVersion": v1', true],
  ['a key as base64', '!!binary YXBpVmVyc2lvbg==: v1', true],
  ['a slip in the version', 'piVersion: v1\nkind: Pod\n', true],
  ['values', 'image:\n  tag: 1.2.3\n', false],
  ['a package', '{"name":"x","version":"1.0.0"}', false],
])('%s may hold objects: %s', (_, text, expected) => {
  expect(mayHoldObjects(text)).toBe(expected)
})
