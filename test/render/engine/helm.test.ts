// Charts as `helm template` prints them.

import { describe, expect, test } from 'vitest'
import type { HelmAnswer } from '../../../src/render/engine.ts'
import { packed } from './archive.ts'
import { testEngine } from './engine.ts'
import { chart } from './requests.ts'

const { helm, failure } = testEngine()

const contents = ({ documents }: HelmAnswer) => documents.map(({ content }) => content.trim())
const value = 'a: {{ .Values.a | toJson }}'

describe('values', () => {
  test('later texts win over earlier ones, and maps are merged', async () => {
    const files = { 'values.yaml': 'a: {p: 1, q: 1, r: 1}\n', 'templates/a.yaml': value }
    const answer = await helm(chart(files, { values: ['a: {q: 2, r: 2}\n', 'a: {r: 3}\n---\na: {s: 4}\n'] }))
    expect(contents(answer)).toEqual(['a: {"p":1,"q":2,"r":3,"s":4}'])
  })

  test('null takes a default away', async () => {
    const files = { 'values.yaml': 'a: {p: 1, q: 1}\n', 'templates/a.yaml': value }
    expect(contents(await helm(chart(files, { values: ['a: {p: null}\n'] })))).toEqual(['a: {"q":1}'])
  })

  test.each([
    ['typed', '{1,true,x}', '[1,true,"x"]'],
    ['string', '1', '"1"'],
    ['json', '{"b": [1]}', '{"b":[1]}'],
    ['file', 'two\nlines', '"two\\nlines"'],
  ] as const)('a value is set %s', async (as, text, result) => {
    const answer = await helm(chart({ 'templates/a.yaml': value }, { values: ['a: 0\n'], sets: [{ name: 'a', value: text, as }] }))
    expect(contents(answer)).toEqual([`a: ${result}`])
  })

  test('a name reaches into lists and keys with dots', async () => {
    const sets = [
      { name: 'a.list[1].name', value: 'second', as: 'typed' as const },
      { name: 'a.app\\.kubernetes\\.io/name', value: 'x', as: 'typed' as const },
    ]
    const answer = await helm(chart({ 'templates/a.yaml': value }, { values: ['a: {list: [{name: first}]}\n'], sets }))
    expect(contents(answer)).toEqual(['a: {"app.kubernetes.io/name":"x","list":[{"name":"first"},{"name":"second"}]}'])
  })

  test('a text that cannot be read is named by its position and its line', async () => {
    expect(await failure(chart({}, { values: ['a: 1\n', 'a: 1\nb: [\n'] }))).toMatchObject({ values: 1, line: 2 })
  })

  test('a schema is obeyed unless it shall not be', async () => {
    const files = {
      'values.yaml': 'replicas: many\n',
      'values.schema.json': '{"properties": {"replicas": {"type": "integer"}}}',
      'templates/a.yaml': 'a: {{ .Values.replicas }}',
    }
    expect((await failure(chart(files))).message).toContain("at '/replicas': got string, want integer")
    expect(contents(await helm(chart(files, { skipSchema: true })))).toEqual(['a: many'])
  })
})

describe('what templates see', () => {
  const rendered = async (template: string, settings = {}, files = {}) =>
    contents(await helm(chart({ 'templates/a.yaml': template, ...files }, settings)))[0]

  test('the release', async () => {
    expect(await rendered('a: {{ .Release.Name }}/{{ .Release.Namespace }}/{{ .Release.IsInstall }}')).toBe('a: shop/front/true')
  })

  test('the version of Kubernetes and the APIs of the cluster', async () => {
    const template =
      'a: {{ .Capabilities.KubeVersion }} {{ .Capabilities.APIVersions.Has "apps/v1" }} {{ .Capabilities.APIVersions.Has "acme.io/v1/Thing" }}'
    expect(await rendered(template, { kubernetesVersion: 'v1.31.2', apiVersions: ['acme.io/v1/Thing'] })).toBe('a: v1.31.2 true true')
  })

  test('a chart that asks for another Kubernetes is refused', async () => {
    const files = { 'Chart.yaml': 'apiVersion: v2\nname: demo\nversion: 1.0.0\nkubeVersion: ">= 1.40.0"\n' }
    expect(await failure(chart(files))).toMatchObject({ file: 'Chart.yaml', message: expect.stringContaining('>= 1.40.0') })
  })

  test('its own files, but those that .helmignore names', async () => {
    const files = { '.helmignore': 'secret/\n*.bak\n', 'conf/a.txt': 'hello', 'secret/b.txt': 'x', 'conf/c.bak': 'x' }
    expect(
      await rendered(
        'a: {{ .Files.Get "conf/a.txt" }}{{ .Files.Get "secret/b.txt" }}\nb: {{ range $p, $_ := .Files.Glob "**" }}{{ $p }} {{ end }}',
        {},
        files,
      ),
    ).toBe('a: hello\nb: .helmignore conf/a.txt')
  })

  test('texts rendered as templates', async () => {
    expect(await rendered('a: {{ tpl .Values.text . }}', { values: ['text: "{{ .Release.Name }}!"\n'] })).toBe('a: shop!')
  })

  test('no cluster', async () => {
    expect(await rendered('a: {{ (lookup "v1" "Secret" "front" "x").data | default "none" }}')).toBe('a: none')
  })

  test('what is random or made of keys is the same each time, and as long as the real one', async () => {
    const template =
      'a: {{ randAlphaNum 12 }} {{ randNumeric 3 }} {{ uuidv4 }} {{ (genCA "ca" 365).Cert | b64enc | trunc 8 }} {{ htpasswd "u" "p" | trunc 6 }}'
    const first = await rendered(template)
    expect(first).toMatch(/^a: [a-zA-Z0-9]{12} \d{3} [0-9a-f-]{36} LS0tLS1C u:\$2a\$$/)
    expect(await rendered(template)).toBe(first)
  })

  test('a clock that stands still', async () => {
    expect(await rendered('a: {{ now | date "2006-01-02" }}')).toBe('a: 2026-01-01')
  })
})

