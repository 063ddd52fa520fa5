// ApplicationSets: what their generators make of the template.

import { describe, expect, test } from 'vitest'
import { evaluate } from '../../../src/discover/argo/go-template.ts'
import { idsOf, targetOf, unresolvedOf, valuesOf } from '../rendered.ts'
import { type Files, graphOf, manifest } from '../tree.ts'

const here = 'https://github.com/acme/shop'
const tree: Files = {
  'apps/api/Chart.yaml': 'name: api\nversion: 1.0.0\n',
  'apps/web/Chart.yaml': 'name: web\nversion: 1.0.0\n',
  'apps/old/Chart.yaml': 'name: old\nversion: 1.0.0\n',
  'clusters/eu/config.json': '{"cluster": {"name": "eu", "zones": ["a", "b"]}, "tier": 1}',
  'clusters/us/config.json': '[{"cluster": {"name": "us"}, "tier": 2}]',
}

function set(generators: string, template: string, more = ''): string {
  return `apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: {name: all}
spec:
${more}  generators:
${generators.replace(/^(?=.)/gm, '  ')}
  template:
${template.replace(/^(?=.)/gm, '    ')}
`
}

function found(text: string, generators = {}) {
  return graphOf({ ...tree, 'set.yaml': text }, { origins: [here], generators })
}

/** Targets of the set alone, without its own name. */
function made(text: string): readonly string[] {
  return idsOf(found(text))
    .filter((line) => line.startsWith('ApplicationSet'))
    .map((line) => line.replace('ApplicationSet all for ', '').replace(' in set.yaml', ''))
}

const chartOf = (path: string, name: string) => `metadata: {name: '${name}'}
spec:
  source: {repoURL: ${here}, path: '${path}'}
  destination: {name: '{{cluster}}'}`

test('a list', () => {
  const text = set('- list: {elements: [{cluster: eu, app: api}, {cluster: us, app: web}]}', chartOf('apps/{{app}}', '{{app}}-{{cluster}}'))
  expect(made(text)).toEqual(['api-eu → eu', 'web-us → us'])
})

const folders = `- git:
    repoURL: ${here}
    directories: [{path: apps/*}, {path: apps/old, exclude: true}]`

test('folders of this repository', () => {
  const template = `metadata: {name: '{{path.basename}}'}\nspec: {source: {repoURL: ${here}, path: '{{path}}'}, destination: {name: '{{path[0]}}'}}`
  expect(made(set(folders, template))).toEqual(['api → apps', 'web → apps'])
})

test("folders, in Go's templates", () => {
  const template = `metadata: {name: '{{ .path.basename | upper | lower }}-{{ index .path.segments 0 }}'}\nspec: {source: {repoURL: ${here}, path: '{{.path.path}}'}}`
  expect(made(set(folders, template, '  goTemplate: true\n'))).toEqual(['api-apps', 'web-apps'])
})

const files = `- git: {repoURL: ${here}, files: [{path: "clusters/**/config.json"}]}`

test('files of this repository, a list in one of them too', () => {
  const template = `metadata: {name: '{{cluster.name}}-{{tier}}-{{path.basename}}'}\nspec: {source: {repoURL: ${here}, path: apps/api}, destination: {name: '{{cluster.name}}'}}`
  expect(made(set(files, template))).toEqual(['eu-1-eu → eu', 'us-2-us → us'])
})

test("files, in Go's templates, with values of the generator", () => {
  const generator = `- git:
    repoURL: ${here}
    files: [{path: "clusters/eu/config.json"}]
    values: {zone: '{{ index .cluster.zones 1 }}'}`
  const template = `metadata: {name: '{{.cluster.name}}-{{.values.zone}}'}\nspec: {source: {repoURL: ${here}, path: apps/api}}`
  expect(made(set(generator, template, '  goTemplate: true\n'))).toEqual(['eu-b'])
})

test('a matrix: each with each, the second may use the first', () => {
  const generator = `- matrix:
    generators:
    - list: {elements: [{cluster: eu, glob: apps/a*}, {cluster: us, glob: apps/w*}]}
    - git: {repoURL: ${here}, directories: [{path: '{{glob}}'}]}`
  expect(made(set(generator, chartOf('{{path}}', '{{path.basename}}-{{cluster}}')))).toEqual(['api-eu → eu', 'web-us → us'])
})

