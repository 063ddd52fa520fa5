// What is news and what is not.

import { describe, expect, test } from 'vitest'
import { compare, type Inspected } from '../../src/finding/compare.ts'
import type { Finding } from '../../src/finding/finding.ts'
import { findingOf, placed, resourceOf, ruleOf } from './sample.ts'

const privileged = ruleOf('privileged-container')
const wildcard = ruleOf('rbac-wildcard', { each: 'rbac-rule' })
const podCreate = ruleOf('rbac-pod-create', { each: 'rbac-rule' })

const container = (name: string, image = `${name}:1`) => ({ name, image, securityContext: { privileged: true } })
const deployment = (name: string, containers: readonly unknown[], path?: string, kind = 'Deployment') =>
  resourceOf({ kind, metadata: { name, namespace: 'shop' }, spec: { template: { spec: { containers } } } }, path)
const role = (rules: readonly unknown[]) => resourceOf({ kind: 'Role', metadata: { name: 'ci' }, rules })

const side = (...findings: readonly Finding[]): Inspected => ({
  findings,
  objects: placed(...new Set(findings.map(({ resource }) => resource))),
})
const samePath = (path: string) => path
const at = (index: number) => `/spec/template/spec/containers/${index}/securityContext/privileged`

function states(base: Inspected, head: Inspected, previousPath = samePath) {
  const result = compare(base, head, previousPath)
  return { new: result.new.length, worsened: result.worsened.length, unchanged: result.unchanged.length, fixed: result.fixed.length }
}

const nothingNew = { new: 0, worsened: 0, fixed: 0 }

describe('no news', () => {
  test('a container that moved to another place in the list', () => {
    const base = deployment('api', [container('web'), container('log')])
    const head = deployment('api', [container('log'), container('web')])
    const both = (resource: typeof base, first: string) =>
      side(findingOf(privileged, resource, at(0)), findingOf(privileged, resource, at(1), { message: first }))
    expect(states(both(base, 'a'), both(head, 'b'))).toEqual({ ...nothingNew, unchanged: 2 })
  })

  test('an object that was renamed in place', () => {
    const base = deployment('api', [container('web')])
    const head = deployment('backend', [container('web')])
    expect(states(side(findingOf(privileged, base, at(0))), side(findingOf(privileged, head, at(0))))).toEqual({
      ...nothingNew,
      unchanged: 1,
    })
  })

  test('a file that was moved and its object with it to another namespace', () => {
    const base = deployment('api', [container('web')], 'old/api.yaml')
    const value = { ...base.value, kind: 'Deployment', metadata: { name: 'api', namespace: 'store' } }
    const head = resourceOf(value, 'new/api.yaml')
    const previous = (path: string) => (path === 'new/api.yaml' ? 'old/api.yaml' : path)
    expect(states(side(findingOf(privileged, base, at(0))), side(findingOf(privileged, head, at(0))), previous)).toEqual({
      ...nothingNew,
      unchanged: 1,
    })
  })

  test('a Deployment that became a StatefulSet', () => {
    const base = deployment('api', [container('web')])
    const head = deployment('api', [container('web')], 'app.yaml', 'StatefulSet')
    expect(states(side(findingOf(privileged, base, at(0))), side(findingOf(privileged, head, at(0))))).toEqual({
      ...nothingNew,
      unchanged: 1,
    })
  })

  test('a Deployment that became a CronJob', () => {
    const base = deployment('api', [container('web')])
    const spec = { jobTemplate: { spec: { template: { spec: { containers: [container('web')] } } } } }
    const head = resourceOf({ kind: 'CronJob', metadata: { name: 'api', namespace: 'shop' }, spec })
    const pointer = '/spec/jobTemplate/spec/template/spec/containers/0/securityContext/privileged'
    expect(states(side(findingOf(privileged, base, at(0))), side(findingOf(privileged, head, pointer)))).toEqual({
      ...nothingNew,
      unchanged: 1,
    })
  })

  test('a Deployment that became a Pod of the same name, whose container was renamed', () => {
    const base = deployment('api', [container('web')])
    const head = resourceOf({ kind: 'Pod', metadata: { name: 'api', namespace: 'shop' }, spec: { containers: [container('main')] } })
    const after = side(findingOf(privileged, head, '/spec/containers/0/securityContext/privileged'))
    expect(states(side(findingOf(privileged, base, at(0))), after)).toEqual({ ...nothingNew, unchanged: 1 })
  })

  test('a container that was renamed', () => {
    const base = deployment('api', [container('web')])
    const head = deployment('api', [container('frontend')])
    expect(states(side(findingOf(privileged, base, at(0))), side(findingOf(privileged, head, at(0))))).toEqual({
      ...nothingNew,
      unchanged: 1,
    })
  })

  test('a wildcard that was split into the verbs it held', () => {
    const base = role([{ verbs: ['*'], resources: ['pods'] }])
    const head = role([{ verbs: ['get', 'create'], resources: ['pods'] }])
    const before = side(findingOf(wildcard, base, '/rules/0/verbs/0', { extent: ['* /pods'] }))
    const after = side(findingOf(podCreate, head, '/rules/0/verbs/1', { extent: ['create /pods'] }))
    expect(states(before, after)).toEqual({ new: 0, worsened: 0, unchanged: 1, fixed: 1 })
  })
})