describe('documents', () => {
  test('come in the order of installation, hooks and tests after them, definitions before, notes not at all', async () => {
    const hook = (name: string, event: string) =>
      `apiVersion: batch/v1\nkind: Job\nmetadata: {name: ${name}, annotations: {"helm.sh/hook": ${event}}}\n`
    const answer = await helm(
      chart({
        'crds/thing.yaml': 'apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: {name: things.acme.io}\n',
        'templates/NOTES.txt': 'Thank you',
        'templates/a.yaml':
          'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\n---\napiVersion: v1\nkind: Service\nmetadata: {name: web}\n',
        'templates/hook.yaml': hook('migrate', 'pre-install'),
        'templates/tests/try.yaml': hook('try', 'test'),
        'templates/empty.yaml': '{{ if false }}a: b{{ end }}',
      }),
    )
    expect(answer.documents.map(({ role, template, content }) => `${role} ${template} ${/^kind: (\w+)/m.exec(content)?.[1]}`)).toEqual([
      'crd crds/thing.yaml CustomResourceDefinition',
      'manifest templates/a.yaml Service',
      'manifest templates/a.yaml Deployment',
      'hook templates/hook.yaml Job',
      'test templates/tests/try.yaml Job',
    ])
  })

  test('definitions are left out where they are not wanted', async () => {
    expect((await helm(chart({ 'crds/a.yaml': 'kind: CustomResourceDefinition\n' }, { includeCrds: false }))).documents).toEqual([])
  })
})

