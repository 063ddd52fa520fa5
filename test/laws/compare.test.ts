// Laws of the comparison, over objects that nobody thought of: no news is no news, and counts add up.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { stringify } from 'yaml'
import { diffTrees } from '../../src/change/compare-trees.ts'
import type { Diff } from '../../src/change/diff.ts'
import type { Tree } from '../../src/change/tree.ts'
import { compare, type Inspected } from '../../src/finding/compare.ts'
import type { Finding } from '../../src/finding/finding.ts'
import type { Report } from '../../src/report/report.ts'
import { type Files, treeOf } from '../discover/tree.ts'
import { findingOf, resourceOf, ruleOf } from '../finding/sample.ts'
import { reviewChange, scanTree } from '../program.ts'

type Fields = Readonly<Record<string, unknown>>

const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined })
const without = (fields: Fields): Fields => Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))
const record = (fields: Readonly<Record<string, fc.Arbitrary<unknown>>>) => fc.record(fields).map((made) => without(made as Fields))

const securityContext = record({
  privileged: maybe(fc.boolean()),
  allowPrivilegeEscalation: maybe(fc.boolean()),
  runAsNonRoot: maybe(fc.boolean()),
  runAsUser: maybe(fc.constantFrom(0, 1000)),
  capabilities: maybe(record({ add: maybe(fc.subarray(['SYS_ADMIN', 'NET_ADMIN', 'CHOWN'])), drop: maybe(fc.constant(['ALL'])) })),
})
const container = record({
  image: fc.constantFrom('registry.ferry.example/web:1.0.0', 'registry.ferry.example/web', 'docker.io/hobby/web:latest'),
  securityContext: maybe(securityContext),
  ports: maybe(fc.constant([{ containerPort: 80 }, { containerPort: 443, hostPort: 443 }])),
  env: maybe(
    fc.subarray([
      { name: 'DB_PASSWORD', value: 'Tackle-Block-6112' },
      { name: 'LEVEL', value: 'info' },
    ]),
  ),
})
const named = (items: readonly Fields[]) => items.map((item, at) => ({ name: `c${at}`, ...item }))
const pod = record({
  hostNetwork: maybe(fc.boolean()),
  hostPID: maybe(fc.boolean()),
  securityContext: maybe(record({ runAsNonRoot: maybe(fc.boolean()) })),
  containers: fc.array(container, { minLength: 1, maxLength: 3 }).map(named),
  volumes: maybe(
    fc.subarray([
      { name: 'logs', hostPath: { path: '/var/log' } },
      { name: 'tmp', emptyDir: {} },
    ]),
  ),
})
const entry = record({
  apiGroups: fc.constantFrom([''], ['apps'], ['*']),
  resources: fc.constantFrom(['pods'], ['secrets'], ['pods', 'secrets'], ['*']),
  verbs: fc.constantFrom(['get'], ['get', 'create'], ['*']),
})

