// Definitions are built without their schemas, and everything else as it is, with the real engine.

import { expect, test } from 'vitest'
import { engine } from '../../src/io/rendering.ts'
import { build } from '../../src/render/build.ts'
import type { EngineRequest } from '../../src/render/engine.ts'
import { schemaless } from '../../src/render/schemaless.ts'

const definition = (property: string) => `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata:
  name: boats.example.org
spec:
  group: example.org
  names: { kind: Boat, plural: boats }
  scope: Namespaced
  versions:
  - name: v1
    schema:
      openAPIV3Schema:
        properties:
          ${property}:
            description: |
              How deep it lies.

              In metres.
            type: number
        type: object
    served: true
    storage: true
  - name: v2
    served: false
    schema:
      openAPIV3Schema:
        type: object
        x-kubernetes-preserve-unknown-fields: true
`
const service = 'apiVersion: v1\nkind: Service\nmetadata:\n  name: web\nspec: { ports: [{ port: 80 }] }\n'

/** What comes out, and how often the engine was asked. */
async function built(files: Readonly<Record<string, string>>) {
  const asked: EngineRequest[] = []
  const sparing = schemaless((request) => {
    asked.push(request)
    return engine(request)
  })
  const bytes = (text: string) => new TextEncoder().encode(text)
  const whole = Object.entries(files).map(([path, text]) => ({ path, bytes: bytes(text) }))
  const answer = await build({ kind: 'kustomize', files: whole, folder: '', kubernetesVersion: '1.34' }, [], sparing)
  if (!answer.ok) throw new Error(answer.message)
  return { text: answer.documents.map(({ content }) => content).join('---\n'), asked }
}

const base = { 'kustomization.yaml': 'resources: [all.yaml]\nnamePrefix: my-\n', 'all.yaml': `${definition('draught')}---\n${service}` }

test('all but the schemas is built as ever', async () => {
  const { text, asked } = await built(base)
  expect(text.replaceAll(/sha256 [0-9a-f]{16}/g, 'sha256 …')).toMatchInlineSnapshot(`
    "apiVersion: apiextensions.k8s.io/v1
    kind: CustomResourceDefinition
    metadata:
      name: boats.example.org
    spec:
      group: example.org
      names:
        kind: Boat
        plural: boats
      scope: Namespaced
      versions:
      - name: v1
        schema:
          openAPIV3Schema:
            description: left out here, sha256 …
            type: object
        served: true
        storage: true
      - name: v2
        schema:
          openAPIV3Schema:
            description: left out here, sha256 …
            type: object
        served: false
    ---
    apiVersion: v1
    kind: Service
    metadata:
      name: my-web
    spec:
      ports:
      - port: 80
    "
  `)
  expect(asked).toHaveLength(1)
})

test('another schema is a difference, and the same one is none', async () => {
  const texts = await Promise.all(
    ['draught', 'draught', 'length'].map(async (name) => (await built({ ...base, 'all.yaml': definition(name) })).text),
  )
  expect(texts[1]).toBe(texts[0])
  expect(texts[2]).not.toBe(texts[0])
})

const patchedBy = (patch: string) =>
  `resources: [all.yaml]\npatches:\n  - target: { kind: CustomResourceDefinition }\n    patch: |\n${patch}`

test('of a schema that a JSON patch changes the way to the changed place is left', async () => {
  const patch = patchedBy(`      - op: replace
        path: /spec/versions/0/schema/openAPIV3Schema/properties/draught/type
        value: integer
      - op: add
        path: /spec/versions/0/schema/openAPIV3Schema/properties/flag
        value: { type: string }
`)
  const two = definition('draught')
    .replace('        type: object\n    served', '        required:\n        - draught\n        type: object\n    served')
    .replace(
      '          draught:',
      '          anchor:\n            properties: { length: { type: number } }\n            required:\n            - length\n          draught:',
    )
  const { text, asked } = await built({ 'all.yaml': two, 'kustomization.yaml': patch })
  expect(asked).toHaveLength(1)
  expect(text.replaceAll(/sha256 [0-9a-f]{16}/g, 'sha256 …')).toContain(`      openAPIV3Schema:
        properties:
          anchor:
            description: left out here, sha256 …
            type: object
          draught:
            description: |
              How deep it lies.

              In metres.
            type: integer
          flag:
            type: string
        required:
          description: left out here, sha256 …
          type: object
        type: object
`)
})

test('a place that a JSON patch of another definition names is left in a schema whose texts end with a line', async () => {
  const text = definition('draught').replace('            type: number\n', '          keel:\n            type: number\n')
  const { asked } = await built({
    'kustomization.yaml': 'resources: [all.yaml]\npatches:\n  - { path: patch.yaml, target: { kind: CustomResourceDefinition } }\n',
    'all.yaml': text,
    'patch.yaml': '- { op: add, path: /spec/versions/0/schema/openAPIV3Schema/properties/keel/minimum, value: 1 }\n',
  })
  expect(asked).toHaveLength(1)
})

test('a schema that another kind of patch changes is built whole', async () => {
  const patch = `resources: [all.yaml]
replacements:
  - source: { kind: CustomResourceDefinition, fieldPath: spec.group }
    targets:
      - select: { kind: CustomResourceDefinition }
        fieldPaths: [spec.versions.0.schema.openAPIV3Schema.properties.draught.type]
`
  const { text, asked } = await built({ 'all.yaml': definition('draught'), 'kustomization.yaml': patch })
  expect(text).toContain('type: example.org')
  expect(text).toContain('In metres.')
  expect(asked).toHaveLength(2)
})

test('a schema that two versions share by an alias is one and the same hash', async () => {
  const text = definition('draught')
    .replace('schema:\n', 'schema: &schema\n')
    .replace(/schema:\n[^\0]*$/, 'schema: *schema\n')
  const { text: found } = await built({ ...base, 'all.yaml': text })
  const hashes = found.match(/sha256 [0-9a-f]{16}/g) ?? []
  expect([hashes.length, new Set(hashes).size]).toEqual([2, 1])
})

test.each([
  [
    'a definition of an old version, which is judged,',
    definition('draught').replace('apiextensions.k8s.io/v1', 'apiextensions.k8s.io/v1beta1'),
  ],
  ['an object that is no definition', service.replace('web', 'CustomResourceDefinition')],
])('%s is handed on as it stands', async (_, text) => {
  const { asked } = await built({ ...base, 'all.yaml': text })
  const all = asked[0]?.files.find(({ path }) => path === 'all.yaml')
  expect(new TextDecoder().decode(all?.bytes)).toBe(text)
})

test('a fault within a schema is found as ever', async () => {
  const text = definition('draught').replace('type: number\n', 'type: number\n            type: integer\n')
  await expect(built({ ...base, 'all.yaml': text })).rejects.toThrow(/already (?:set|defined)/)
})
