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
