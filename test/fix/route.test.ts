// Where a fix is made when the place itself is not edited.

import { describe, expect, test } from 'vitest'
import { applyFixes } from '../../src/fix/apply.ts'
import type { Files } from '../discover/tree.ts'
import { chartOf } from '../render/pack.ts'
import { definition } from './definition.ts'
import { mendTree, withFixes } from './mended.ts'

/** The patch of all that is offered. */
async function patchOf(files: Files): Promise<string> {
  const { report } = await mendTree(files, { repositories: ['https://git.example.org/shop/fleet'] })
  return report.fixes.map(({ patch }) => patch).join('')
}

const pod = (name: string, more = '') => `apiVersion: v1
kind: Pod
metadata:
  name: ${name}
spec:
  hostPID: true
  containers:
    - name: app
      image: registry.example.org/shop/app:1.4.2
      securityContext: { runAsNonRoot: true, allowPrivilegeEscalation: false }
${more}`
const upstream = `# Source: gate/templates/pod.yaml\n${pod('gate', '')}`.replace(
  'metadata:\n',
  'metadata:\n  labels: { helm.sh/chart: gate-1.2.3, app.kubernetes.io/managed-by: Helm }\n',
)
const flux = (path: string) => `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: apps, namespace: flux-system }
spec:
  interval: 1h
  path: ${path}
  prune: true
  sourceRef: { kind: GitRepository, name: flux-system }
`
const source = `apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata: { name: flux-system, namespace: flux-system }
spec: { interval: 1h, url: https://git.example.org/shop/fleet, ref: { branch: main } }
`

describe('a file that came from elsewhere is mended', () => {
  test('by a patch in place in the kustomization that takes it', async () => {
    const patch = await patchOf({ 'gate.yaml': upstream, 'kustomization.yaml': 'resources:\n  - gate.yaml\n' })
    expect(patch).toBe(`diff --git a/kustomization.yaml b/kustomization.yaml
--- a/kustomization.yaml
+++ b/kustomization.yaml
@@ -1,2 +1,10 @@
 resources:
   - gate.yaml
+patches:
+  - patch: |
+      apiVersion: v1
+      kind: Pod
+      metadata:
+        name: gate
+      spec:
+        hostPID: null
`)
  })

  test('in the patch that is there for it', async () => {
    const patch = await patchOf({
      'gate.yaml': upstream,
      'patch.yaml': 'apiVersion: v1\nkind: Pod\nmetadata:\n  name: gate\nspec:\n  priority: 3 # above the rest\n',
      'kustomization.yaml': 'resources: [gate.yaml]\npatches: [{ path: patch.yaml }]\n',
    })
    expect(patch).toBe(`diff --git a/patch.yaml b/patch.yaml
--- a/patch.yaml
+++ b/patch.yaml
@@ -4,3 +4,4 @@
   name: gate
 spec:
   priority: 3 # above the rest
+  hostPID: null
`)
  })

  test('by a kustomization beside it, where Flux applies the folder', async () => {
    const files = {
      'cluster/apps.yaml': `${flux('./apps')}---\n${source}`,
      'apps/gate.yaml': upstream,
      'apps/web.yaml': pod('web').replace('  hostPID: true\n', ''),
      'apps/definition.yaml': definition,
    }
    const patch = await patchOf(files)
    expect(patch).toContain(`+++ b/apps/kustomization.yaml
@@ -0,0 +1,14 @@
+apiVersion: kustomize.config.k8s.io/v1beta1
+kind: Kustomization
+resources:
+  - definition.yaml
+  - gate.yaml
+  - web.yaml
+patches:
+  - patch: |
`)
  })

  test('by none beside a file that would not be built', async () => {
    const odd = 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: odd\n'
    expect(
      await patchOf({ 'cluster/apps.yaml': `${flux('./apps')}---\n${source}`, 'apps/gate.yaml': upstream, 'apps/odd.yaml': odd }),
    ).toBe('')
  })

  test('by a kustomization where Argo CD looks for one alone: not in a folder that it is told to read as one, nor below that', async () => {
    const application = (directory: string) => `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: apps, namespace: argocd }
spec:
  project: default
  source: { repoURL: https://git.example.org/shop/fleet, path: apps, targetRevision: main${directory} }
  destination: { server: https://kubernetes.default.svc, namespace: shop }
`
    const recursive = application(', directory: { recurse: true }')
    expect(await patchOf({ 'argocd/apps.yaml': application(''), 'apps/gate.yaml': upstream })).toContain('+++ b/apps/kustomization.yaml')
    expect(await patchOf({ 'argocd/apps.yaml': recursive, 'apps/gate.yaml': upstream })).toBe('')
    expect(await patchOf({ 'argocd/apps.yaml': recursive, 'apps/gate/gate.yaml': upstream })).toBe('')
  })

  test('nowhere, where nothing says how its folder is applied', async () => {
    const { report } = await mendTree({ 'gate.yaml': upstream })
    expect(report.fixes).toEqual([])
    expect(report.findings[0]?.advice?.find).toContain(
      'The file comes from elsewhere and is not edited here, and nothing of this repository could put a patch on top.',
    )
  })
})

