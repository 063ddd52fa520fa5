import { describe, expect, test } from 'vitest'
import type { ChartTarget, Values } from '../../src/discover/target.ts'
import { conventionalParts, dependencyParts } from '../../src/render/convention.ts'
import { treeOf } from '../discover/tree.ts'
import { chartTarget } from './sample.ts'

const at = {
  document: { path: 'release.yaml', text: '', lineStarts: [0], yaml: { span: { start: 0, end: 0 }, value: {}, duplicates: [] }, index: 0 },
  pointer: '',
}
const inline = (value: Readonly<Record<string, unknown>>): Values => ({ kind: 'inline', value, at })

/** The spec of the pod that values tell of. */
function specOf(...values: readonly Values[]): unknown {
  const target = chartTarget({ values, chart: { kind: 'repository', repository: 'https://charts.example', name: 'gate', version: '1' } })
  return conventionalParts(target, treeOf({}))[0]?.value['spec']
}

test('values that are told in so many words make a pod', () => {
  const values = {
    pod: { hostNetwork: true, hostPID: 'yes' },
    image: { repository: 'gate', tag: 'latest' },
    sidecars: [{ securityContext: { capabilities: { add: ['SYS_ADMIN'] }, runAsUser: 0 } }],
    data: { hostPath: { path: '/var/lib' } },
  }
  expect(specOf(inline(values))).toEqual({
    hostNetwork: true,
    containers: [
      { name: 'main', image: 'gate:latest' },
      { name: 'sidecars.0', securityContext: { capabilities: { add: ['SYS_ADMIN'] } } },
    ],
    volumes: [{ name: 'data', hostPath: { path: '/var/lib' } }],
  })
})

test('later values win, as Helm has it', () => {
  const text: Values = { kind: 'text', text: 'web: { hostNetwork: false }', at }
  expect(specOf(inline({ web: { hostNetwork: true, hostIPC: true } }), text)).toEqual({ hostIPC: true })
  expect(specOf(inline({ hostNetwork: false }), inline({ hostNetwork: true }))).toEqual({ hostNetwork: true })
})

test.each([
  ['what is switched off', { agent: { enabled: false, hostNetwork: true, inner: { hostPID: true } } }],
  [
    'what configures something else in the same words',
    { podSecurityPolicy: { hostNetwork: true }, scc: { securityContext: { privileged: true } } },
  ],
  ['an image with a digest', { image: { repository: 'gate', tag: 'latest', digest: 'sha256:1' } }],
  ['an image whose tag is the chart’s', { image: { repository: 'gate' } }],
  ['a path that is none', { hostPath: { enabled: true }, web: { hostPath: '' } }],
  ['no values', {}],
])('%s tells nothing', (_, values) => expect(specOf(inline(values))).toBeUndefined())

describe('a chart in the tree that lacks what it depends on', () => {
  const gap = (name: string, chart = '') => ({ name, chart, version: '1.0.0', repository: 'https://charts.example' })
  const below = (name: string, value: string) => `${name}: { ${value} }`

  function podsOf(
    gaps: readonly ReturnType<typeof gap>[],
    values: readonly string[],
    parts: Partial<ChartTarget> = {},
  ): readonly unknown[] {
    const [own = '', ...given] = values
    const texts = given.map((text): Values => ({ kind: 'text', text, at }))
    return dependencyParts(chartTarget({ values: texts, ...parts }), gaps, treeOf({ 'shop/values.yaml': own })).map(
      ({ value }) => value['spec'],
    )
  }

  test('its own values for it are told, those given to the release above them', () => {
    const own = below('cart', 'hostNetwork: true, hostIPC: true')
    expect(podsOf([gap('cart')], [own, below('cart', 'hostNetwork: false')])).toEqual([{ hostIPC: true }])
  })

  test('each of them makes a pod of its own', () => {
    const own = `${below('cart', 'hostPID: true')}\n${below('till', 'hostPID: true')}`
    expect(podsOf([gap('cart'), gap('till')], [own])).toEqual([{ hostPID: true }, { hostPID: true }])
  })

  test('an alias is where its values stand', () => {
    const own = `${below('cart', 'hostPID: true')}\n${below('trolley', 'hostIPC: true')}`
    const dependencies = [{ chart: 'shop', name: 'cart', alias: 'trolley', version: '1.0.0', repository: 'https://charts.example' }]
    expect(podsOf([gap('cart')], [own], { dependencies })).toEqual([{ hostIPC: true }])
  })

  test.each([
    ['values for the chart itself', [gap('cart')], 'hostPID: true'],
    ['what is switched off', [gap('cart')], below('cart', 'enabled: false, hostPID: true')],
    ['what a chart inside it lacks', [gap('cart', 'charts/till')], below('cart', 'hostPID: true')],
    ['a chart that lacks nothing', [], below('cart', 'hostPID: true')],
    ['values that are none', [gap('cart')], '- cart'],
  ])('%s tells nothing', (_, gaps, own) => expect(podsOf(gaps, [own])).toEqual([]))
})