describe('sub-charts', () => {
  const main = (dependency: string) => `apiVersion: v2\nname: demo\nversion: 1.0.0\ndependencies:\n- ${dependency}\n`
  const redis = {
    'charts/redis/Chart.yaml': 'apiVersion: v2\nname: redis\nversion: 7.1.0\n',
    'charts/redis/values.yaml': 'size: 1\nexports: {shared: {port: 6379}}\n',
    'charts/redis/templates/a.yaml': 'a: {{ .Values.size }} {{ .Values.global.region }}',
  }

  test('take values from the key of their name, and the global ones', async () => {
    const files = {
      ...redis,
      'Chart.yaml': main('{name: redis, version: 7.x.x}'),
      'values.yaml': 'redis: {size: 3}\nglobal: {region: eu}\n',
    }
    const { documents } = await helm(chart(files))
    expect(documents).toMatchObject([{ template: 'charts/redis/templates/a.yaml', content: 'a: 3 eu' }])
  })

  test.each([
    ['a condition', '{name: redis, version: 7.1.0, condition: redis.enabled}', 'redis: {enabled: false}\n'],
    ['a tag', '{name: redis, version: 7.1.0, tags: [cache]}', 'tags: {cache: false}\n'],
  ])('are switched off by %s', async (_, dependency, values) => {
    expect((await helm(chart({ ...redis, 'Chart.yaml': main(dependency), 'values.yaml': values }))).documents).toEqual([])
  })

  test('have the name of their alias, and are found at their path', async () => {
    const files = {
      ...redis,
      'Chart.yaml': main('{name: redis, version: 7.1.0, alias: cache}'),
      'values.yaml': 'cache: {size: 9}\nglobal: {region: eu}\n',
    }
    const { documents } = await helm(chart(files, { lines: true }))
    expect(documents).toMatchObject([
      {
        template: 'charts/redis/templates/a.yaml',
        source: 'demo/charts/cache/templates/a.yaml',
        content: 'a: 9 eu',
        lines: [
          {
            file: 'charts/redis/templates/a.yaml',
            line: 1,
            values: [
              { path: ['cache', 'size'], chart: 'charts/redis', prefix: 1 },
              { path: ['global', 'region'], chart: '', prefix: 0 },
            ],
          },
        ],
      },
    ])
  })

  test('export values to the chart above', async () => {
    const files = {
      ...redis,
      'Chart.yaml': main('{name: redis, version: 7.1.0, import-values: [shared]}'),
      'templates/b.yaml': 'b: {{ .Values.port }}',
    }
    expect(contents(await helm(chart(files)))).toContain('b: 6379')
  })

  test('may be packed, and packed ones within them', async () => {
    const inner = packed({ 'deep/Chart.yaml': 'apiVersion: v2\nname: deep\nversion: 1.0.0\n', 'deep/templates/d.yaml': 'd: 1' })
    const outer = packed({
      'redis/Chart.yaml': redis['charts/redis/Chart.yaml'],
      'redis/templates/a.yaml': 'a: 1',
      'redis/charts/deep-1.0.0.tgz': inner,
    })
    const { documents } = await helm(
      chart({ 'Chart.yaml': main('{name: redis, version: 7.1.0}'), 'charts/redis-7.1.0.tgz': outer }, { lines: true }),
    )
    expect(documents).toMatchObject([
      {
        template: 'charts/redis-7.1.0.tgz',
        source: 'demo/charts/redis/charts/deep/templates/d.yaml',
        lines: [{ packed: 'charts/deep-1.0.0.tgz/templates/d.yaml' }],
      },
      { template: 'charts/redis-7.1.0.tgz', source: 'demo/charts/redis/templates/a.yaml', lines: [{ packed: 'templates/a.yaml' }] },
    ])
  })

  test('that are libraries give their templates', async () => {
    const files = {
      'Chart.yaml': main('{name: common, version: 1.0.0}'),
      'charts/common/Chart.yaml': 'apiVersion: v2\nname: common\nversion: 1.0.0\ntype: library\n',
      'charts/common/templates/_a.tpl': '{{ define "common.name" }}{{ .Values.nameOverride | default .Chart.Name }}{{ end }}',
      'templates/a.yaml': 'a: {{ include "common.name" . }}',
    }
    const { documents } = await helm(chart(files, { lines: true }))
    expect(documents[0]).toMatchObject({
      content: 'a: demo',
      lines: [{ file: 'templates/a.yaml', values: [{ path: ['nameOverride'], chart: '', prefix: 0 }] }],
    })
  })

  test('that are not there are dropped and named, unless they are switched off', async () => {
    const dependencies =
      '{name: redis, version: 7.x, repository: "https://charts.acme.io", condition: redis.enabled}\n- {name: gone, version: 1.x, repository: "", condition: gone.enabled}'
    const answer = await helm(
      chart({ 'Chart.yaml': main(dependencies), 'values.yaml': 'gone: {enabled: false}\n', 'templates/a.yaml': 'a: b' }),
    )
    expect(contents(answer)).toEqual(['a: b'])
    expect(answer.gaps).toEqual([{ name: 'redis', version: '7.x', repository: 'https://charts.acme.io', chart: '' }])
  })
})

describe('a packed chart alone', () => {
  test('is rendered like its folder', async () => {
    const archive = packed({
      'demo/Chart.yaml': 'apiVersion: v2\nname: demo\nversion: 1.0.0\n',
      'demo/templates/a.yaml': 'a: {{ .Chart.Version }}',
    })
    const request = chart({}, {})
    const { documents } = await helm({ ...request, files: [{ path: 'demo-1.0.0.tgz', bytes: archive }] })
    expect(documents).toMatchObject([{ template: 'demo-1.0.0.tgz', content: 'a: 1.0.0' }])
  })
})

describe('a failure', () => {
  test.each([
    ['in a template', { 'templates/a.yaml': 'a: b\nc: {{ .Values.x.y }}\n' }],
    ['in what a template asks for', { 'templates/a.yaml': 'a: b\n\nc: {{ required "set x" .Values.x }}\n' }],
    ['in a helper', { 'templates/a.yaml': 'a: {{ include "h" . }}', 'templates/_h.tpl': '{{ define "h" }}\n{{ fail "no" }}\n{{ end }}' }],
    ['in the syntax of a template', { 'templates/a.yaml': 'a: b\n{{ if }}\n' }],
    ['in a name that is not defined', { 'templates/a.yaml': 'a: {{ include "nobody" . }}' }],
    ['in the result', { 'templates/a.yaml': 'a: b\n c: d\n' }],
    ['in Chart.yaml', { 'Chart.yaml': 'apiVersion: v2\nname: demo\n' }],
    ['in the syntax of Chart.yaml', { 'Chart.yaml': 'apiVersion: v2\nname: [\n' }],
    ['in values.yaml', { 'values.yaml': 'a: 1\nb: [\n' }],
    ['of a library, which is no chart to install', { 'Chart.yaml': 'apiVersion: v2\nname: demo\nversion: 1.0.0\ntype: library\n' }],
  ])('%s is blamed on its file and line', async (_, files) => {
    const { message, file, line } = await failure(chart(files))
    expect(`${file}:${line} ${message}`).toMatchSnapshot()
  })
})
