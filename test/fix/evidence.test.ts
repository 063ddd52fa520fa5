// What somebody wrote on purpose is taken away only where the manifests show that it does nothing, or that another way leads there.

import { expect, test } from 'vitest'
import { mendTree } from './mended.ts'

const pod = (spec: string, kind = 'Pod') => `apiVersion: v1
kind: ${kind}
metadata: { name: tug, namespace: ferry, labels: { app: tug } }
spec:
  containers:
    - name: app
      image: registry.example.org/ferry/tug:1.4.2
      securityContext: { runAsNonRoot: true, runAsUser: 10001, allowPrivilegeEscalation: false }
${spec}`

const role = `apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: { name: pilot, namespace: ferry }
rules:
  - apiGroups: [""]
    resources: [pods, secrets]
    verbs: [get, list]
`
const binding = (subject: string) => `---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: { name: pilot, namespace: ferry }
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: Role, name: pilot }
subjects: [{ kind: ${subject}, name: pilot }]
`
const service = (port: string) => `---
apiVersion: v1
kind: Service
metadata: { name: tug, namespace: ferry }
spec: { selector: { app: tug }, ports: [{ port: 80, targetPort: ${port} }] }
`
const policy = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: tug, namespace: ferry }
spec:
  podSelector: { matchLabels: { app: tug } }
  ingress:
    - from:
        - namespaceSelector: {}
          podSelector: { matchLabels: { app: quay } }
`
const caller = `---
apiVersion: v1
kind: ServiceAccount
metadata: { name: quay, namespace: harbour }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: quay, namespace: harbour }
spec:
  template:
    metadata: { labels: { app: quay } }
    spec:
      containers:
        - name: app
          image: registry.example.org/ferry/quay:1.4.2
          securityContext: { runAsNonRoot: true, runAsUser: 10001, allowPrivilegeEscalation: false }
