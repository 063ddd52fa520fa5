// Every file is judged, skipped with a reason, or a problem.

import { expect, test } from 'vitest'
import { largestFile } from '../../src/discover/content.ts'
import { type Files, graphOf, linesOf, manifest } from './tree.ts'

const pod = manifest('Pod', 'web')
const cipher = 'ENC[AES256_GCM,data:Tr7o1Q==,iv:0lqMNQ0s2nZCTxZQ1Gk=,tag:9K3i0w==,type:str]'

const cases: readonly (readonly [string, Files, readonly string[]])[] = [
  ['a manifest', { 'a.yaml': pod }, ['a.yaml judged: Pod web']],
  ['a manifest in JSON', { 'a.json': '{"apiVersion":"v1","kind":"Pod","metadata":{"name":"web"}}' }, ['a.json judged: Pod web']],
  [
    'several documents, the empty ones uncounted',
    { 'a.yaml': `---\n# first\n---\n${pod}---\n---\n${manifest('Secret', 's')}` },
    ['a.yaml judged: Pod web', 'a.yaml judged: Secret s'],
  ],
  [
    'a List',
    { 'a.yaml': 'apiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: Pod\n  metadata: {name: a}\n' },
    ['a.yaml judged: Pod a'],
  ],
  [
    'a List with an item that is none',
    { 'a.yaml': 'apiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: Pod\n- kind: Pod\n' },
    ['a.yaml judged: Pod ', 'a.yaml !not-kubernetes'],
  ],
  ['a List of nothing', { 'a.yaml': 'apiVersion: v1\nkind: List\nitems: []\n' }, ['a.yaml empty']],
  ['a List of what is none', { 'a.yaml': 'apiVersion: v1\nkind: List\nitems: [{kind: Pod}, 1]\n' }, ['a.yaml !not-kubernetes']],
  ['JSON indented with tabs', { 'a.json': '{\n\t"apiVersion": "v1",\n\t"kind": "Pod"\n}\n' }, ['a.json judged: Pod ']],
  [
    'two JSON objects without a separator',
    { 'a.json': '{"apiVersion":"v1","kind":"Pod"}\n{"apiVersion":"v1","kind":"Pod"}\n' },
    ['a.json:2 yaml-syntax'],
  ],
  ['a key in escapes', { 'a.json': '{"\\u0061piVersion":"v1","kind":"Pod"}' }, ['a.json judged: Pod ']],
  ['bytes that are no UTF-8', { 'a.yaml': new Uint8Array([...new TextEncoder().encode(pod), 0xff]) }, ['a.yaml:5 yaml-encoding']],
  ['UTF-16, which kubectl reads', { 'a.yaml': new Uint8Array([0xff, 0xfe, 0x61, 0]) }, ['a.yaml !binary']],
  ['nothing but comments', { 'a.yaml': '# apiVersion: v1\n# kind: Pod\n' }, ['a.yaml empty']],
  ['an empty file', { 'a.yaml': '' }, ['a.yaml empty']],
  ['only separators', { 'a.yaml': '---\n---\n' }, ['a.yaml empty']],
  ['YAML of something else', { 'a.yaml': 'name: x\n' }, ['a.yaml not-kubernetes']],
  ['a package', { 'package.json': '{"name":"x"}' }, ['package.json not-kubernetes']],
  ['a slip in the first key', { 'a.yaml': 'piVersion: v1\nkind: Pod\nmetadata:\n  name: web\n' }, ['a.yaml !not-kubernetes']],
  ['a version that is a number', { 'a.yaml': 'apiVersion: 1\nkind: Pod\n' }, ['a.yaml !not-kubernetes']],
  ['objects in a bare list', { 'a.yaml': '- apiVersion: v1\n  kind: Pod\n' }, ['a.yaml !not-kubernetes']],
  ['a manifest beside something else', { 'a.yaml': `name: x\n---\n${pod}` }, ['a.yaml judged: Pod web', 'a.yaml#0 not-kubernetes']],
  ['a mistake in a manifest', { 'a.yaml': 'apiVersion: v1\nkind: Pod\n  metadata: {}\n' }, ['a.yaml:3 yaml-syntax']],
  ['a mistake beside a manifest', { 'a.yaml': `${pod}---\nkind: Pod\n  x: 1\n` }, ['a.yaml judged: Pod web', 'a.yaml:7 yaml-syntax']],
  ['a mistake in a kustomization', { 'k/kustomization.yaml': 'resources:\n- a\n  b: 2\n' }, ['k/kustomization.yaml:3 yaml-syntax']],
  ['a mistake in something else', { 'a.yaml': 'a: 1\n  b: 2\n' }, ['a.yaml not-kubernetes']],
  [
    'a mistake in a workflow that holds a manifest',
    { '.github/workflows/a.yaml': 'on: push\n  x: 1\n' },
    ['.github/workflows/a.yaml ci-file'],
  ],
  ['a workflow', { '.github/workflows/a.yaml': 'on: push\njobs: {}\n' }, ['.github/workflows/a.yaml ci-file']],
  ['a manifest among workflows', { '.github/workflows/a.yaml': pod }, ['.github/workflows/a.yaml judged: Pod web']],
  ['containers composed', { 'docker-compose.yml': 'services: {}\n' }, ['docker-compose.yml ci-file']],
  ['a file that is no YAML by name', { 'a.txt': pod }, []],
  ['a template by name', { 'a.yaml.j2': pod }, ['a.yaml.j2 !template-placeholder']],
  ['a template by name of something else', { 'a.yaml.j2': 'name: x\n' }, []],
  ['a manifest set aside', { 'a.yaml.disabled': pod }, ['a.yaml.disabled not-kubernetes']],
  [
    'a definition',
    { 'crd.yaml': 'apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: {name: x}\n' },
    ['crd.yaml custom-resource-definition'],
  ],
  [
    'a definition of a removed version',
    { 'crd.yaml': 'apiVersion: apiextensions.k8s.io/v1beta1\nkind: CustomResourceDefinition\nmetadata: {name: x}\n' },
    ['crd.yaml judged: apiextensions.k8s.io/CustomResourceDefinition x'],
  ],
  [
    'a sample of an operator',
    { 'config/samples/a.yaml': 'apiVersion: example.org/v1\nkind: Thing\nmetadata: {name: x}\n' },
    ['config/samples/a.yaml custom-resource-sample'],
  ],
  ['a Pod among the samples', { 'config/samples/a.yaml': pod }, ['config/samples/a.yaml judged: Pod web']],
  [
    'a link',
    { 'a.yaml': { kind: 'symlink' }, 'a.txt': { kind: 'symlink' }, latest: { kind: 'symlink' } },
    ['a.yaml !symlink', 'latest symlink'],
  ],
  ['a submodule', { 'vendor/lib': { kind: 'submodule' } }, ['vendor/lib !submodule']],
  [
    'a file that the clone lacks',
    { 'a.yaml': { kind: 'missing' }, 'a.json': { kind: 'missing' }, 'values.yaml': { kind: 'missing' } },
    ['a.json missing-object', 'a.yaml !missing-object', 'values.yaml missing-object'],
  ],
]

