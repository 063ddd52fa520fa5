// Kustomizations as `kustomize build` prints them, with where each object comes from.

import { expect, test } from 'vitest'
import { testEngine } from './engine.ts'
import { kustomization } from './requests.ts'

const { kustomize, failure } = testEngine()

const deployment =
  'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec: {template: {spec: {containers: [{name: app, image: web}]}}}\n'

test('an overlay patches its base, and each object says what it comes from and what changed it', async () => {
  const { documents } = await kustomize(
    kustomization({
      'base/kustomization.yaml': 'resources: [web.yaml]\n',
      'base/web.yaml': deployment,
      'overlay/kustomization.yaml':
        'resources: [../base]\nnamePrefix: prod-\npatches: [{path: patch.yaml}]\nimages: [{name: web, newTag: v2}]\nconfigMapGenerator: [{name: settings, literals: [a=b]}]\n',
      'overlay/patch.yaml': 'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec: {replicas: 2}\n',
    }),
  )
  expect(documents.map(({ content }) => content).join('---\n')).toMatchInlineSnapshot(`
    "apiVersion: v1
    data:
      a: b
    kind: ConfigMap
    metadata:
      name: prod-settings-4h2mbtbbt6
    ---
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: prod-web
    spec:
      replicas: 2
      template:
        spec:
          containers:
          - image: web:v2
            name: app
    "
  `)
  expect(documents.map(({ origin }) => origin)).toEqual([
    { path: 'overlay/kustomization.yaml', generator: 'ConfigMapGenerator' },
    { path: 'base/web.yaml' },
  ])
  expect(documents[1]?.transformations.map(({ configuredIn, kind }) => `${configuredIn} ${kind}`)).toEqual([
    'overlay/kustomization.yaml PatchTransformer',
    'overlay/kustomization.yaml PrefixTransformer',
    'overlay/kustomization.yaml ImageTagTransformer',
  ])
})

test('names with spaces and other letters than ours are names like any other', async () => {
  const { documents } = await kustomize(
    kustomization(
      { 'Küche ☕/kustomization.yaml': 'resources: ["ein Dienst.yaml"]\n', 'Küche ☕/ein Dienst.yaml': deployment },
      'Küche ☕',
    ),
  )
  expect(documents[0]?.origin).toEqual({ path: 'Küche ☕/ein Dienst.yaml' })
})

test('a base that is not there is a failure that names it', async () => {
  expect(await failure(kustomization({ 'overlay/kustomization.yaml': 'resources: [../nowhere]\n' }))).toMatchInlineSnapshot(`
    {
      "gaps": [],
      "message": "accumulating resources: must build at directory: not a valid directory: nowhere does not exist",
      "ok": false,
      "reason": "render",
    }
  `)
})

test('a base in another repository is refused by name', async () => {
  expect(
    await failure(kustomization({ 'overlay/kustomization.yaml': 'resources: ["github.com/acme/base//web?ref=v1"]\n' })),
  ).toMatchInlineSnapshot(`
    {
      "gaps": [],
      "message": "accumulating resources: remote base "github.com/acme/base//web?ref=v1" is not in the files that were given",
      "ok": false,
      "reason": "render",
    }
  `)
})
