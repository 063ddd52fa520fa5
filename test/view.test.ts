// `plimsoll render` and `plimsoll explain`, on a small tree: a chart of two environments, an overlay, a password.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { UserError } from '../src/errors.ts'
import { folderTree } from '../src/io/folder-tree.ts'
import { readPolicy } from '../src/io/policy.ts'
import { engine } from '../src/io/rendering.ts'
import { refusing } from '../src/render/refusing.ts'
import { explainView, renderView, type Viewed } from '../src/view.ts'

const application = (environment: string) => `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: shop-${environment}, namespace: argocd }
spec:
  source:
    repoURL: https://git.example.org/shop
    path: charts/shop
    helm: { releaseName: shop, valueFiles: [values-${environment}.yaml] }
  destination: { name: ${environment}, namespace: shop }
`
const files: Readonly<Record<string, string>> = {
  '.plimsoll.yaml': 'repositories: ["https://git.example.org/shop"]\n',
  'argocd/staging.yaml': application('staging'),
  'argocd/production.yaml': application('production'),
  'charts/shop/Chart.yaml': 'apiVersion: v2\nname: shop\nversion: 1.0.0\n',
  'charts/shop/values.yaml': 'size: small\nlogin:\n  password: Nordlicht-4711\n',
  'charts/shop/values-staging.yaml': '# nothing else\n',
  'charts/shop/values-production.yaml': '# more\nsize: large\n',
  'charts/shop/templates/all.yaml': `apiVersion: v1
kind: ConfigMap
metadata:
  name: shop
data:
  size: {{ .Values.size }}
---
apiVersion: v1
kind: Secret
metadata:
  name: shop
stringData:
  password: {{ .Values.login.password }}
`,
  'extra/kustomization.yaml': 'resources: [settings.yaml]\nnamePrefix: my-\n',
  'extra/settings.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\ndata:\n  tone: low\n',
  'readme.yaml': '# words\n',
}

const directory = mkdtempSync(join(tmpdir(), 'plimsoll-view-'))
afterAll(() => rmSync(directory, { recursive: true }))
for (const [path, text] of Object.entries(files)) {
  mkdirSync(dirname(join(directory, path)), { recursive: true })
  writeFileSync(join(directory, path), text)
}
const tree = folderTree(directory, '', '.')
const viewed: Viewed = { tree, policy: await readPolicy(tree, {}, undefined), engine, sources: refusing }

test('render without a name lists the targets, where they land and what names them', async () => {
  expect(await renderView(viewed, undefined, false)).toBe(
    [
      'Application argocd/shop-production in argocd/production.yaml  in production\n',
      'Application argocd/shop-staging in argocd/staging.yaml  in staging\n',
      'kustomization extra  (extra/kustomization.yaml)\n',
    ].join(''),
  )
})

test.each([
  'Application argocd/shop-production in argocd/production.yaml',
  'Application argocd/shop-production',
  'argocd/shop-production',
  'shop-production',
  'argocd/production.yaml',
])('a target is found by %s', async (name) => {
  const text = await renderView(viewed, name, false)
  expect(text).toContain('# Application argocd/shop-production in argocd/production.yaml  in production\n---\n')
  expect(text).toContain('  size: large\n')
  expect(text).not.toContain('small')
})

test('a folder names all that renders it', async () => {
  expect((await renderView(viewed, './charts/shop/', false)).match(/^# Application/gm)).toHaveLength(2)
  expect(await renderView(viewed, 'extra', false)).toContain('  name: my-settings\n')
})

test('a name that no target has is answered with those that are like it', async () => {
  const thrown: unknown = await renderView(viewed, 'staging', false).catch((error: unknown) => error)
  expect(thrown).toBeInstanceOf(UserError)
  expect((thrown as UserError).hint).toContain('Application argocd/shop-staging in argocd/staging.yaml')
})

test('with origins each value has the line that a person edits, in one column; secrets are masked', async () => {
  const text = await renderView(viewed, 'shop-production', true)
  expect(text).toContain('  size: large    # charts/shop/values-production.yaml:2\n')
  expect(text).toContain('kind: ConfigMap  # charts/shop/templates/all.yaml:2\n')
  expect(text).toMatch(/ {2}password: ••• +# charts\/shop\/values.yaml:3\n/)
  expect(text).not.toContain('Nordlicht')
})

test('explain tells in which way each target uses a file, and what comes from it', async () => {
  expect(await explainView(viewed, 'charts/shop/values-production.yaml', undefined)).toBe(
    [
      'charts/shop/values-production.yaml\n',
      '  gives values to Application argocd/shop-production in argocd/production.yaml  in production\n',
      '  stands in the chart of Application argocd/shop-staging in argocd/staging.yaml  in staging\n',
      '  ConfigMap shop  in production: 1 value\n',
    ].join(''),
  )
  const defaults = await explainView(viewed, 'charts/shop/values.yaml', undefined)
  expect(defaults).toContain('  gives default values to Application argocd/shop-staging')
  expect(defaults).not.toContain('Nordlicht')
})

test('explain of a line names the values that come from it, or says that there are none', async () => {
  expect(await explainView(viewed, 'charts/shop/values-production.yaml', 2)).toContain('  ConfigMap shop  in production: /data/size\n')
  expect(await explainView(viewed, 'charts/shop/values-production.yaml', 1)).toContain(
    '  no value of what is rendered comes from that line\n',
  )
})

test('explain of what is built by a kustomization, of a root, of what nothing uses', async () => {
  const settings = await explainView(viewed, 'extra/settings.yaml', 6)
  expect(settings).toContain('  rendered by kustomization extra\n')
  expect(settings).toContain('  ConfigMap my-settings: /data/tone\n')
  expect(await explainView(viewed, 'argocd/staging.yaml', undefined)).toContain('  names Application argocd/shop-staging')
  expect(await explainView(viewed, 'readme.yaml', undefined)).toMatch(/not judged|nothing uses it/)
})

test('explain of a file that is not there says how files are named', async () => {
  const thrown: unknown = await explainView(viewed, 'shop/values.yaml', undefined).catch((error: unknown) => error)
  expect((thrown as UserError).message).toBe('there is no file "shop/values.yaml"')
})
