// From an object that a kustomization built to the base, the patch or the entry that a person edits.

import { expect, test } from 'vitest'
import type { KustomizationTarget } from '../../src/discover/target.ts'
import { refusing } from '../../src/render/refusing.ts'
import { renderTarget } from '../../src/render/render.ts'
import { sourcesIn } from '../../src/trace/source.ts'
import { tracerOf } from '../../src/trace/trace.ts'
import { type Files, treeOf } from '../discover/tree.ts'
import { documentAt, engineOf, kustomizationTarget } from '../render/sample.ts'

const deployment = (spec: string, name = 'web') =>
  `apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: ${name}\nspec:\n  replicas: 1\n  template:\n    spec:\n${spec}`
const base = deployment('      containers:\n        - name: proxy\n          image: proxy:1\n        - name: web\n          image: web:1\n')

async function trace(pointer: string, built: string, prod: Files, parts: Partial<KustomizationTarget> = {}) {
  const files = { 'base/kustomization.yaml': 'resources: [web.yaml]\n', 'base/web.yaml': base, ...prod }
  const tree = treeOf(files)
  const target = kustomizationTarget({ inputs: Object.keys(files), ...parts })
  const { engine } = engineOf(() => ({
    ok: true,
    kind: 'kustomize',
    gaps: [],
    documents: [{ content: built, origin: { path: built.includes('ConfigMap') ? 'prod/kustomization.yaml' : 'base/web.yaml' } }],
  }))
  const { resources } = await renderTarget(target, { tree, engine, sources: refusing, kubernetesVersion: '1.37' })
  const [resource] = resources
  if (resource === undefined) throw new Error('nothing was rendered')
  const { location } = tracerOf({ sources: sourcesIn(tree), targets: new Map([[target.id, target]]) })(resource, pointer, 'some-rule')
  return `${location.path}:${location.line} ${location.precision}`
}

const image = '/spec/template/spec/containers/0/image'

test('a key that a container of a patch lacks is missing in the patch, whatever stands first in the base', async () => {
  const container = '        - image: sidecar:1\n          name: sidecar\n          securityContext: { runAsNonRoot: true }\n'
  const pod = (spec: string) => `kind: Deployment\nmetadata: { name: any }\nspec:\n  template:\n    spec:\n${spec}`
  expect(
    await trace(
      '/spec/template/spec/containers/0/securityContext/allowPrivilegeEscalation',
      deployment(`      containers:\n${container}        - image: proxy:1\n          name: proxy\n`),
      {
        'prod/kustomization.yaml': 'resources: [../base]\npatches: [{ path: sidecar.yaml, target: { kind: Deployment } }]\n',
        'prod/sidecar.yaml': pod(`      containers:\n${container}`),
      },
    ),
  ).toBe('prod/sidecar.yaml:7 nearest')
})

test('a key that a container lacks is missing where an operation makes it, not where another patch adds to it', async () => {
  expect(
    await trace(
      '/spec/template/spec/containers/0/securityContext',
      deployment('      containers:\n        - image: sidecar:1\n          name: sidecar\n          tty: true\n'),
      {
        'prod/kustomization.yaml':
          'resources: [../base]\ncomponents: [../part]\npatches: [{ path: tty.yaml, target: { kind: Deployment } }]\n',
        'prod/tty.yaml': deployment('      containers:\n        - name: sidecar\n          tty: true\n', 'any'),
        'part/kustomization.yaml': 'patches: [{ path: add.yaml, target: { kind: Deployment } }]\n',
        'part/add.yaml': '- op: add\n  path: /spec/template/spec/containers/-\n  value:\n    image: sidecar:1\n    name: sidecar\n',
      },
    ),
  ).toBe('part/add.yaml:3 nearest')
})

test('what the base says is there, whatever its order and its name became', async () => {
  const built = deployment('      containers:\n        - image: web:1\n          name: web\n', 'prod-web')
  expect(await trace(image, built, { 'prod/kustomization.yaml': 'resources: [../base]\nnamePrefix: prod-\n' })).toBe(
    'base/web.yaml:13 exact',
  )
})

test('a name with a variable is known by what stands around it', async () => {
  const files = (name: string) => ({
    'base/web.yaml': `${deployment('      hostPID: true\n', 'other')}---\n${deployment('      hostPID: true\n', name)}`,
  })
  const traced = (name: string, became: string) =>
    trace('/spec/template/spec/hostPID', deployment('      hostPID: true\n', became), files(name))
  expect(await traced('web-$(zone)', 'web-north')).toBe('base/web.yaml:19 exact')
  expect(await traced('${stage}-web-$(zone)-main', 'prod-web-north-main')).toBe('base/web.yaml:19 exact')
  expect(await traced('main-$(zone)-web', 'web-north-main')).toBe('base/web.yaml:1 file')
})

test('a key that is missing points to the container in the base', async () => {
  const built = deployment('      containers:\n        - image: web:1\n          name: web\n')
  expect(await trace('/spec/template/spec/containers/0/securityContext', built, {})).toBe('base/web.yaml:12 nearest')
})

