// Generated manifests for the benchmark: every document is textually distinct, and at least one in three breaks a rule.

import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { randomOf } from '../random.ts'

/** `count` documents. */
export function manifestTexts(count: number): readonly string[] {
  const random = randomOf(count)
  return Array.from({ length: count }, (_, at) => documentOf(at, random))
}

/** Writes `count` documents, one a file, into `folder`; returns the files' paths. */
export function writeManifests(folder: string, count: number): readonly string[] {
  mkdirSync(folder, { recursive: true })
  return manifestTexts(count).map((text, at) => {
    const path = join(folder, `${String(at).padStart(5, '0')}.yaml`)
    writeFileSync(path, text)
    return path
  })
}

/** Writes about `bytes` of large CustomResourceDefinitions and a few workloads between them; returns the files' paths. */
export function writeDefinitions(folder: string, bytes: number): readonly string[] {
  mkdirSync(folder, { recursive: true })
  const random = randomOf(40)
  const paths: string[] = []
  let written = 0
  while (written < bytes) {
    const at = paths.length
    const text = at % 10 === 9 ? documentOf(at, random) : definitionOf(at, random)
    const path = join(folder, `${String(at).padStart(5, '0')}.yaml`)
    writeFileSync(path, text)
    paths.push(path)
    written += text.length
  }
  return paths
}

type Random = (below: number) => number
const makers = [deployment, service, deployment, configMap, role, statefulSet, cronJob, networkPolicy, deployment, ingress]

function documentOf(at: number, random: Random): string {
  const maker = makers[at % makers.length]
  return maker === undefined ? '' : maker(`app-${at}`, `team-${random(40)}`, random)
}

function head(apiVersion: string, kind: string, name: string, namespace: string): string {
  return `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata:\n  name: ${name}\n  namespace: ${namespace}\n  labels:\n    app.kubernetes.io/name: ${name}\n    app.kubernetes.io/part-of: ${namespace}\n`
}

function podSpec(name: string, indent: string, random: Random): string {
  const hardened = random(3) > 0
  const lines = [
    'spec:',
    `  serviceAccountName: ${name}`,
    '  automountServiceAccountToken: false',
    ...(hardened
      ? [
          '  securityContext:',
          '    runAsNonRoot: true',
          `    runAsUser: ${10_000 + random(5_000)}`,
          '    seccompProfile:',
          '      type: RuntimeDefault',
        ]
      : [`  hostNetwork: ${random(2) === 0}`]),
    '  containers:',
    `    - name: ${name}`,
    `      image: registry.example.com/${name}${random(4) === 0 ? '' : `:1.${random(40)}.${random(20)}`}`,
    '      imagePullPolicy: IfNotPresent',
    '      ports:',
    `        - containerPort: ${8_000 + random(900)}`,
    '      env:',
    '        - name: LOG_LEVEL',
    `          value: "${['info', 'debug', 'warn'][random(3)]}" # set by the team`,
    `        - { name: REGION, value: eu-${random(9)} }`,
    ...(hardened
      ? [
          '      securityContext:',
          '        allowPrivilegeEscalation: false',
          '        readOnlyRootFilesystem: true',
          '        capabilities:',
          '          drop: [ALL]',
        ]
      : ['      securityContext:', `        privileged: ${random(3) === 0}`]),
    '      resources:',
    `        requests: { cpu: ${50 + random(400)}m, memory: ${64 + random(900)}Mi }`,
    `        limits: { memory: ${1_000 + random(900)}Mi }`,
    '      livenessProbe:',
    '        httpGet:',
    '          path: /healthz',
    `          port: ${8_000 + random(900)}`,
  ]
  return lines.map((line) => `${indent}${line}\n`).join('')
}

function workload(kind: string, name: string, namespace: string, random: Random): string {
  const labels = `      labels:\n        app: ${name}\n`
  return `${head('apps/v1', kind, name, namespace)}spec:\n  replicas: ${1 + random(9)}\n  selector:\n    matchLabels:\n      app: ${name}\n  template:\n    metadata:\n${labels}${podSpec(name, '    ', random)}`
}