describe('what a kustomization takes from elsewhere', () => {
  const moving = ruleOf('moving-remote-base')
  const taking = (...resources: readonly string[]) => resourceOf({ kind: 'Kustomization', metadata: { name: 'gate' }, resources })
  const told = (base: readonly string[], head: readonly string[]) => {
    const all = (resource: ReturnType<typeof taking>, count: number) =>
      side(...Array.from({ length: count }, (_, at) => findingOf(moving, resource, `/resources/${at}`)))
    return states(all(taking(...base), base.length), all(taking(...head), head.length))
  }
  const raw = 'https://raw.ferry.example/harbour/tasks/main'

  test.each([
    ['another version of a file', [`${raw}/gate/0.5/gate.yaml`], [`${raw}/gate/0.7/gate.yaml`]],
    [
      'another file',
      ['https://store.ferry.example/releases/gate/latest/all.yaml'],
      ['https://store.ferry.example/releases/gate/latest/some.yaml'],
    ],
    ['another branch', ['github.com/ferry/harbour//deploy?ref=main'], ['github.com/ferry/harbour//deploy?ref=next']],
  ])('is no news as %s of the same repository', (_, base, head) => {
    expect(told(base, head)).toEqual({ ...nothingNew, unchanged: 1 })
  })

  test('is news from another repository, and beside what stays', () => {
    const other = 'https://raw.ferry.example/harbour/tools/main/gate.yaml'
    expect(told([`${raw}/gate.yaml`], [other])).toEqual({ new: 1, worsened: 0, unchanged: 0, fixed: 1 })
    expect(told([`${raw}/gate.yaml`], [`${raw}/gate.yaml`, `${raw}/crane.yaml`])).toEqual({ ...nothingNew, new: 1, unchanged: 1 })
  })
})

