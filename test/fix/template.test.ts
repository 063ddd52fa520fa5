// How the templates of a chart are mended: for all that they write, wherever it lands.

import { describe, expect, test } from 'vitest'
import { applyFixes } from '../../src/fix/apply.ts'
import type { Files } from '../discover/tree.ts'
import { mendTree } from './mended.ts'

const chart = { 'Chart.yaml': 'apiVersion: v2\nname: ferry\nversion: 1.0.0\n' }

/** The lines that differ by all fixes, the objects that each of them is for, and what is said of findings without one. */
async function mended(files: Files) {
  const { report, mended } = await mendTree({ ...chart, ...files })
  return {
    objects: mended?.fixes.map(({ findings }) => findings.map(({ resource }) => resource.id.name)),
    lines: report.fixes.flatMap(({ patch }) => patch.split('\n').filter((line) => /^[-+]/.test(line))),
    left: report.findings
      .filter(({ fix }) => fix === undefined)
      .map(({ rule, resource, advice }) => `${rule} ${resource.name}: ${advice?.find}`),
  }
}

const pod = (name: string, containers: string) => `apiVersion: v1
kind: Pod
metadata:
  name: ${name}
spec:
  containers:
${containers}`
const container = (more: string) => `    - name: app
      image: registry.ferry.example/app:1.4.2
${more}`

describe('one line of a template is mended for all that it writes', () => {
  const mooring = '      securityContext:\n        runAsNonRoot: true\n'

  test('in several objects, at another place in each', async () => {
    const first =
      '    - name: bell\n      image: registry.ferry.example/bell:2.0.0\n      securityContext: { allowPrivilegeEscalation: false, runAsNonRoot: true }\n'
    const made = await mended({
      'templates/_app.tpl': `{{- define "app" }}\n${container(mooring)}{{- end }}\n`,
      'templates/one.yaml': pod('one', '{{ include "app" . }}\n'),
      'templates/two.yaml': pod('two', `${first}{{ include "app" . }}\n`),
    })
    expect(made).toEqual({
      objects: [['one', 'two']],
      lines: ['--- a/templates/_app.tpl', '+++ b/templates/_app.tpl', '+        allowPrivilegeEscalation: false'],
      left: [],
    })
  })

  test('where values put something before it', async () => {
    const { lines, left } = await mended({
      'values.yaml': 'before: []\n',
      'ci/bell-values.yaml':
        'before:\n  - name: bell\n    image: registry.ferry.example/bell:2.0.0\n    securityContext: { allowPrivilegeEscalation: false, runAsNonRoot: true }\n',
      'templates/one.yaml': pod('one', `    {{- with .Values.before }}{{ toYaml . | nindent 4 }}{{ end }}\n${container(mooring)}`),
    })
    expect({ lines, left }).toEqual({
      lines: ['--- a/templates/one.yaml', '+++ b/templates/one.yaml', '+        allowPrivilegeEscalation: false'],
      left: [],
    })
  })
})

describe('a block under a condition that does not hold gets an else', () => {
  const limits = ['+          allowPrivilegeEscalation: false', '+          seccompProfile:', '+            type: RuntimeDefault']
  const under = (condition: string, block: string, end = '{{- end }}') =>
    pod('bell', container(`      {{- ${condition} }}\n${block}      ${end}\n      tty: true\n`))
  const privileged = '      securityContext:\n        privileged: true\n'

  test('which holds what was missing there', async () => {
    const { lines, left } = await mended({
      'values.yaml': 'foghorn: false\n',
      'templates/bell.yaml': under('if .Values.foghorn', privileged),
    })
    expect(lines.slice(2)).toEqual(['+      {{- else }}', '+      securityContext:', ...limits.map((line) => line.replace('  ', ''))])
    expect(left).toEqual([])
  })

  test('once, whatever is made a second time', async () => {
    const text = under('if .Values.foghorn', privileged)
    const files = { ...chart, 'values.yaml': 'foghorn: false\n', 'templates/bell.yaml': text }
    const { mended: first } = await mendTree(files)
    const once = applyFixes('templates/bell.yaml', text, first?.fixes ?? []).text
    expect(once).not.toBe(text)
    expect(applyFixes('templates/bell.yaml', once, first?.fixes ?? []).text).toBe(once)
  })

  test.each([
    ['the values switch the block itself off', 'if .Values.securityContext.enabled', privileged, '{{- end }}'],
    ['the condition is about the cluster', 'if not (eq .Values.global.platform "openshift")', privileged, '{{- end }}'],
    ['the template has one already', 'if .Values.foghorn', privileged, '{{- else }}\n      stdin: true\n      {{- end }}'],
    [
      'more than one condition stands around it',
      'if .Values.foghorn',
      `      {{- if .Values.bell }}\n${privileged}      {{- end }}\n`,
      '{{- end }}',
    ],
    [
      'another block writes the same key',
      'if .Values.foghorn',
      privileged,
      '{{- end }}\n      {{- if .Values.bell }}\n      securityContext: {}\n      {{- end }}',
    ],
  ])('but not where %s', async (_, condition, block, end) => {
    const { lines, left } = await mended({
      'values.yaml': 'foghorn: false\nbell: false\nglobal:\n  platform: openshift\nsecurityContext:\n  enabled: false\n',
      'templates/bell.yaml': under(condition, block, end),
    })
    expect(lines).toEqual([])
    expect(left).toEqual([expect.stringMatching(/^security-context-missing bell: .*No edit was made: the template writes it only where/)])
  })
})