test.each(cases)('%s', (_, files, lines) => {
  expect(linesOf(graphOf(files))).toEqual(lines)
})

const chart: Files = {
  'c/Chart.yaml': 'apiVersion: v2\nname: c\nversion: 1.0.0\n',
  'c/values.yaml': 'image: {tag: 1.2.3}\n',
  'c/values-prod.yaml': `image: {tag: 1.2.3}\nkind: DaemonSet\napiVersion: apps/v1\n`,
  'c/ci.yaml': 'replicas: 1\n',
  'c/templates/pod.yaml': '{{- if .Values.on }}\napiVersion: v1\nkind: Pod\n{{- end }}\n',
  'c/templates/plain.yaml': pod,
  'c/crds/x.yaml': 'apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: {name: x}\n',
  'c/files/pod.yaml': pod,
}

test('a chart: what it renders is not judged, what stands beside is', () => {
  expect(linesOf(graphOf(chart))).toEqual([
    'c/files/pod.yaml judged: Pod web',
    'c/Chart.yaml chart',
    'c/ci.yaml values-file',
    'c/crds/x.yaml custom-resource-definition',
    'c/templates/plain.yaml !chart-template',
    'c/templates/pod.yaml !chart-template',
    'c/values-prod.yaml values-file',
    'c/values.yaml values-file',
  ])
})

