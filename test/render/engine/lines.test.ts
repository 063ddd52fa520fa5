// The line of a template that wrote each line of a chart's result, and the values that it reads.

import { expect, test } from 'vitest'
import type { HelmDocument } from '../../../src/render/engine.ts'
import { testEngine } from './engine.ts'
import { chart } from './requests.ts'

const { helm } = testEngine()

const lines = (document: HelmDocument | undefined) =>
  document?.content
    .trimEnd()
    .split('\n')
    .map((text, at) => {
      const origin = document.lines[at]
      const place = origin === undefined ? '' : `${origin.file}:${origin.line}`
      return [text, place, ...(origin?.values ?? []).map(({ path }) => path.join('.'))].join(' | ')
    })

const helpers = `{{- define "demo.labels" -}}
app: {{ .Chart.Name }}
version: {{ .Values.image.tag | quote }}
{{- end }}
{{- define "demo.image" -}}
{{ .image.repository }}:{{ .image.tag | default .chart.AppVersion }}
{{- end }}
`

test('each line comes from the line of the template or the helper that wrote it', async () => {
  const { documents, untraced } = await helm(
    chart(
      {
        'values.yaml': 'image: {repository: nginx, tag: "1"}\npodSecurityContext: {runAsNonRoot: true, runAsUser: 5}\nextra: [{name: A}]\n',
        'templates/_helpers.tpl': helpers,
        'templates/pod.yaml': `apiVersion: v1
kind: Pod
metadata:
  name: {{ .Release.Name }}
  labels:
    {{- include "demo.labels" . | nindent 4 }}
spec:
  {{- with .Values.podSecurityContext }}
  securityContext:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  containers:
    - image: {{ include "demo.image" (dict "image" .Values.image "chart" .Chart) | quote }}
      env:
        {{- range $one := .Values.extra }}
        - name: {{ $one.name }}
        {{- end }}
`,
      },
      { lines: true },
    ),
  )
  expect(untraced).toEqual([])
  expect(lines(documents[0])).toMatchInlineSnapshot(`
    [
      "apiVersion: v1 | templates/pod.yaml:1",
      "kind: Pod | templates/pod.yaml:2",
      "metadata: | templates/pod.yaml:3",
      "  name: shop | templates/pod.yaml:4",
      "  labels: | templates/pod.yaml:5",
      "    app: demo | templates/_helpers.tpl:2",
      "    version: "1" | templates/_helpers.tpl:3 | image.tag",
      "spec: | templates/pod.yaml:7",
      "  securityContext: | templates/pod.yaml:9",
      "    runAsNonRoot: true | templates/pod.yaml:10 | podSecurityContext",
      "    runAsUser: 5 | templates/pod.yaml:10 | podSecurityContext",
      "  containers: | templates/pod.yaml:12",
      "    - image: "nginx:1" | templates/pod.yaml:13 | image.repository | image.tag",
      "      env: | templates/pod.yaml:14",
      "        - name: A | templates/pod.yaml:16 | extra.*.name",
    ]
  `)
})

/** What one line of a template reads, with helpers beside it. */
async function reads(line: string, tpl = '', values = ''): Promise<readonly string[]> {
  const { documents, untraced } = await helm(
    chart({ 'values.yaml': values, 'templates/_h.tpl': tpl, 'templates/a.yaml': `first: 1\n${line}\n` }, { lines: true }),
  )
  expect(untraced).toEqual([])
  return [...new Set(documents[0]?.lines.slice(1).flatMap((origin) => origin?.values.map(({ path }) => path.join('.')) ?? []))]
}

test.each([
  ['a field', 'a: {{ .Values.a.b }}', ['a.b']],
  ['a field from the root within another scope', '{{ with .Values.x }}a: {{ $.Values.a.b }}{{ end }}', ['a.b']],
  ['a field of the scope', '{{ with .Values.x }}a: {{ .z }}{{ end }}', ['x.z']],
  ['a default', 'a: {{ .Values.a.b | default .Values.d | quote }}', ['a.b', 'd']],
  ['an index', 'a: {{ index .Values "x" "z" }}', ['x.z']],
  ['a choice of the key', 'a: {{ index (dict "one" 1 "two" 2) .Values.d | quote }}', ['d']],
  ['the items of a list', 'a:{{ range .Values.list }}\n  - {{ .name }}{{ end }}', ['list.*.name']],
  ['the entries of a map', 'a:{{ range $key, $value := .Values.x }}\n  {{ $key }}: {{ $value }}{{ end }}', ['x.*']],
  ['a variable', '{{ $x := .Values.x }}a: {{ $x.z }}', ['x.z']],
  ['a text with templates', 'a: {{ tpl .Values.d . }}', ['d']],
  ['a whole block', 'a: {{- toYaml .Values.x | nindent 2 }}', ['x']],
  ['a choice between two', 'a: {{ ternary .Values.a.b .Values.d .Values.flag }}', ['a.b', 'd', 'flag']],
])('%s is seen in the template', async (_, line, expected) => {
  expect(await reads(line, '', 'a: {b: 1}\nd: two\nx: {z: 2}\nlist: [{name: n}]\nflag: true\n')).toEqual(expected)
})

test.each([
  ['takes the context', 'a: {{ include "h" . }}', '{{ define "h" }}{{ .Values.x.z }}{{ end }}'],
  ['is changed afterwards', 'a: {{ include "h" . | quote }}', '{{ define "h" }}{{ .Values.x.z }}{{ end }}'],
  ['takes a part of the values', 'a: {{ include "h" .Values.x }}', '{{ define "h" }}{{ .z }}{{ end }}'],
  ['takes a dictionary', 'a: {{ include "h" (dict "from" .Values.x "context" $) }}', '{{ define "h" }}{{ .from.z }}{{ end }}'],
  ['takes a list', 'a: {{ include "h" (list . .Values.x) }}', '{{ define "h" }}{{ (index . 1).z }}{{ end }}'],
  [
    'calls another',
    'a: {{ include "h" (dict "from" .Values.x) | quote }}',
    '{{ define "h" }}{{ include "i" .from }}{{ end }}{{ define "i" }}{{ .z }}{{ end }}',
  ],
  ['is a template of its own', 'a: {{ template "h" . }}', '{{ define "h" }}{{ .Values.x.z }}{{ end }}'],
  ['keeps a variable', 'a: {{ include "h" . }}', '{{ define "h" }}{{ $x := .Values.x }}{{ printf "%v" $x.z }}{{ end }}'],
])('a helper that %s tells what it reads', async (_, line, tpl) => {
  expect(await reads(line, tpl, 'x: {z: 2}\n')).toEqual(['x.z'])
})

test('a line of a helper says which lines call it', async () => {
  const { documents } = await helm(
    chart(
      {
        'templates/_h.tpl':
          '{{ define "outer" }}\nouter: 1\n{{ include "inner" .x }}\n{{ end }}\n{{ define "inner" -}}\ninner: {{ .z }}\n{{- end }}',
        'templates/a.yaml': 'a:\n  {{- include "outer" (dict "x" .Values.x) | nindent 2 }}\n',
        'values.yaml': 'x: {z: 2}\n',
      },
      { lines: true },
    ),
  )
  expect(documents[0]?.content).toBe('a:\n  \n  outer: 1\n  inner: 2\n  \n')
  expect(documents[0]?.lines[3]).toEqual({
    file: 'templates/_h.tpl',
    line: 6,
    through: [
      { file: 'templates/a.yaml', line: 2 },
      { file: 'templates/_h.tpl', line: 3 },
    ],
    values: [{ path: ['x', 'z'], chart: '', prefix: 0 }],
  })
})
