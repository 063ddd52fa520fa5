// Places that only another render tells, with the real engine.

import { expect, test } from 'vitest'
import type { RenderTarget } from '../../src/discover/target.ts'
import { engine } from '../../src/io/rendering.ts'
import { refusing } from '../../src/render/refusing.ts'
import { renderTarget } from '../../src/render/render.ts'
import { refined } from '../../src/trace/refine.ts'
import { sourcesIn } from '../../src/trace/source.ts'
import { type Files, treeOf } from '../discover/tree.ts'
import { chartTarget, kustomizationTarget } from '../render/sample.ts'

async function trace(files: Files, target: RenderTarget, name: string, pointer: string, rule = 'some-rule') {
  const tree = treeOf(files)
  const run = { tree, engine, sources: refusing, kubernetesVersion: '1.37' }
  const { resources, problems } = await renderTarget(target, run)
  const resource = resources.find(({ id }) => id.name === name)
  if (resource === undefined) throw new Error(`no ${name}: ${JSON.stringify(problems)}`)
  const scene = { sources: sourcesIn(tree), targets: new Map([[target.id, target]]) }
  const { location, through } = (await refined([{ resource, pointer, rule }], scene, run))(resource, pointer, rule)
  return `${location.path}:${location.line} ${location.precision}${through.map(({ path, line }) => ` through ${path}:${line}`).join('')}`
}

/** The places of several pointers that are asked for together. */
async function tracesTogether(files: Files, target: RenderTarget, name: string, pointers: readonly string[]) {
  const tree = treeOf(files)
  const run = { tree, engine, sources: refusing, kubernetesVersion: '1.37' }
  const resource = (await renderTarget(target, run)).resources.find(({ id }) => id.name === name)
  if (resource === undefined) throw new Error(`no ${name}`)
  const scene = { sources: sourcesIn(tree), targets: new Map([[target.id, target]]) }
  const shown = pointers.map((pointer) => ({ resource, pointer, rule: 'some-rule' }))
  const tracer = await refined(shown, scene, run)
  return shown
    .map(({ pointer, rule }) => tracer(resource, pointer, rule).location)
    .map(({ path, line, precision }) => `${path}:${line} ${precision}`)
}

const deployment = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  template:
    spec:
      {{- with .Values.podSecurityContext }}
      securityContext:
        {{- toYaml . | nindent 8 }}
      {{- end }}
      containers:
        - name: web
          image: {{ include "image" . }}
          {{- with .Values.web.securityContext }}
          securityContext:
            {{- toYaml . | nindent 12 }}
          {{- end }}
          {{- if .Values.hostPort }}
          ports: [{ hostPort: {{ .Values.hostPort }} }]
          {{- end }}
`
const chart: Files = {
  'shop/Chart.yaml': 'apiVersion: v2\nname: shop\nversion: 1.0.0\n',
  'shop/values.yaml':
    'image:\n  name: registry.example/web\n  tag: latest\n# nothing yet\npodSecurityContext: {}\nweb:\n  securityContext: {}\nworker:\n  securityContext: {}\n',
  'shop/templates/_image.tpl':
    '{{- define "image" -}}\n{{ printf "%s:%s" .Values.image.name (default "latest" .Values.image.tag) }}\n{{- end -}}\n',
  'shop/templates/web.yaml': deployment,
}
const shop = chartTarget({ inputs: Object.keys(chart) })
const container = '/spec/template/spec/containers/0'

test('a block that is missing and a key in it are both found when they are asked for together', async () => {
  const pointers = [`${container}/securityContext`, `${container}/securityContext/runAsNonRoot`, `${container}/securityContext/privileged`]
  expect(await tracesTogether(chart, shop, 'web', pointers)).toEqual(pointers.map(() => 'shop/values.yaml:7 nearest'))
})

test('a key that a guarded block would hold is added in the values, at the block that the template reads there', async () => {
  const told = (pointer: string) => trace(chart, shop, 'web', pointer)
  expect(await told(`${container}/securityContext/privileged`)).toBe('shop/values.yaml:7 nearest through shop/templates/web.yaml:17')
  expect(await told('/spec/template/spec/securityContext/runAsNonRoot')).toBe(
    'shop/values.yaml:5 nearest through shop/templates/web.yaml:10',
  )
})

test('values of the environment win when they name the block', async () => {
  const files = { ...chart, 'shop/prod.yaml': 'web:\n  replicas: 2\n  securityContext:\n    runAsUser: 1\n' }
  const target = { ...shop, inputs: Object.keys(files), values: [{ kind: 'file' as const, path: 'shop/prod.yaml' }] }
  expect(await trace(files, target, 'web', `${container}/securityContext/privileged`)).toContain('shop/prod.yaml:3 nearest')
})

test('a value that comes through a helper is found by what it holds', async () => {
  expect(await trace(chart, shop, 'web', `${container}/image`, 'image-tag-latest')).toMatch(/^shop\/values\.yaml:[23] exact/)
})

test('what no value leads to stays at the template line', async () => {
  const files = { ...chart, 'shop/templates/web.yaml': deployment.replace(/\{\{- with \.Values\.web[\s\S]*?end \}\}\n/, '') }
  expect(await trace(files, shop, 'web', `${container}/securityContext/privileged`)).toBe('shop/templates/web.yaml:13 nearest')
})

test('a chart that refuses a mark is asked again with fewer of them', async () => {
  const files = {
    ...chart,
    'shop/values.yaml': `${String(chart['shop/values.yaml'])}strict:\n  securityContext: 3\n`,
    'shop/templates/strict.yaml':
      '{{- if gt (int .Values.strict.securityContext) 2 }}\n{{- end }}\n{{- if kindIs "map" .Values.strict.securityContext }}{{ fail "no" }}{{ end }}\n',
  }
  expect(await trace(files, { ...shop, inputs: Object.keys(files) }, 'web', `${container}/securityContext/privileged`)).toContain(
    'shop/values.yaml:7 nearest',
  )
})

test('an entry of a kustomization is found by leaving it out', async () => {
  const files = {
    'prod/kustomization.yaml': `resources: [web.yaml]
replacements:
  - source: { kind: ConfigMap, name: settings, fieldPath: data.host }
    targets:
      - select: { kind: Pod }
        fieldPaths: [spec.hostNetwork]
`,
    'prod/web.yaml':
      'apiVersion: v1\nkind: Pod\nmetadata: { name: web }\nspec:\n  hostNetwork: false\n  containers: [{ name: web, image: "web:1" }]\n---\napiVersion: v1\nkind: ConfigMap\nmetadata: { name: settings }\ndata: { host: "true" }\n',
  }
  const target = kustomizationTarget({ inputs: Object.keys(files) })
  expect(await trace(files, target, 'web', '/spec/hostNetwork')).toBe('prod/kustomization.yaml:3 nearest through prod/web.yaml:undefined')
})