describe('news', () => {
  test('a second privileged container beside the first', () => {
    const base = deployment('api', [container('web')])
    const head = deployment('api', [container('web'), container('log')])
    const after = side(findingOf(privileged, head, at(0)), findingOf(privileged, head, at(1)))
    expect(states(side(findingOf(privileged, base, at(0))), after)).toEqual({ new: 1, worsened: 0, unchanged: 1, fixed: 0 })
  })

  test('the fault healed in one container and made in another that was there before', () => {
    const base = deployment('api', [container('web'), { name: 'log', image: 'log:1' }])
    const head = deployment('api', [{ name: 'web', image: 'web:1' }, container('log')])
    expect(states(side(findingOf(privileged, base, at(0))), side(findingOf(privileged, head, at(1))))).toEqual({
      new: 1,
      worsened: 0,
      unchanged: 0,
      fixed: 1,
    })
  })

  test('fixed in staging, added in production', () => {
    const staging = deployment('api', [container('web')], 'staging/api.yaml')
    const production = deployment('api', [container('web')], 'production/api.yaml')
    const objects = [
      { resource: staging, environment: 'staging', place: 'staging' },
      { resource: production, environment: 'production', place: 'production' },
    ]
    const before: Inspected = { findings: [findingOf(privileged, staging, at(0), { environment: 'staging' })], objects }
    const after: Inspected = { findings: [findingOf(privileged, production, at(0), { environment: 'production' })], objects }
    expect(states(before, after)).toEqual({ new: 1, worsened: 0, unchanged: 0, fixed: 1 })
  })

  test('one word more in resources is worse', () => {
    const base = role([{ verbs: ['create'], resources: ['pods'] }])
    const head = role([{ verbs: ['create'], resources: ['pods', 'deployments'] }])
    const before = side(findingOf(podCreate, base, '/rules/0/verbs/0', { extent: ['create /pods'] }))
    const after = side(findingOf(podCreate, head, '/rules/0/verbs/0', { extent: ['create /pods', 'create apps/deployments'] }))
    expect(states(before, after)).toEqual({ new: 0, worsened: 1, unchanged: 0, fixed: 0 })
  })

  test('another wildcard rule in the same Role', () => {
    const base = role([{ verbs: ['*'], resources: ['pods'] }])
    const head = role([
      { verbs: ['*'], resources: ['secrets'] },
      { verbs: ['*'], resources: ['pods'] },
    ])
    const before = side(findingOf(wildcard, base, '/rules/0/verbs/0', { extent: ['* /pods'] }))
    const after = side(
      findingOf(wildcard, head, '/rules/0/verbs/0', { extent: ['* /secrets'] }),
      findingOf(wildcard, head, '/rules/1/verbs/0', { extent: ['* /pods'] }),
    )
    const result = compare(before, after, samePath)
    expect(result.new.map(({ extent }) => extent)).toEqual([['* /secrets']])
    expect(result.unchanged).toHaveLength(1)
  })

  test('a higher severity is worse', () => {
    const resource = deployment('api', [container('web')])
    const before = side(findingOf(privileged, resource, at(0), { severity: 'medium' }))
    expect(states(before, side(findingOf(privileged, resource, at(0))))).toEqual({ new: 0, worsened: 1, unchanged: 0, fixed: 0 })
  })

  test('another object that replaces one in another file', () => {
    const base = deployment('api', [container('web')], 'a.yaml')
    const head = deployment('mail', [container('smtp')], 'b.yaml')
    expect(states(side(findingOf(privileged, base, at(0))), side(findingOf(privileged, head, at(0))))).toEqual({
      new: 1,
      worsened: 0,
      unchanged: 0,
      fixed: 1,
    })
  })

  test('another variable with a password in the place of one that is gone', () => {
    const env = (name: string) => deployment('api', [{ name: 'web', image: 'web:1', env: [{ name, value: 'x' }] }])
    const password = ruleOf('hardcoded-secret-env', { sensitive: true })
    const place = '/spec/template/spec/containers/0/env/0/value'
    const [before, after] = [env('DB_PASSWORD'), env('SMTP_TOKEN')]
    expect(states(side(findingOf(password, before, place)), side(findingOf(password, after, place)))).toEqual({
      new: 1,
      worsened: 0,
      unchanged: 0,
      fixed: 1,
    })
  })

  test('another subject in the place of one that is gone, unless both moved to another namespace', () => {
    const subject = ruleOf('rbac-default-sa-binding', { each: 'subject' })
    const binding = (own: string, namespace: string) =>
      resourceOf({
        kind: 'RoleBinding',
        metadata: { name: 'b', namespace: own },
        subjects: [{ kind: 'ServiceAccount', name: 'default', namespace }],
      })
    const from = (own: string, namespace: string) => side(findingOf(subject, binding(own, namespace), '/subjects/0'))
    expect(states(from('shop', 'shop'), from('shop', 'tools'))).toEqual({ new: 1, worsened: 0, unchanged: 0, fixed: 1 })
    expect(states(from('shop', 'shop'), from('tools', 'tools'))).toEqual({ ...nothingNew, unchanged: 1 })
  })

  test('a Role that became a ClusterRole', () => {
    const rules = [{ verbs: ['get'], resources: ['secrets'] }]
    const secrets = ruleOf('rbac-secrets-read', { each: 'rbac-rule', topic: 'rbac' })
    const [before, after] = ['Role', 'ClusterRole'].map((kind) => {
      const resource = resourceOf({ kind, metadata: { name: 'ci' }, rules })
      return side(findingOf(secrets, resource, '/rules/0/resources/0', { extent: ['get /secrets'] }))
    })
    if (before === undefined || after === undefined) throw new Error('two sides')
    expect(states(before, after)).toEqual({ new: 0, worsened: 1, unchanged: 0, fixed: 0 })
    expect(states(after, before)).toEqual({ ...nothingNew, unchanged: 1 })
  })
})

