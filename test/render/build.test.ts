import { expect, test } from 'vitest'
import { build } from '../../src/render/build.ts'
import type { EngineFailure, EngineRequest } from '../../src/render/engine.ts'
import { schemaless } from '../../src/render/schemaless.ts'

const definition = `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
spec: { versions: [{ name: v1, schema: { openAPIV3Schema: { type: object } } }] }
`
const away = [{ message: 'the base was not fetched', hint: 'Allow it.' }]

/** What an engine that fails for this is asked. */
async function askedOf(
  reason: EngineFailure['reason'],
  missing: typeof away,
  texts: Readonly<Record<string, string>>,
  message = 'no such object',
) {
  const asked: EngineRequest[] = []
  const failing = schemaless(async (request) => {
    asked.push(request)
    return { ok: false, reason, message, gaps: [] }
  })
  const files = Object.entries(texts).map(([path, text]) => ({ path, bytes: new TextEncoder().encode(text) }))
  const answer = await build({ kind: 'kustomize', files, folder: '', kubernetesVersion: '1.34' }, missing, failing)
  return { answer, asked: asked.map((request) => request.files.map(({ bytes }) => new TextDecoder().decode(bytes)).join('')) }
}

const patched = { 'kustomization.yaml': 'patches: [{ patch: "{ kind: Pod, metadata: { name: web } }" }]\n' }

test.each([
  ['that lacks nothing is built once', 'render', [], patched, 1],
  ['that lacks something is built twice', 'render', away, patched, 2],
  ['with definitions is built twice', 'render', [], { ...patched, 'all.yaml': definition }, 2],
  ['with both is built twice, no more', 'render', away, { ...patched, 'all.yaml': definition }, 2],
  ['that had to be stopped is built once', 'deadline', away, { ...patched, 'all.yaml': definition }, 1],
] as const)('what fails and %s', async (_, reason, missing, texts, times) => {
  const { asked, answer } = await askedOf(reason, [...missing], texts)
  expect([asked.length, answer.ok]).toEqual([times, false])
})

test.each([
  ['patches may miss', 'no resource matches Pod web', false],
  ['schemas are there too, where that is the complaint', 'doc is missing path: /spec/versions/0/schema/openAPIV3Schema/required', true],
])('the second time %s', async (_, message, isWhole) => {
  const { asked } = await askedOf('render', away, { ...patched, 'all.yaml': definition }, message)
  expect(asked.map((text) => [text.includes('"target":{"kind":"Pod"'), text.includes(definition)])).toEqual([
    [false, false],
    [true, isWhole],
  ])
})