`
const api = (more: string) => `apiVersion: apiregistration.k8s.io/v1
kind: APIService
metadata: { name: v1.tides.example.org${more} }
spec: { group: tides.example.org, version: v1, groupPriorityMinimum: 100, versionPriority: 100, service: { name: tides, namespace: ferry }, insecureSkipTLSVerify: true }
`
const args = (...words: readonly string[]) => pod(`      args: ${JSON.stringify(words)}\n`)
const port = '      ports: [{ name: web, containerPort: 8080, hostPort: 8080 }]\n'
const socket = '  volumes: [{ name: cri, hostPath: { path: /run/containerd/containerd.sock } }]\n'
const mount = '      volumeMounts: [{ name: cri, mountPath: /run/cri.sock }]\n'
const cache = '      volumeMounts: [{ name: seen, mountPath: /seen }]\n  volumes: [{ name: seen, hostPath: { path: /srv/tide-cache } }]\n'
const agent = (spec: string) =>
  `apiVersion: apps/v1\nkind: DaemonSet\nmetadata: { name: tug, namespace: ferry }\nspec:\n  selector: { matchLabels: { app: tug } }\n  template:\n    metadata: { labels: { app: tug } }\n${pod(
    spec,
  )
    .replace(/^[\s\S]*?(?=spec:)/, '')
    .replace(/^/gm, '    ')
    .trimEnd()}\n`
const contexts = (context: string) =>
  pod('').replace('{ runAsNonRoot: true, runAsUser: 10001, allowPrivilegeEscalation: false }', `{ ${context} }`)

test.each([
  [
    'a device',
    'privileged-container',
    `${contexts('runAsUser: 10001, privileged: true')}      resources: { limits: { example.org/sonar: 1 } }\n`,
    false,
  ],
  ['a key that stands twice with the same', 'duplicate-key', pod('  nodeSelector:\n    zone: a\n  nodeSelector: \n    zone: a\n'), true],
  [
    'a key that stands twice with different things',
    'duplicate-key',
    pod('  nodeSelector:\n    zone: a\n  nodeSelector:\n    disk: ssd\n'),
    false,
  ],
  [
    'a capability that the profile asks for',
    'dangerous-capability-added',
    contexts(
      'runAsUser: 10001, allowPrivilegeEscalation: false, seccompProfile: { type: RuntimeDefault }, capabilities: { add: [SYS_TIME] }',
    ),
    false,
  ],
  [
    'the root of an image that is made for another user',
    'run-as-uid-zero',
    contexts('runAsUser: 0').replace('registry.example.org/ferry/tug:1.4.2', 'redis:7.2'),
    true,
  ],
  ['the root of an image that nobody knows', 'run-as-uid-zero', contexts('runAsUser: 0'), false],
  [
    'a script on the node',
    'privileged-container',
    `${contexts('runAsUser: 10001, privileged: true')}      command: [sh, -c, dd if=/dev/zero of=/dev/sda]\n`,
    false,
  ],
  [
    'what is called after its privilege',
    'privileged-container',
    contexts('runAsUser: 10001, privileged: true').replace('name: tug', 'name: tug-privileged'),
    false,
  ],
  ['what is privileged without a sign why', 'privileged-container', contexts('runAsUser: 10001, privileged: true'), true],
  ['what is privileged and may be root', 'privileged-container', contexts('privileged: true'), false],
  [
    'what is privileged and called after what it serves',
    'privileged-container',
    contexts('runAsUser: 10001, privileged: true').replace('- name: app', '- name: nfs-server'),
    false,
  ],
  ['a right that people hold', 'rbac-secrets-read', role + binding('User'), true],
  ['a right that a program holds', 'rbac-secrets-read', role + binding('ServiceAccount'), false],
  ['a port that a Service leads to', 'host-port', pod(port) + service('web'), true],
  ['a port that no Service leads to', 'host-port', pod(port) + service('metrics'), false],
  ['a socket that nobody mounts', 'container-runtime-socket', pod(socket), true],
  ['a socket that is mounted', 'container-runtime-socket', pod(mount + socket), false],
  ['a cache on the node', 'host-path-volume', pod(cache), true],
  ['a cache on the node of what runs on all of them', 'host-path-volume', agent(cache), false],
  ['processes of the node', 'host-pid', pod('  hostPID: true\n'), true],
  ['processes of the node that root sees', 'host-pid', `${contexts('privileged: false')}  hostPID: true\n`, false],
  [
    'a network whose ports a Service leads to',
    'host-network',
    pod('      ports: [{ containerPort: 8080 }]\n  hostNetwork: true\n') + service('8080'),
    true,
  ],
  [
    'a network whose ports no Service leads to',
    'host-network',
    pod('      ports: [{ containerPort: 8080 }]\n  hostNetwork: true\n'),
    false,
  ],
  ['a network without ports', 'host-network', pod('  hostNetwork: true\n') + service('8080'), false],
  [
    'what gains rights by its command',
    'allow-privilege-escalation',
    `${contexts('runAsNonRoot: true')}      command: [sh, -c, sudo tug --pull]\n`,
    false,
  ],
  [
    'processes of a node whose folders are mounted',
    'host-pid',
    pod('  hostPID: true\n  volumes: [{ name: proc, hostPath: { path: /proc } }]\n'),
    false,
  ],
  ['a network that names are looked up from', 'host-network', pod('  hostNetwork: true\n  dnsPolicy: ClusterFirstWithHostNet\n'), false],
  ['all namespaces, whose callers are here', 'network-policy-cross-namespace', policy + caller, true],
  ['all namespaces, whose callers are not here', 'network-policy-cross-namespace', policy, false],
  [
    'certificates of an authority that is named',
    'tls-verify-disabled',
    args('--ca-file=/etc/tides/ca.crt', '--insecure-skip-tls-verify'),
    true,
  ],
  ['certificates of an authority that nobody names', 'tls-verify-disabled', args('--cache=4', '--insecure-skip-tls-verify'), false],
  ['certificates of an API', 'tls-verify-disabled', api(''), false],
  [
    'a capability of a user who cannot use it',
    'dangerous-capability-added',
    contexts('runAsUser: 10001, allowPrivilegeEscalation: false, capabilities: { add: [NET_ADMIN] }'),
    true,
  ],
  [
    'a capability of root',
    'dangerous-capability-added',
    contexts('runAsUser: 0, allowPrivilegeEscalation: false, capabilities: { add: [NET_ADMIN] }'),
    false,
  ],
  [
    'rights that a capability of the image needs',
    'allow-privilege-escalation',
    contexts('runAsUser: 101, allowPrivilegeEscalation: true, capabilities: { drop: [ALL], add: [NET_BIND_SERVICE] }'),
    false,
  ],
])('%s', async (_, rule, text, isMended) => {
  const { report } = await mendTree({ 'tug.yaml': text })
  const found = report.findings.filter((finding) => finding.rule === rule)
  expect(found.map(({ fix }) => fix !== undefined)).toEqual([isMended])
})

test.each([
  ['deploy/tug.yaml', true],
  ['apps/test/tug.yaml', true],
  ['deploy/testdata/tug.yaml', false],
  ['apps/e2e/tug.yaml', true],
  ['test/acceptance/tug.yaml', false],
  ['tests/e2e/tug.yaml', false],
  ['.github/tests/tug.yaml', false],
  ['.github/deploy/tug.yaml', true],
  ['policies/psa/tug.yaml', false],
])('what is privileged in %s', async (path, isMended) => {
  const { report } = await mendTree({ [path]: contexts('runAsNonRoot: true, privileged: true') })
  expect(report.fixes.length > 0).toBe(isMended)
})

test.each([
  [
    '# Source: quay/templates/tug.yaml',
    'The file is what helm template made of chart quay: the chart is to be mended, and the file made anew.',
  ],
  ['# Code generated by harbour. DO NOT EDIT.', 'Its head says that it is generated.'],
  ['# This file is automatically generated', 'Its head says that it is generated.'],
])('what something writes below "%s" is not edited by hand', async (head, reason) => {
  const text = `${head}\n${contexts('runAsNonRoot: true, privileged: true')}`
  const { report } = await mendTree({ 'quay/Chart.yaml': 'apiVersion: v2\nname: quay\nversion: 1.0.0\n', 'rendered/tug.yaml': text })
  expect(report.fixes).toEqual([])
  expect(report.findings.find(({ rule }) => rule === 'privileged-container')?.advice?.find).toContain(reason)
})

const release = `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: { name: tug, namespace: ferry }
spec:
  chart: { spec: { chart: tug, version: 1.2.3, sourceRef: { kind: HelmRepository, name: harbour } } }
  values:
    hostNetwork: true
    securityContext:
      privileged: true
`
const patched = {
  'quay/kustomization.yaml': 'resources: ["https://git.example.org/tug//deploy?ref=v1.2.3"]\npatches: [{ path: tug.yaml }]\n',
  'quay/tug.yaml': `apiVersion: apps/v1
kind: Deployment
metadata: { name: tug }
spec: { template: { spec: { hostNetwork: true, containers: [{ name: app, securityContext: { privileged: true } }] } } }
`,
}

test.each([
  ['values of a chart', { 'tug.yaml': release }],
  ['a patch of a base', patched],
] as const)('%s that is not here says nothing of what the workload does without', async (_, files) => {
  const { report } = await mendTree(files)
  expect(report.findings.map(({ rule }) => rule)).toEqual(expect.arrayContaining(['privileged-container', 'host-network']))
  expect(report.fixes).toEqual([])
  for (const { advice } of report.findings) expect(advice?.find).toMatch(/^Only a part of the object is here, .*needs\. Find out/)
})
