// Small inputs that touch what Helm and kustomize build lazily: functions, schema compiler, regular expressions, OpenAPI.

import type { EngineFile, EngineRequest, HelmRequest } from '../../src/render/engine.ts'

const filesOf = (texts: Readonly<Record<string, string>>): readonly EngineFile[] =>
  Object.entries(texts).map(([path, text]) => ({ path, bytes: new TextEncoder().encode(text) }))

const deployment = `apiVersion: apps/v1
kind: Deployment
metadata: {name: d}
spec: {selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: b}}, spec: {containers: [{name: c, image: x}]}}}
`

const helm: Omit<HelmRequest, 'files'> = {
  kind: 'helm',
  values: ['a: 2\n'],
  sets: [{ name: 'b.c', value: '1', as: 'typed' }],
  release: 'r',
  namespace: 'n',
  kubernetesVersion: 'v1.34.0',
  apiVersions: [],
  includeCrds: true,
  skipSchema: false,
  lines: true,
}

const chart = filesOf({
  'Chart.yaml': 'apiVersion: v2\nname: c\nversion: 0.1.0\nkubeVersion: ">=1.20.0-0"\n',
  'values.yaml': 'a: 1\nresources: {limits: {cpu: 1}}\nimage: {repository: nginx, tag: ""}\n',
  'values.schema.json':
    '{"$schema":"http://json-schema.org/draft-07/schema#","type":"object","properties":{"a":{"type":"integer","minimum":0},"image":{"type":"object","properties":{"tag":{"type":"string","pattern":"^a*$"}}}}}',
  'templates/_helpers.tpl': `{{- define "c.fullname" -}}
{{- printf "%s-%s" .Release.Name (default .Chart.Name .Values.nameOverride) | trunc 63 | trimSuffix "-" -}}
{{- end -}}
{{- define "c.labels" -}}
app.kubernetes.io/name: {{ include "c.fullname" . | quote }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" }}
{{- end -}}
`,
  'templates/deployment.yaml': `apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ include "c.fullname" . }}
  labels: {{- include "c.labels" . | nindent 4 }}
spec:
  template:
    spec:
      containers:
        - name: {{ .Chart.Name }}
          image: "{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}"
          {{- with .Values.resources }}
          resources: {{- toYaml . | nindent 12 }}
          {{- end }}
`,
  'templates/map.yaml': `apiVersion: v1
kind: ConfigMap
metadata:
  name: {{ tpl "{{ .Release.Name }}" . }}
data:
  a: {{ .Values.a | quote }}
{{- if semverCompare ">=1.20" .Capabilities.KubeVersion.Version }}
  b: {{ regexReplaceAll "a+" "baab" "c" | b64enc | sha256sum }}
{{- end }}
{{- range $key, $value := dict "x" 1 }}
  {{ $key }}: {{ $value | toJson | quote }}
{{- end }}
  c: {{ .Values | toYaml | fromYaml | toJson | quote }}
`,
})

const kustomization = filesOf({
  'base/kustomization.yaml': 'resources: [d.yaml]\nlabels: [{pairs: {x: z}, includeSelectors: true}]\n',
  'base/d.yaml': deployment,
  'overlay/kustomization.yaml': `namespace: ns
namePrefix: p-
resources: [../base]
patches: [{path: p.yaml}, {target: {kind: Deployment}, path: j.yaml}]
images: [{name: x, newTag: v2}]
replicas: [{name: d, count: 2}]
configMapGenerator: [{name: m, literals: [a=b]}]
commonAnnotations: {a: b}
`,
  'overlay/j.yaml': '- {op: add, path: /spec/replicas, value: 3}\n',
  'overlay/p.yaml': `apiVersion: apps/v1
kind: Deployment
metadata: {name: d}
spec: {template: {spec: {containers: [{name: c, securityContext: {privileged: true}}]}}}
`,
})

const settings = { kind: 'kustomize', folder: 'overlay', kubernetesVersion: 'v1.34.0' } as const

export const warmUps: readonly EngineRequest[] = [
  { ...helm, files: chart },
  { ...settings, files: kustomization },
]
