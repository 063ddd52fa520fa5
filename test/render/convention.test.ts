import { expect, test } from 'vitest'
import type { Values } from '../../src/discover/target.ts'
import { conventionalParts } from '../../src/render/convention.ts'
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