describe('why nothing is edited is said', () => {
  const reasonOf = async (files: Files) => (await mendTree(files)).report.findings.map(({ advice }) => advice?.find)
  const bare = (text: string) => text.replace('  hostPID: true\n', '').replace(/ {6}securityContext: .*\n/, '')

  test('once, where it holds for all fixes of a rule', async () => {
    expect(await reasonOf({ 'gate.yaml': bare(upstream).replace('registry.example.org/shop/app:1.4.2', 'redis:7.2') })).toEqual([
      'The file comes from elsewhere and is not edited here, and nothing of this repository could put a patch on top.',
    ])
  })
  test('with what stands against the template before what stands against values', async () => {
    const files = {
      'Chart.yaml': 'apiVersion: v2\nname: web\nversion: 1.0.0\n',
      'files/pod.yaml': bare(pod('web')).replace('registry.example.org/shop/app:1.4.2', 'redis:7.2'),
      'templates/pod.yaml': '{{ .Files.Get "files/pod.yaml" }}\n',
    }
    expect(await reasonOf(files)).toEqual([
      'No line of the template writes the place alone, and no file holds the place as a value that could be edited.',
    ])
  })
})

test('values that stand as a text are mended there', async () => {
  const patch = await patchOf({
    'chart/Chart.yaml': 'apiVersion: v2\nname: web\nversion: 1.0.0\n',
    'chart/values.yaml': 'hostPID: false\n',
    'chart/templates/pod.yaml': pod('web').replace('true\n  containers', '{{ .Values.hostPID }}\n  containers'),
    'app.yaml': `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: web, namespace: argocd }
spec:
  project: default
  source:
    repoURL: https://git.example.org/shop/fleet
    path: chart
    targetRevision: main
    helm:
      values: |
        # The profiler looks at its neighbours.
        hostPID: true
        level: info
  destination: { server: https://kubernetes.default.svc, namespace: shop }
`,
  })
  expect(patch.split('\n').filter((line) => /^[-+]/.test(line))).toEqual(['--- a/app.yaml', '+++ b/app.yaml', '-        hostPID: true'])
})

test('what parts of a chart share is mended there, not what one of them may have for itself', async () => {
  const part = (name: string) => `apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name} }
spec:
  selector: { matchLabels: { app: ${name} } }
  template:
    metadata: { labels: { app: ${name} } }
    spec:
      containers:
        - name: app
          image: registry.example.org/shop/${name}:1.4.2
          {{- with (default .Values.securityContext .Values.${name}.securityContext) }}
          securityContext:
            {{- toYaml . | nindent 12 }}
          {{- end }}
`
  const values = 'web:\n  securityContext: {}\nworker:\n  securityContext: {}\nsecurityContext: {}\n'
  const { mended } = await mendTree({
    'Chart.yaml': 'apiVersion: v2\nname: shop\nversion: 1.0.0\n',
    'values.yaml': values,
    'templates/web.yaml': part('web'),
    'templates/worker.yaml': part('worker'),
  })
  const own = (mended?.fixes ?? []).filter(({ edits }) => edits.every(({ path }) => path === 'values.yaml'))
  expect(own).toHaveLength(mended?.fixes.length ?? 0)
  expect(applyFixes('values.yaml', values, own).text).toBe(
    'web:\n  securityContext: {}\nworker:\n  securityContext: {}\nsecurityContext:\n  allowPrivilegeEscalation: false\n  seccompProfile:\n    type: RuntimeDefault\n',
  )
})

