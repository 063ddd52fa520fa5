// What belongs to a chart.

import { expect, test } from 'vitest'
import { chartOfTemplate, chartsIn, isChartFile, isValuesPath } from '../../src/discover/chart.ts'

const charts = chartsIn(['charts/api/Chart.yaml', 'charts/api/charts/db/Chart.yaml', 'chart.yaml', 'lib/mychart/Chart.yaml'])

test.each([
  ['charts/api/templates/deployment.yaml', 'charts/api'],
  ['charts/api/templates/tests/ping.yaml', 'charts/api'],
  ['charts/api/charts/db/templates/service.yaml', 'charts/api/charts/db'],
  ['charts/api/templates/templates/x.yaml', 'charts/api'],
  ['charts/api/crds/widget.yaml', undefined],
  ['charts/api/extra/templates/x.yaml', undefined],
  ['charts/web/templates/x.yaml', undefined],
  ['templates/x.yaml', undefined],
])('%s is a template of %s', (path, chart) => {
  expect(chartOfTemplate(path, charts)).toBe(chart)
})

test('a chart at the root has its templates at the root', () => {
  expect(chartOfTemplate('templates/x.yaml', chartsIn(['Chart.yaml']))).toBe('')
})

test.each([
  ['charts/api/Chart.yaml', true],
  ['charts/api/requirements.yaml', true],
  ['docs/requirements.yaml', false],
])('%s describes a chart: %s', (path, expected) => {
  expect(isChartFile(path, charts)).toBe(expected)
})

test.each([
  ['charts/api/values.yaml', true],
  ['charts/api/production.yaml', true],
  ['envs/values-prod.yaml', true],
  ['envs/prod-values.yaml', true],
  ['envs/prod.values.yml', true],
  ['charts/api/values.schema.json', true],
  ['helm/values/prod.yaml', true],
  ['envs/evaluates.yaml', false],
  ['apps/api.yaml', false],
])('%s is values: %s', (path, expected) => {
  expect(isValuesPath(path, charts)).toBe(expected)
})
