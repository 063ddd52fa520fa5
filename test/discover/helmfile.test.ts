// Releases of helmfiles.

import { expect, test } from 'vitest'
import { idsOf, targetOf, unresolvedOf, valuesOf } from './rendered.ts'
import { graphOf } from './tree.ts'

const text = `repositories:
- {name: bitnami, url: https://charts.example.org}
- {name: oci, url: ghcr.io/acme, oci: true}
releases:
- name: web
  namespace: shop
  chart: ./charts/web
  values: [values/web.yaml, {replicas: 2}, gone.yaml, made.yaml.gotmpl]
  set: [{name: image.tag, value: "1"}]
  secrets: [s.yaml]
- {name: redis, chart: bitnami/redis, version: 19.0.0}
- {name: api, chart: oci/charts/api}
- {name: direct, chart: "oci://ghcr.io/acme/direct", version: 1.0.0}
- {name: off, chart: bitnami/redis, installed: false}
- {name: lost, chart: ./charts/lost}
- not a release
`
const graph = graphOf({
  'deploy/helmfile.yaml': text,
  'deploy/charts/web/Chart.yaml': 'name: web\nversion: 1.0.0\n',
  'deploy/values/web.yaml': 'a: 1\n',
  'deploy/made.yaml.gotmpl': '{{ x }}',
  'other/helmfile.d/a.yaml': 'releases: [{name: {{ x }}}]\n',
  'third/helmfile.yaml.gotmpl': 'releases: []\n',
})

test('a target for each release that is installed', () => {
  expect(idsOf(graph)).toEqual([
    'release web in deploy/helmfile.yaml',
    'release redis in deploy/helmfile.yaml',
    'release api in deploy/helmfile.yaml',
    'release direct in deploy/helmfile.yaml',
  ])
})

test('the chart: a folder, an entry of a repository, an address', () => {
  const chartOf = (name: string) => {
    const target = targetOf(graph, `release ${name} in deploy/helmfile.yaml`)
    return target.kind === 'chart' && target.chart
  }
  expect(chartOf('web')).toEqual({ kind: 'tree', path: 'deploy/charts/web' })
  expect(chartOf('redis')).toEqual({ kind: 'repository', repository: 'https://charts.example.org', name: 'redis', version: '19.0.0' })
  expect(chartOf('api')).toEqual({ kind: 'repository', repository: 'oci://ghcr.io/acme', name: 'charts/api', version: '*' })
  expect(chartOf('direct')).toEqual({ kind: 'repository', repository: 'oci://ghcr.io/acme', name: 'direct', version: '1.0.0' })
})

test('values in their order; what cannot be read is named', () => {
  const web = targetOf(graph, 'release web in deploy/helmfile.yaml')
  expect(web).toMatchObject({ release: 'web', namespace: 'shop' })
  expect(valuesOf(web)).toEqual([
    'deploy/values/web.yaml',
    'deploy/helmfile.yaml#/releases/0/values/1 {"replicas":2}',
    'deploy/helmfile.yaml#/releases/0/set/0 image.tag=1 typed',
  ])
  expect(web.missing.map(({ message }) => message)).toEqual([
    'values deploy/gone.yaml are left out: it is not there',
    'values deploy/made.yaml.gotmpl are left out: it is a template itself',
    'values of secrets are left out: secrets are not read',
  ])
})

test('a helmfile that is a template, and a chart that is not there, are named', () => {
  expect(unresolvedOf(graph)).toEqual([
    'missing-path: release lost: there is no chart at deploy/charts/lost',
    'unsupported-template: it is a template itself, which only helmfile can fill',
    'unsupported-template: it is a template itself, which only helmfile can fill',
  ])
})