/** Objects with names of their own, so that each is one object. */
const objects = fc
  .array(
    fc.oneof(
      pod.map((spec) => ({ apiVersion: 'apps/v1', kind: 'Deployment', spec: { selector: {}, template: { spec } } })),
      fc
        .array(entry, { minLength: 1, maxLength: 3 })
        .map((rules) => ({ apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', rules })),
    ),
    { minLength: 1, maxLength: 4 },
  )
  .map((list) => list.map((object, at) => ({ ...object, metadata: { name: `o${at}` } })))

const filesOf = (list: readonly unknown[], write: (object: unknown) => string): Files => ({ 'app/all.yaml': list.map(write).join('---\n') })

/** Keys in another order, and list items that have names in another order. */
function shuffled(value: unknown): unknown {
  if (Array.isArray(value)) return value.every(hasName) ? value.map(shuffled).reverse() : value.map(shuffled)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(
    Object.entries(value)
      .map(([key, child]) => [key, shuffled(child)] as const)
      .reverse(),
  )
}

function hasName(item: unknown): boolean {
  return item !== null && typeof item === 'object' && Object.hasOwn(item, 'name')
}

function review(base: Tree, head: Tree, diff: Diff = diffTrees(base, head)): Promise<Report> {
  return reviewChange({ base, head, diff, policy: treeOf({}) })
}

/** Every finding, unfolded. */
async function printsOf(tree: Tree): Promise<readonly string[]> {
  return (await scanTree(tree, { profile: 'all' })).findings.map(({ fingerprint }) => fingerprint).sort()
}

const news = ({ findings }: Report) =>
  findings.filter(({ state }) => state !== 'unchanged').map(({ state, rule, pointer }) => `${state} ${rule} ${pointer}`)
const runs = { numRuns: 60 }

describe('no news', () => {
  test('a tree against itself', async () => {
    await fc.assert(
      fc.asyncProperty(objects, async (list) => {
        const tree = treeOf(filesOf(list, (object) => stringify(object)))
        const report = await review(tree, tree, { files: [{ status: 'modified', path: 'app/all.yaml', hunks: [] }] })
        expect(news(report)).toEqual([])
        expect(report.coverage.judgedObjects).toBe(list.length)
      }),
      runs,
    )
  })

  test('another indentation, JSON instead of YAML, another order of keys and items', async () => {
    await fc.assert(
      fc.asyncProperty(objects, fc.integer({ min: 1, max: 8 }), fc.boolean(), async (list, indent, flow) => {
        const write = flow
          ? (object: unknown) => `${JSON.stringify(object)}\n`
          : (object: unknown) => stringify(object, { indent, lineWidth: 0 })
        const base = treeOf(filesOf(list, (object) => stringify(object)))
        const head = treeOf(filesOf(list, (object) => write(shuffled(object))))
        expect(news(await review(base, head))).toEqual([])
        expect(await printsOf(head)).toEqual(await printsOf(base))
      }),
      runs,
    )
  })

  test('a file that moves, and one that is split', async () => {
    await fc.assert(
      fc.asyncProperty(objects, async (list) => {
        const base = treeOf(filesOf(list, (object) => stringify(object)))
        const head = treeOf(Object.fromEntries(list.map((object, at) => [`new/place/${at}.yaml`, stringify(object)])))
        expect(news(await review(base, head))).toEqual([])
        expect(await printsOf(head)).toEqual(await printsOf(base))
      }),
      runs,
    )
  })
})

test('what is new one way is fixed the other way', async () => {
  await fc.assert(
    fc.asyncProperty(objects, objects, async (before, after) => {
      // Only workloads: of rights that a wider one holds nothing is fixed.
      const workloads = (list: typeof before) => list.filter(({ kind }) => kind === 'Deployment')
      const [a, b] = [before, after].map((list) => treeOf(filesOf(workloads(list), (object) => stringify(object))))
      if (a === undefined || b === undefined) return
      const states = async (base: Tree, head: Tree, state: string) =>
        (await reviewChange({ base, head, diff: diffTrees(base, head), policy: treeOf({ '.plimsoll.yaml': 'profile: all\n' }) })).findings
          .filter((finding) => finding.state === state)
          .map(({ fingerprint }) => fingerprint)
          .sort()
      expect(await states(a, b, 'new')).toEqual(await states(b, a, 'fixed'))
    }),
    runs,
  )
})

describe('a multiset', () => {
  const rules = [ruleOf('one'), ruleOf('two')]
  // An object stands in one environment; its copy in another is another object.
  const places = ['', 'live'].flatMap((environment) =>
    ['a', 'b'].map((name) => ({
      resource: resourceOf({ kind: 'Pod', metadata: { name } }, `${environment}/pods.yaml`),
      environment,
      place: environment,
    })),
  )
  const kinds = rules.flatMap((rule) => places.map((place) => ({ rule, ...place })))
  const counts = fc.array(fc.nat(3), { minLength: kinds.length, maxLength: kinds.length })

  /** So many equal findings of each kind. */
  function inspected(numbers: readonly number[]): Inspected {
    const findings = kinds.flatMap(({ rule, resource, environment }, at) =>
      Array.from({ length: numbers[at] ?? 0 }, () => findingOf(rule, resource, '/spec/hostNetwork', { environment })),
    )
    return { findings, objects: places }
  }
  const many = (findings: readonly Finding[]) =>
    kinds.map(({ rule, resource }) => findings.filter((one) => one.rule === rule && one.resource === resource).length)

  test('of equal findings as many are unchanged as both sides have; the rest is new or fixed', () => {
    fc.assert(
      fc.property(counts, counts, (before, after) => {
        const result = compare(inspected(before), inspected(after), (path) => path)
        expect(many(result.unchanged.map(({ head }) => head))).toEqual(before.map((count, at) => Math.min(count, after[at] ?? 0)))
        expect(many(result.new)).toEqual(before.map((count, at) => Math.max(0, (after[at] ?? 0) - count)))
        expect(many(result.fixed)).toEqual(before.map((count, at) => Math.max(0, count - (after[at] ?? 0))))
        expect(result.worsened).toEqual([])
      }),
    )
  })
})
