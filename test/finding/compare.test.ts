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
      { resource: staging, environment: 'staging' },
      { resource: production, environment: 'production' },
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