test('a patch in a file decides', async () => {
  const built = deployment('      hostNetwork: true\n')
  const patch =
    'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  template:\n    spec:\n      # needed\n      hostNetwork: true\n'
  expect(
    await trace('/spec/template/spec/hostNetwork', built, {
      'prod/kustomization.yaml': 'resources: [../base]\npatches:\n  - path: host.yaml\n',
      'prod/host.yaml': patch,
    }),
  ).toBe('prod/host.yaml:9 exact')
})

test('a patch that gives a whole list of what has no name decides, though the base says the same there by chance', async () => {
  const role = (verbs: string) =>
    `apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata:\n  name: keeper\nrules:\n  - resources: [pods]\n    verbs: ${verbs}\n`
  const files = {
    'base/web.yaml': role('[get]'),
    'prod/kustomization.yaml': 'resources: [../base]\npatches:\n  - path: role.yaml\n',
    'prod/role.yaml': role('[get, create]'),
  }
  expect(await trace('/rules/0/resources/0', role('[get, create]'), files)).toBe('prod/role.yaml:6 exact')
  expect(await trace('/rules/0/resources/0', role('[get]'), files)).toBe('base/web.yaml:6 exact')
})

test('a patch in place decides, as a merge and as operations', async () => {
  const built = deployment('      hostNetwork: true\n')
  const merge =
    'patches:\n  - patch: |\n      kind: Deployment\n      metadata: { name: web }\n      spec:\n        template:\n          spec:\n            hostNetwork: true\n'
  expect(await trace('/spec/template/spec/hostNetwork', built, { 'prod/kustomization.yaml': merge })).toBe(
    'prod/kustomization.yaml:8 exact',
  )
  const operations =
    'patches:\n  - target: { kind: Deployment }\n    patch: |-\n      - op: add\n        path: /spec/template/spec/hostNetwork\n        value: true\n'
  expect(await trace('/spec/template/spec/hostNetwork', built, { 'prod/kustomization.yaml': operations })).toBe(
    'prod/kustomization.yaml:6 exact',
  )
})

test('an image entry decides: the tag, or the new name', async () => {
  const built = (reference: string) => deployment(`      containers:\n        - name: web\n          image: ${reference}\n`)
  const entry = (more: string) => ({ 'prod/kustomization.yaml': `images:\n  - name: web\n${more}` })
  expect(await trace(image, built('web:latest'), entry('    newTag: latest\n'))).toBe('prod/kustomization.yaml:3 exact')
  expect(await trace(image, built('mirror.example/web:1'), entry('    newName: mirror.example/web\n'))).toBe(
    'prod/kustomization.yaml:3 exact',
  )
})

test('the outermost kustomization has the last word', async () => {
  const built = deployment('      containers:\n        - name: web\n          image: web:latest\n')
  expect(
    await trace(image, built, {
      'base/kustomization.yaml': 'resources: [web.yaml]\nimages:\n  - name: web\n    newTag: latest\n',
      'prod/kustomization.yaml': 'resources: [../base]\nimages:\n  - name: web\n    newTag: latest\n',
    }),
  ).toBe('prod/kustomization.yaml:4 exact')
})

test('a count of replicas, and a literal of a generator', async () => {
  expect(
    await trace('/spec/replicas', base.replace('replicas: 1', 'replicas: 9'), {
      'prod/kustomization.yaml': 'replicas:\n  - name: web\n    count: 9\n',
    }),
  ).toBe('prod/kustomization.yaml:3 exact')
  const map = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: app-5h2k7m9t4g\ndata:\n  mode: debug\n'
  const generator = 'configMapGenerator:\n  - name: app\n    literals:\n      - level=1\n      - mode=debug\n'
  expect(await trace('/data/mode', map, { 'prod/kustomization.yaml': generator })).toBe('prod/kustomization.yaml:5 exact')
})

test('what Argo CD or Flux adds decides, in its object', async () => {
  const document = documentAt('apps/web.yaml', 'kind: Application\nspec:\n  kustomize:\n    images:\n      - web=web:latest\n')
  const overlay = [
    { field: 'images', how: 'append', value: { name: 'web', newTag: 'latest' }, at: { document, pointer: '/spec/kustomize/images/0' } },
  ] as const
  const built = deployment('      containers:\n        - name: web\n          image: web:latest\n')
  expect(await trace(image, built, {}, { overlay })).toBe('apps/web.yaml:5 exact')
})

test('a variable of Flux decides where it is written', async () => {
  const document = documentAt('flux/web.yaml', 'kind: Kustomization\nspec:\n  postBuild:\n    substitute:\n      tag: latest\n')
  const built = deployment('      containers:\n        - name: web\n          image: web:${tag}\n')
  const written = { 'base/web.yaml': built }
  const substitutions = [{ name: 'tag', value: 'latest', at: { document, pointer: '/spec/postBuild/substitute/tag' } }]
  expect(await trace(image, built, written, { substitutions })).toBe('flux/web.yaml:5 exact')
})

test('what nobody names is no more than the file', async () => {
  const built = deployment('      containers:\n        - name: web\n          image: elsewhere:1\n')
  expect(await trace(image, built, {})).toBe('base/web.yaml:13 file')
})
