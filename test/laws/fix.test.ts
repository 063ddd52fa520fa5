// Laws of fixes, over workloads and roles that nobody thought of: what is offered mends what it names, leaves nothing new, alone and with all others, and a second time there is nothing to do.

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { stringify } from 'yaml'
import { offersOf } from '../../src/fix/offer.ts'
import type { Judgement } from '../../src/scan.ts'
import { findingLines, mendTree, withFixes } from '../fix/mended.ts'

const numRuns = Math.ceil(Number(process.env['PLIMSOLL_FUZZ_RUNS'] ?? 500) / 100)

type Fields = Readonly<Record<string, unknown>>
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined })
const without = (fields: Fields): Fields => Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))
const record = (fields: Readonly<Record<string, fc.Arbitrary<unknown>>>) => fc.record(fields).map((made) => without(made as Fields))

const securityContext = record({
  privileged: maybe(fc.boolean()),
  allowPrivilegeEscalation: maybe(fc.boolean()),
  readOnlyRootFilesystem: maybe(fc.boolean()),
  runAsNonRoot: maybe(fc.boolean()),
  runAsUser: maybe(fc.constantFrom(0, 1000)),
  procMount: maybe(fc.constantFrom('Default', 'Unmasked')),
  seccompProfile: maybe(fc.constantFrom({ type: 'Unconfined' }, { type: 'RuntimeDefault' })),
  seLinuxOptions: maybe(fc.constantFrom({ type: 'spc_t' }, { level: 's0' })),
  capabilities: maybe(
    record({ add: maybe(fc.subarray(['SYS_ADMIN', 'NET_ADMIN', 'CHOWN', 'ALL'])), drop: maybe(fc.constantFrom(['ALL'], ['NET_RAW'], [])) }),
  ),
})
const container = record({
  image: fc.constantFrom('registry.ferry.example/web:1.0.0', 'k8s.gcr.io/pause:3.9', 'docker.io/hobby/web:latest'),
  imagePullPolicy: maybe(fc.constantFrom('Always', 'Never')),
  command: maybe(fc.constantFrom(['sh', '-c', 'chown web /srv && tee /var/log/web/out'], ['web', '--cache-dir=/cache'])),
  securityContext: maybe(securityContext),
  ports: maybe(fc.constantFrom([{ containerPort: 80 }, { containerPort: 443, hostPort: 443 }], [{ containerPort: 8080 }])),
  volumeMounts: maybe(fc.constantFrom([{ name: 'sock', mountPath: '/sock' }], [{ name: 'cache', mountPath: '/cache' }])),
  env: maybe(
    fc.constantFrom(
      [{ name: 'A', value: '1' }],
      [
        { name: 'A', value: '1' },
        { name: 'A', value: '2' },
      ],
    ),
  ),
})
const volumes = fc.constantFrom<readonly Fields[]>(
  [{ name: 'sock', hostPath: { path: '/var/run/docker.sock' } }],
  [
    { name: 'sock', emptyDir: {} },
    { name: 'cache', hostPath: { path: '/opt/cache' } },
  ],
  [
    { name: 'sock', emptyDir: {} },
    { name: 'cache', emptyDir: {} },
  ],
)
const pod = record({
  hostNetwork: maybe(fc.boolean()),
  hostPID: maybe(fc.boolean()),
  securityContext: maybe(
    record({
      runAsNonRoot: maybe(fc.boolean()),
      runAsUser: maybe(fc.constantFrom(0, 500)),
      sysctls: maybe(fc.constant([{ name: 'kernel.msgmax', value: '1' }])),
    }),
  ),
  containers: fc.array(container, { minLength: 1, maxLength: 3 }).map((list) => list.map((one, at) => ({ name: `c${at}`, ...one }))),
  initContainers: maybe(
    fc.array(container, { minLength: 1, maxLength: 1 }).map((list) => list.map((one, at) => ({ name: `i${at}`, ...one }))),
  ),
  volumes,
})
const entry = fc.record({
  apiGroups: fc.constantFrom([''], ['', 'apps'], ['rbac.authorization.k8s.io'], ['*']),
  resources: fc.subarray(['pods', 'pods/exec', 'secrets', 'configmaps', 'deployments', 'roles', 'nodes/proxy', '*'], { minLength: 1 }),
  verbs: fc.subarray(['get', 'list', 'create', 'patch', 'delete', 'bind', '*'], { minLength: 1 }),
})
const object = fc.oneof(
  pod.map((spec) => ({ apiVersion: 'apps/v1', kind: 'Deployment', spec: { template: { spec } } })),
  pod.map((spec) => ({ apiVersion: 'v1', kind: 'Pod', spec })),
  fc.array(entry, { minLength: 1, maxLength: 3 }).map((rules) => ({ apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'Role', rules })),
  fc.constant({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    spec: { podSelector: {}, ingress: [{ from: [{ namespaceSelector: {} }] }] },
  }),
)
const files = fc
  .tuple(fc.array(object, { minLength: 1, maxLength: 4 }), fc.boolean(), fc.constantFrom(2, 4), fc.boolean())
  .map(([objects, isOneFile, indent, isIndented]) => {
    const texts = objects.map((one, at) =>
      stringify(
        { ...one, metadata: { name: `o${at}`, namespace: 'ferry' } },
        { indent, indentSeq: isIndented, aliasDuplicateObjects: false },
      ),
    )
    return isOneFile ? { 'all.yaml': texts.join('---\n') } : Object.fromEntries(texts.map((text, at) => [`${at}.yaml`, text]))
  })