describe('rights of one Role add up', () => {
  const extent = (...rights: readonly string[]) => ({ extent: rights })
  const other = resourceOf({ kind: 'Role', metadata: { name: 'deploy' }, rules: [] })

  test('what a wider right holds now is not healed', () => {
    const base = role([{ verbs: ['create'], resources: ['pods'] }])
    const head = role([{ verbs: ['*'], resources: ['pods'] }])
    const before = side(findingOf(podCreate, base, '/rules/0/resources/0', extent('create /pods')))
    const wider = (resource: typeof head) => findingOf(wildcard, resource, '/rules/0/verbs/0', extent('* /pods'))
    expect(states(before, side(wider(head)))).toEqual({ new: 1, worsened: 0, unchanged: 0, fixed: 0 })
    const elsewhere: Inspected = { findings: [wider(other)], objects: placed(head, other) }
    expect(states(before, elsewhere)).toEqual({ new: 1, worsened: 0, unchanged: 0, fixed: 1 })
    const ofSubject = findingOf(ruleOf('x', { each: 'subject' }), head, '/rules/0', extent('* /pods'))
    expect(states(before, side(ofSubject))).toEqual({ new: 1, worsened: 0, unchanged: 0, fixed: 1 })
  })

  test('only rights are held by wider ones, and a finding without a reach is healed when it is gone', () => {
    const base = role([{ verbs: ['create'], resources: ['pods'] }])
    const right = findingOf(wildcard, base, '/rules/0/verbs/0', extent('* /pods'))
    const healed = (finding: Finding) => states(side(right, finding), side(right)).fixed
    expect(healed(findingOf(ruleOf('x', { each: 'subject' }), base, '/rules', extent('get /pods')))).toBe(1)
    expect(healed(findingOf(podCreate, base, '/rules'))).toBe(1)
    expect(healed(findingOf(podCreate, base, '/rules', extent('get /pods')))).toBe(0)
  })

  test('a right that becomes narrower in another place takes the place of the wide one', () => {
    const base = role([{ verbs: ['*'], resources: ['pods'] }])
    const head = role([{ verbs: ['get'], resources: ['pods'] }])
    const elsewhere = findingOf(wildcard, other, '/rules', extent('* /nodes'))
    const before: Inspected = {
      findings: [
        elsewhere,
        findingOf(podCreate, base, '/rules', extent('create /pods')),
        findingOf(wildcard, base, '/rules/0/verbs/0', extent('* /pods')),
      ],
      objects: placed(base, other),
    }
    const after: Inspected = {
      findings: [findingOf(wildcard, head, '/rules/0/resources/0', extent('get /pods'))],
      objects: placed(head, other),
    }
    const result = compare(before, after, samePath)
    expect(result.unchanged.map(({ base: { extent } }) => extent)).toEqual([['* /pods']])
    expect(result.new).toEqual([])
    expect(result.fixed.map(({ extent }) => extent)).toEqual([['* /nodes'], ['create /pods']])
  })

  test('a right without a reach is not implied by others', () => {
    const base = role([{ verbs: ['*'], resources: ['pods'] }])
    const before = side(findingOf(wildcard, base, '/rules/0/verbs/0', extent('* /pods')))
    expect(states(before, side(findingOf(podCreate, base, '/rules/0/resources/0'))).new).toBe(1)
  })

  test('two rules that become one are no news; a container, whose parts do not add up, is', () => {
    const joined = (rule: typeof podCreate) => {
      const base = role([{ verbs: ['create'], resources: ['pods'] }])
      const before = side(
        findingOf(rule, base, '/rules/0/verbs/0', extent('create /pods')),
        findingOf(rule, base, '/rules/0/resources/0', extent('create apps/deployments')),
      )
      return states(before, side(findingOf(rule, base, '/rules/0/verbs/0', extent('create /pods', 'create apps/deployments'))))
    }
    expect(joined(podCreate)).toEqual({ new: 0, worsened: 0, unchanged: 1, fixed: 0 })
    expect(joined(ruleOf('capability'))).toEqual({ new: 0, worsened: 1, unchanged: 0, fixed: 1 })
  })

  test('a wider scope is worse for rights alone', () => {
    const [before, after] = ['Role', 'ClusterRole'].map((kind) => {
      const resource = resourceOf({ kind, metadata: { name: 'ci' }, rules: [] })
      return side(findingOf(ruleOf('label', { topic: 'metadata' }), resource, '/metadata'))
    })
    if (before === undefined || after === undefined) throw new Error('two sides')
    expect(states(before, after)).toEqual({ ...nothingNew, unchanged: 1 })
  })
})