test('a manifest is judged under the name of a values file, a chart or a kustomization', () => {
  expect(linesOf(graphOf({ 'values.yaml': pod, 'Chart.yaml': pod, 'a/kustomization.yaml': pod }))).toEqual([
    'Chart.yaml judged: Pod web',
    'a/kustomization.yaml judged: Pod web',
    'values.yaml judged: Pod web',
  ])
})

const kustomize: Files = {
  'k/kustomization.yaml': `resources: [pod.yaml, ../base, secret.txt, https://example.org/x.yaml, lost.yaml]
patches: [{path: patch.yaml}]
patchesJson6902: [{path: six.yaml, target: {}}]
configMapGenerator: [{name: c, files: [app.yaml, x=inner.yaml, nginx.conf]}]
`,
  'k/pod.yaml': pod,
  'k/secret.txt': manifest('Secret', 's'),
  'k/patch.yaml': pod,
  'k/six.yaml': '- op: remove\n  path: /spec\n',
  'k/app.yaml': 'a: 1\n',
  'k/inner.yaml': pod,
  'k/nginx.conf': 'x',
  'k/alone.yaml': manifest('Pod', 'alone'),
  'base/kustomization.yml': 'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources:\n- pod.yaml\n',
  'base/pod.yaml': manifest('Pod', 'base'),
}

test('a kustomization: its objects are judged as written, patches and input are named', () => {
  const graph = graphOf(kustomize)
  expect(linesOf(graph)).toEqual([
    'base/pod.yaml judged unrendered: Pod base',
    'k/alone.yaml judged: Pod alone',
    'k/pod.yaml judged unrendered: Pod web',
    'k/secret.txt judged unrendered: Secret s',
    'base/kustomization.yml kustomization',
    'k/app.yaml kustomize-input',
    'k/inner.yaml !kustomize-input',
    'k/kustomization.yaml !kustomization',
    'k/patch.yaml !kustomize-patch',
    'k/six.yaml !kustomize-patch',
  ])
  expect(graph.skips.find(({ path }) => path === 'k/kustomization.yaml')?.detail).toBe(
    'not looked at: https://example.org/x.yaml, k/lost.yaml',
  )
})

test('a file that is an object for one kustomization and a patch for another is judged', () => {
  const files = {
    'a/kustomization.yaml': 'patches: [{path: ../pod.yaml}]\n',
    'b/kustomization.yaml': 'resources: [../pod.yaml]\n',
    'pod.yaml': pod,
  }
  expect(linesOf(graphOf(files))[0]).toBe('pod.yaml judged unrendered: Pod web')
})

test("Flux's Kustomization is an object like others", () => {
  const flux = 'apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: {name: apps}\nspec: {path: ./apps}\n'
  expect(linesOf(graphOf({ 'a/kustomization.yaml': flux }))).toEqual([
    'a/kustomization.yaml judged: kustomize.toolkit.fluxcd.io/Kustomization apps',
  ])
})