test('the values that a block would copy are given, however many renders there are', async () => {
  const files = {
    'values.yaml': 'limits: {}\n',
    'templates/bell.yaml': pod(
      'bell',
      container('      {{- with .Values.limits }}\n      securityContext:\n        {{- toYaml . | nindent 8 }}\n      {{- end }}\n'),
    ),
  }
  const more = Object.fromEntries(Array.from({ length: 30 }, (_, at) => [`ci/${at}-values.yaml`, `place: ${at}\n`]))
  const { lines, left } = await mended({ ...files, ...more })
  expect(left).toEqual([])
  expect(lines).toEqual([
    '--- a/values.yaml',
    '+++ b/values.yaml',
    '-limits: {}',
    '+limits:',
    '+  allowPrivilegeEscalation: false',
    '+  seccompProfile:',
    '+    type: RuntimeDefault',
  ])
})

test('a value that nothing says yet goes to the values of the chart, not to those of its tests', async () => {
  const { lines, left } = await mended({
    'values.yaml': 'place: quay\n',
    'ci/loud-values.yaml': 'loud: true\n',
    'templates/bell.yaml': pod(
      'bell',
      container('      {{- with .Values.limits }}\n      securityContext:\n        {{- toYaml . | nindent 8 }}\n      {{- end }}\n'),
    ),
  })
  expect(left).toEqual([])
  expect(lines).toEqual([
    '--- a/values.yaml',
    '+++ b/values.yaml',
    '+limits:',
    '+  allowPrivilegeEscalation: false',
    '+  seccompProfile:',
    '+    type: RuntimeDefault',
  ])
})

test('a loop that can copy nothing but plain values is given one', async () => {
  const block =
    '      securityContext:\n        {{- range $key, $value := .Values.securityContext }}\n        {{ $key }}: {{ $value }}\n        {{- end }}\n'
  const { lines, left } = await mended({
    'values.yaml': 'securityContext: {}\n',
    'templates/bell.yaml': pod('bell', container(`      {{- if .Values.securityContext }}\n${block}      {{- end }}\n`)),
  })
  expect(lines.slice(2)).toEqual(['-securityContext: {}', '+securityContext:', '+  allowPrivilegeEscalation: false'])
  expect(left).toEqual([])
})

test('a checksum of what is mended may change with it, and nothing else of its object', async () => {
  const annotated = (value: string) => ({
    'templates/bell.yaml': pod('bell', container('      tty: true\n')),
    'templates/horn.yaml': pod(
      'horn',
      container('      securityContext: { allowPrivilegeEscalation: false, runAsNonRoot: true }\n'),
    ).replace('spec:', `  annotations:\n    horn.ferry.example/bell: ${value}\nspec:`),
  })
  const bell = '{{ include (print $.Template.BasePath "/bell.yaml") . '
  const checked = await mended(annotated(`${bell}| sha256sum }}`))
  expect(checked.left).toEqual([])
  expect(checked.lines).toContain('+        allowPrivilegeEscalation: false')
  const copied = await mended(annotated(`${bell}| quote }}`))
  expect(copied.left).toEqual([
    'security-context-missing bell: No edit was made: /metadata/annotations/horn.ferry.example~1bell of Pod horn would change, which nobody means.',
  ])
})