describe('which of several equal findings is gone', () => {
  test('the one whose file is gone, also where the other was renamed', () => {
    const copy = (path: string) => findingOf(privileged, deployment('api', [container('web')], path), at(0))
    const gone = (head: string, previous = samePath) =>
      compare(side(copy('a.yaml'), copy('b.yaml')), side(copy(head)), previous).fixed.map(({ resource }) => resource.document.path)
    expect(gone('b.yaml')).toEqual(['a.yaml'])
    expect(gone('a.yaml')).toEqual(['b.yaml'])
    expect(gone('c.yaml', () => 'b.yaml')).toEqual(['a.yaml'])
  })

  test('the one that reached elsewhere', () => {
    const resource = deployment('api', [container('web')])
    const reaching = (...words: readonly string[]) => findingOf(privileged, resource, at(0), { extent: words })
    const { fixed } = compare(side(reaching('x', 'y'), reaching('xy')), side(reaching('xy')), samePath)
    expect(fixed.map(({ extent }) => extent)).toEqual([['x', 'y']])
    expect(compare(side(reaching('xy'), reaching('x', 'y')), side(reaching('x', 'y')), samePath).fixed.map(({ extent }) => extent)).toEqual(
      [['xy']],
    )
  })
})

describe('containers and the fault in them', () => {
  const plain = (name: string) => ({ name, image: `${name}:1` })
  const moved = (before: readonly unknown[], after: readonly unknown[], to: number) =>
    states(side(findingOf(privileged, deployment('api', before), at(0))), side(findingOf(privileged, deployment('api', after), at(to))))

  test('healed in one that stays and made in a new one is news', () => {
    expect(moved([container('web')], [plain('web'), container('log')], 1)).toEqual({ new: 1, worsened: 0, unchanged: 0, fixed: 1 })
  })

  test('gone with one and made in another that stays is news', () => {
    expect(moved([container('old'), plain('web')], [container('web')], 0)).toEqual({ new: 1, worsened: 0, unchanged: 0, fixed: 1 })
  })

  test.each([
    ['Pod', '', { containers: [container('web')] }],
    ['PodTemplate', '/template', undefined],
  ])('a Deployment that became a %s is the same workload', (kind, way, spec) => {
    const pod = { containers: [container('web')] }
    const head = resourceOf({
      kind,
      metadata: { name: 'api', namespace: 'shop' },
      ...(spec === undefined ? { template: { spec: pod } } : { spec }),
    })
    const before = side(findingOf(privileged, deployment('api', [container('web')]), at(0)))
    expect(states(before, side(findingOf(privileged, head, `${way}/spec/containers/0/securityContext/privileged`)))).toEqual({
      ...nothingNew,
      unchanged: 1,
    })
  })
})