test('a merge: the later changes what the first one made', () => {
  const generator = `- merge:
    mergeKeys: [cluster]
    generators:
    - list: {elements: [{cluster: eu, app: api}, {cluster: us, app: api}]}
    - list: {elements: [{cluster: us, app: web}, {cluster: asia, app: web}]}`
  expect(made(set(generator, chartOf('apps/{{app}}', '{{app}}-{{cluster}}')))).toEqual(['api-eu → eu', 'web-us → us'])
})

test.each([
  ['{matchLabels: {cluster: eu}}', ['api-eu → eu']],
  ['{matchExpressions: [{key: cluster, operator: In, values: [us, asia]}]}', ['web-us → us']],
  ['{matchExpressions: [{key: cluster, operator: NotIn, values: [us]}, {key: app, operator: Exists}]}', ['api-eu → eu']],
  ['{matchExpressions: [{key: tier, operator: NotIn, values: [x]}]}', ['api-eu → eu', 'web-us → us']],
  ['{matchExpressions: [{key: cluster, operator: DoesNotExist}]}', []],
])('a selector keeps what it fits: %s', (selector, expected) => {
  const generator = `- list: {elements: [{cluster: eu, app: api}, {cluster: us, app: web}]}\n  selector: ${selector}`
  expect(made(set(generator, chartOf('apps/{{app}}', '{{app}}-{{cluster}}')))).toEqual(expected)
})

test('a selector sees nested parameters by dotted names, and works within a matrix', () => {
  const generator = `- matrix:
    generators:
    - git: {repoURL: ${here}, files: [{path: "clusters/**/config.json"}]}
      selector: {matchLabels: {cluster.name: eu}}
    - list: {elements: [{app: api}]}`
  const template = `metadata: {name: '{{.app}}-{{.cluster.name}}'}\nspec: {source: {repoURL: ${here}, path: 'apps/{{.app}}'}}`
  expect(made(set(generator, template, '  goTemplate: true\n'))).toEqual(['api-eu'])
})

test('elements of a list that stand in a text', () => {
  const generator = `- matrix:
    generators:
    - list: {elements: [{region: eu, parts: [{app: api}, {app: web}]}]}
    - list: {elements: [], elementsYaml: '{{ .parts | toJson }}'}`
  const template = `metadata: {name: '{{.app}}-{{.region}}'}\nspec: {source: {repoURL: ${here}, path: 'apps/{{.app}}'}}`
  expect(made(set(generator, template, '  goTemplate: true\n'))).toEqual(['api-eu', 'web-eu'])
})

describe('a patch of the template', () => {
  const patch = `  goTemplate: true
  templatePatch: |
    spec:
      destination: null
      source:
        helm:
          valueFiles:
          {{- range $file := .files }}
          - {{ $file | quote }}
          {{- end }}
          {{- if .tag }}
          parameters: [{name: tag, value: "{{ .tag }}"}]
          {{- end }}
`
  const template = `metadata: {name: '{{.app}}'}\nspec: {source: {repoURL: ${here}, path: 'apps/{{.app}}', helm: {valueFiles: [old.yaml]}}, destination: {name: gone}}`
  const build = (element: string) => found(set(`- list: {elements: [${element}]}`, template, patch))

  test('is filled for each Application: its lists replace, what it sets to nothing is taken away', () => {
    const graph = build('{app: api, files: [a.yaml, b.yaml], tag: v2}')
    expect([made(set('- list: {elements: [{app: api, files: []}]}', template, patch)), unresolvedOf(graph)]).toEqual([['api'], []])
    const target = targetOf(graph, 'ApplicationSet all for api in set.yaml')
    expect(target.missing.map(({ message }) => message.split(':')[0])).toEqual([
      'values file a.yaml is left out',
      'values file b.yaml is left out',
    ])
    expect(valuesOf(target)).toEqual([expect.stringContaining('tag')])
  })

  test('that cannot be filled is named, and no half of an Application is rendered', () => {
    const graph = found(
      set('- list: {elements: [{app: api}]}', template, '  goTemplate: true\n  templatePatch: "spec: {{ include \\"x\\" . }}"\n'),
    )
    expect(unresolvedOf(graph)).toEqual(['unsupported-template: its templatePatch holds {{include "x" .}}, which cannot be filled here'])
    expect(made(set('- list: {elements: [{app: api}]}', template, '  goTemplate: true\n  templatePatch: "just text"\n'))).toEqual([])
  })
})

test('values stand in the template, with what was filled in', () => {
  const template = `metadata: {name: api}
spec:
  source:
    repoURL: ${here}
    path: apps/api
    helm: {valuesObject: {region: '{{cluster}}'}}`
  const target = targetOf(found(set('- list: {elements: [{cluster: eu}]}', template)), 'ApplicationSet all for api in set.yaml')
  expect(valuesOf(target)).toEqual(['set.yaml#/spec/template/spec/source/helm/valuesObject {"region":"eu"} misplaced'])
})