/** What `after` has that `before` has not, as often as it has it more. */
function added(before: readonly string[], after: readonly string[]): readonly string[] {
  const left = [...before]
  return after.filter((line) => {
    const at = left.indexOf(line)
    if (at >= 0) left.splice(at, 1)
    return at < 0
  })
}

/** What a finding named as covered by it is no news when it is told by name: the single rights behind a wildcard. */
function coveredIn({ report }: Judgement): ReadonlySet<string> {
  return new Set(report.findings.flatMap(({ covers, resource: { kind, name } }) => covers.rules.map((rule) => `${rule} ${kind} ${name}`)))
}

/** Items of lists move when one goes, so a place is told without its numbers. */
const unnumbered = (lines: readonly string[]) => lines.map((line) => line.replace(/\/\d+(?=\/|$)/g, '/*'))

test('fixes mend what they name and leave nothing new, all at once and each offer alone; a second time there is nothing to do', async () => {
  let fixed = 0
  await fc.assert(
    fc.asyncProperty(files, fc.constantFrom('default' as const, 'all' as const), async (texts, profile) => {
      const before = await mendTree(texts, { profile })
      const fixes = before.mended?.fixes ?? []
      fixed += fixes.length
      const all = withFixes(texts, fixes)
      const after = await mendTree(all, { profile })
      const covered = coveredIn(before)
      const news = (now: Judgement) =>
        added(unnumbered(findingLines(before)), unnumbered(findingLines(now))).filter(
          (line) => !covered.has(line.split(' ').slice(0, 3).join(' ')),
        )
      expect(news(after)).toEqual([])
      expect(after.report.problems).toEqual(before.report.problems)
      const mended = new Set(before.report.findings.filter(({ fix }) => fix !== undefined).map(({ fingerprint }) => fingerprint))
      const again = after.report.findings.filter(({ fingerprint, fix, rule, resource: { kind, name } }) => {
        return mended.has(fingerprint) && fix !== undefined && !covered.has(`${rule} ${kind} ${name}`)
      })
      expect(again).toEqual([])
      for (const offer of offersOf(fixes, (path) => (texts as Readonly<Record<string, string>>)[path] ?? '').slice(0, 3)) {
        const alone = await mendTree(withFixes(texts, offer.fixes), { profile })
        expect(news(alone)).toEqual([])
      }
    }),
    { numRuns },
  )
  expect(fixed).toBeGreaterThan(numRuns)
}, 300_000)