test.each<readonly [string, string, readonly string[]]>([
  ['a Go template', 'apiVersion: v1\nkind: Pod\nmetadata:\n  name: {{ .Release.Name }}\n', ['a.yaml !template-placeholder']],
  ['a quoted placeholder', 'apiVersion: v1\nkind: Pod\nmetadata:\n  name: "{{ name }}"\n', ['a.yaml !template-placeholder']],
  ['a template of something else', 'name: {{ name }}\n', ['a.yaml not-kubernetes']],
  [
    'control lines in comments',
    '# {{ if .Values.on }}\napiVersion: v1\nkind: Pod\nmetadata: {name: web}\n# {{ end }}\n',
    ['a.yaml judged: Pod web'],
  ],
  [
    'variables of a shell',
    'apiVersion: v1\nkind: Pod\nmetadata:\n  name: ${NAME}\n  namespace: $(NS)\n',
    ['a.yaml judged: Pod $(NS)/${NAME}'],
  ],
  [
    'a file of a ConfigMap',
    `${manifest('ConfigMap', 'c')}data:\n  a.tmpl: |\n    {{ range .Alerts }}\n    {{ end }}\n`,
    ['a.yaml judged: ConfigMap c'],
  ],
  ['at signs', 'apiVersion: v1\nkind: Pod\nmetadata:\n  name: @NAME@\n', ['a.yaml !template-placeholder']],
  [
    'a template beside a manifest',
    `${pod}---\nkind: Pod\nmetadata:\n  name: {{ x }}\n`,
    ['a.yaml judged: Pod web', 'a.yaml#1 !template-placeholder'],
  ],
])('%s', (_, text, lines) => {
  expect(linesOf(graphOf({ 'a.yaml': text }))).toEqual(lines)
})

const sops = `sops:\n  mac: ${cipher}\n  version: 3.9.0\n`

test.each<readonly [string, Files, readonly string[]]>([
  ['a Secret of SOPS', { 'a.yaml': `${manifest('Secret', 's')}stringData:\n  a: ${cipher}\n${sops}` }, ['a.yaml judged: Secret s']],
  [
    'a Pod with an encrypted field',
    { 'a.yaml': `${pod}spec:\n  hostNetwork: ${cipher}\n${sops}` },
    ['a.yaml judged: Pod web', 'a.yaml !encrypted'],
  ],
  ['an object encrypted as a whole', { 'a.yaml': `apiVersion: ${cipher}\nkind: ${cipher}\n${sops}` }, ['a.yaml !encrypted']],
  ['encrypted values', { 'values.yaml': `password: ${cipher}\n${sops}` }, ['values.yaml encrypted']],
  [
    'a file of git-crypt',
    { 'a.yaml': new Uint8Array([0, 0x47, 0x49, 0x54, 0x43, 0x52, 0x59, 0x50, 0x54, 0, 7, 200]) },
    ['a.yaml encrypted'],
  ],
  [
    'a file beyond all measure',
    { 'a.yaml': `${pod}# ${'x'.repeat(largestFile)}\n`, 'b.json': `["${'x'.repeat(largestFile)}"]` },
    ['a.yaml !too-large', 'b.json too-large'],
  ],
  ['bytes', { 'a.yaml': new Uint8Array([0, 1, 2, 3, 0, 0]) }, ['a.yaml binary']],
])('%s', (_, files, lines) => {
  expect(linesOf(graphOf(files))).toEqual(lines)
})

test('paths that the policy leaves out are counted, with the line that says so', () => {
  const graph = graphOf({ 'vendor/a.yaml': pod, 'b.yaml': pod, 'test/c.yaml': pod }, { ignore: ['vendor/'], exclude: ['test/**'] })
  expect(linesOf(graph)).toEqual(['b.yaml judged: Pod web', 'test/c.yaml excluded', 'vendor/a.yaml ignored'])
  expect(graph.skips.map(({ detail }) => detail)).toEqual(['paths.exclude: test/**', '.plimsollignore:1: vendor/'])
  expect(graph.files).toBe(3)
})