function deployment(name: string, namespace: string, random: Random): string {
  return workload('Deployment', name, namespace, random)
}

function statefulSet(name: string, namespace: string, random: Random): string {
  return workload('StatefulSet', name, namespace, random).replace('  replicas:', `  serviceName: ${name}\n  replicas:`)
}

function cronJob(name: string, namespace: string, random: Random): string {
  const schedule = `"${random(60)} ${random(24)} * * *"`
  const pod = podSpec(name, '          ', random).replace('          spec:\n', '          spec:\n            restartPolicy: Never\n')
  return `${head('batch/v1', 'CronJob', name, namespace)}spec:\n  schedule: ${schedule}\n  jobTemplate:\n    spec:\n      template:\n        metadata:\n          labels: { app: ${name} }\n${pod.replace(/^ {10}spec:/, '        spec:').replaceAll('\n            ', '\n          ')}`
}

function service(name: string, namespace: string, random: Random): string {
  return `${head('v1', 'Service', name, namespace)}spec:\n  type: ${random(5) === 0 ? 'NodePort' : 'ClusterIP'}\n  selector:\n    app: ${name}\n  ports:\n    - name: http\n      port: ${80 + random(9)}\n      targetPort: ${8_000 + random(900)}\n`
}

function configMap(name: string, namespace: string, random: Random): string {
  const lines = Array.from({ length: 8 }, (_, at) => `    option.${at} = ${random(10_000)}\n`).join('')
  return `${head('v1', 'ConfigMap', name, namespace)}data:\n  LEVEL: "${random(9)}"\n  app.conf: |\n    # settings of ${name}\n${lines}`
}

function role(name: string, namespace: string, random: Random): string {
  const verbs = random(2) === 0 ? '["*"]' : '[get, list]'
  return `${head('rbac.authorization.k8s.io/v1', 'Role', name, namespace)}rules:\n  - apiGroups: [""]\n    resources: [${random(2) === 0 ? 'pods' : 'secrets'}, configmaps]\n    verbs: ${verbs}\n`
}

function networkPolicy(name: string, namespace: string, random: Random): string {
  return `${head('networking.k8s.io/v1', 'NetworkPolicy', name, namespace)}spec:\n  podSelector:\n    matchLabels: { app: ${name} }\n  policyTypes: [Ingress]\n  ingress:\n    - from:\n        - podSelector:\n            matchLabels: { app: app-${random(900)} }\n      ports:\n        - port: ${8_000 + random(900)}\n`
}

function ingress(name: string, namespace: string, random: Random): string {
  const backend = `              service: { name: ${name}, port: { number: ${80 + random(9)} } }`
  return `${head('networking.k8s.io/v1', 'Ingress', name, namespace)}spec:\n  tls:\n    - hosts: [${name}.example.com]\n      secretName: ${name}-tls\n  rules:\n    - host: ${name}.example.com\n      http:\n        paths:\n          - path: /v${random(9)}\n            pathType: Prefix\n            backend:\n${backend}\n`
}

/** A definition of about 100 kB: many fields with long descriptions, as generators write them. */
function definitionOf(at: number, random: Random): string {
  const kind = `Widget${at}`
  const plural = `widgets${at}`
  const field = (index: number) =>
    `                field${index}:\n                  description: Field ${index} of ${kind} says how often the controller looks again, in seconds; ${random(1_000_000)} is what most clusters use.\n                  type: object\n                  properties:\n                    value: { type: string, maxLength: ${random(900)} }\n                    items:\n                      type: array\n                      items:\n                        type: string\n`
  const fields = Array.from({ length: 260 }, (_, index) => field(index)).join('')
  return `apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata:\n  name: ${plural}.bench.example.com\nspec:\n  group: bench.example.com\n  names: { kind: ${kind}, plural: ${plural} }\n  scope: Namespaced\n  versions:\n    - name: v1\n      served: true\n      storage: true\n      schema:\n        openAPIV3Schema:\n          type: object\n          properties:\n            spec:\n              type: object\n              properties:\n${fields}`
}