test.each([
  ['clusters', '- clusters: {}', 'unsupported-generator: its clusters generator needs data that no repository holds'],
  [
    'a selector of no kind',
    '- list: {elements: [{cluster: eu}]}\n  selector: {matchExpressions: [{key: a, operator: Near}]}',
    'unsupported-generator: the selector of its list generator is none that Kubernetes knows',
  ],
  [
    'another repository',
    '- git: {repoURL: https://github.com/acme/other, directories: [{path: "*"}]}',
    'unsupported-generator: its git generator reads another repository, https://github.com/acme/other',
  ],
  [
    'a placeholder that nothing fills',
    '- list: {elements: [{app: api}]}',
    'unsupported-template: its template holds {{cluster}}, which cannot be filled here',
  ],
])('%s is named', (_, generator, expected) => {
  expect(unresolvedOf(found(set(generator, chartOf('apps/api', 'x'))))).toEqual([expected])
})

test('data of a generator that no repository holds may come from the configuration', () => {
  const graph = found(set('- clusters: {}', chartOf('apps/api', 'api-{{name}}').replace('{{cluster}}', '{{metadata.labels.region}}')), {
    clusters: [{ name: 'one', metadata: { labels: { region: 'eu' } } }],
  })
  expect(idsOf(graph)[0]).toBe('ApplicationSet all for api-one in set.yaml → eu')
})

test('more Applications than anybody reviews are cut, and that is said', () => {
  const elements = Array.from({ length: 2_100 }, (_, index) => `{cluster: c${index}}`).join(', ')
  const graph = found(set(`- list: {elements: [${elements}]}`, chartOf('apps/api', 'api-{{cluster}}')))
  expect(graph.rendered.filter(({ root }) => root.kind === 'ApplicationSet')).toHaveLength(2_000)
  expect(unresolvedOf(graph)).toEqual(['limit: 100 of its 2100 Applications are left out'])
})

test('generators that compare more paths than can be looked at are named', () => {
  const sets = Array.from({ length: 510 }, (_, index) =>
    set(`- git: {repoURL: ${here}, files: [{path: 'x${index}'}]}`, chartOf('apps/api', 'x')).replace('{name: all}', `{name: s${index}}`),
  )
  const many = Object.fromEntries(Array.from({ length: 10_000 }, (_, index) => [`f/${index}.txt`, '']))
  const graph = graphOf({ ...many, 'set.yaml': sets.join('---\n') }, { origins: [here] })
  expect(unresolvedOf(graph)[0]).toBe('limit: its git generator is not followed: there is more to compare with globs than can be looked at')
  expect(unresolvedOf(graph).length).toBeLessThan(100)
})

test('an ApplicationSet whose manifest is a Pod by its side is judged as ever', () => {
  const graph = graphOf({ 'set.yaml': `${set('- list: {elements: []}', 'metadata: {}')}---\n${manifest('Pod', 'web')}` })
  expect(graph.targets.flatMap(({ resources }) => resources.map(({ id }) => id.kind))).toEqual(['ApplicationSet', 'Pod'])
})

describe("Go's templates", () => {
  const data = { a: 'X y', n: 3, list: ['p', 'q'], deep: { 'b-c': 'v' } }

  test.each([
    ['.a', 'X y'],
    ['.n', '3'],
    ['.deep.b-c', 'v'],
    ['index .list 1', 'q'],
    ['index .deep "b-c"', 'v'],
    ['.a | lower | replace " " "-"', 'x-y'],
    ['lower (index .list 0) | upper', 'P'],
    ['printf "%s-%d" .a .n', 'X y-3'],
    ['default "d" .none', 'd'],
    ['.a | normalize', 'x-y'],
    ['trimSuffix "y" .a | trim', 'X'],
    ['trimPrefix "X" .a | trim | quote', '"y"'],
    ['`raw`', 'raw'],
    ['.none', undefined],
    ['.a .n', undefined],
    ['if .a', undefined],
    ['range .list', undefined],
    ['env "HOME"', undefined],
    ['.a | lower |', undefined],
    ['(.a', undefined],
    ['"open', undefined],
    ['.list', undefined],
    ['.constructor', undefined],
    ['.__proto__', undefined],
  ])('%s is %s', (action, expected) => {
    expect(evaluate(action, data)).toBe(expected)
  })
})