describe('a container that values hold is mended there', () => {
  const sidecar = (indent: string) =>
    `${indent}image: registry.example.org/shop/log:2.0.0\n${indent}args: ["--to", "{{ .Release.Name }}"]\n`
  const mended = (indent: string) =>
    `${sidecar(indent)}${indent}securityContext:\n${indent}  allowPrivilegeEscalation: false\n${indent}  seccompProfile:\n${indent}    type: RuntimeDefault\n`

  test.each([
    ['in a list', '{{ tpl (toYaml .Values.sidecars) . | indent 4 }}', 'sidecars:\n  - name: log\n', '    '],
    ['in a list that is a text', '{{ tpl .Values.sidecars . | indent 4 }}', 'sidecars: |\n  - name: log\n', '    '],
    [
      'under its name',
      '{{- range $name, $sidecar := .Values.sidecars }}\n    - name: {{ $name }}\n{{ tpl (toYaml $sidecar) $ | indent 6 }}\n    {{- end }}',
      'sidecars:\n  log:\n',
      '    ',
    ],
  ])('%s', async (_, written, values, indent) => {
    const files = {
      'Chart.yaml': 'apiVersion: v2\nname: web\nversion: 1.0.0\n',
      'values.yaml': values + sidecar(indent),
      'templates/pod.yaml': `${pod('web').replace('  hostPID: true\n', '')}${written}\n`,
    }
    const { mended: made } = await mendTree(files)
    expect(withFixes(files, made?.fixes ?? [])).toEqual({ ...files, 'values.yaml': values + mended(indent) })
  })
})

test.each([
  ['its key and a block on one line', 'securityContext: {{- omit .Values.containerSecurityContext "enabled" | toYaml | nindent 8 }}'],
  [
    'its key, and a block on the next',
    'securityContext:\n        {{- omit .Values.containerSecurityContext "enabled" | toYaml | nindent 8 }}',
  ],
])('what a packed chart writes with %s is given a key that is missing in the values of the chart around it', async (_, written) => {
  const packed = {
    'values.yaml': 'level: warn\ncontainerSecurityContext:\n  enabled: true\n  runAsUser: 1001\n',
    'templates/pod.yaml': pod('web')
      .replace(/securityContext: .*/, written)
      .replace('  hostPID: true\n', ''),
  }
  const patch = await patchOf({
    'Chart.yaml':
      'apiVersion: v2\nname: shop\nversion: 1.0.0\ndependencies:\n  - { name: web, version: 1.0.0, repository: https://charts.example.org }\n',
    'values.yaml': 'web:\n  level: info\n',
    'charts/web-1.0.0.tgz': chartOf('web', '1.0.0', packed),
  })
  expect(patch.split('\n').filter((line) => /^[-+]/.test(line))).toEqual([
    '--- a/values.yaml',
    '+++ b/values.yaml',
    '+  containerSecurityContext:',
    '+    allowPrivilegeEscalation: false',
  ])
})

test('a version that a template takes by what the cluster knows stays', async () => {
  const chart = (version: string) => ({
    'chart/Chart.yaml': 'apiVersion: v2\nname: tide\nversion: 1.0.0\n',
    'chart/templates/class.yaml': `${version}\nkind: PriorityClass\nmetadata: { name: tide }\nvalue: 10\n`,
  })
  const old = 'apiVersion: scheduling.k8s.io/v1beta1'
  const has = '{{- if .Capabilities.APIVersions.Has "tides.example.org/v1" }}\napiVersion: tides.example.org/v1\n{{- else }}'
  expect(await patchOf(chart(old))).toContain('+apiVersion: scheduling.k8s.io/v1')
  const { report } = await mendTree(chart(`${has}\n${old}\n{{- end }}`))
  expect(report.findings.map(({ rule, fix }) => [rule, fix])).toEqual([['deprecated-api-version', undefined]])
})
