// The configuration file and what wins over what.

import { describe, expect, test } from 'vitest'
import { policyOf, rulesOf } from '../src/config.ts'
import { readConfig } from '../src/config-file.ts'
import { configPathIn } from '../src/config-place.ts'
import { UserError } from '../src/errors.ts'
import { ruleOf } from './finding/sample.ts'

const from = { source: '.plimsoll.yaml at main', ignore: [] }

function complaint(run: () => unknown): string {
  try {
    run()
  } catch (thrown) {
    if (thrown instanceof UserError) return `${thrown.message} | ${thrown.hint}`
    throw thrown
  }
  return 'nothing thrown'
}

describe('a mistake in the file is one clear error', () => {
  test.each([
    [
      'fail-on: hgih\n',
      'policy.yaml:1:10: "fail-on" is "hgih", which is not one of the allowed values | Allowed: critical, high, medium, low, info, never.',
    ],
    ['profile: default\nfailon: high\n', 'policy.yaml:2:1: key "failon" is not known in the file | Allowed there: profile, fail-on'],
    ['rules:\n  host-path-volume:\n    severity: low\n', 'policy.yaml:3:5: "rules.host-path-volume" has "severity" without "reason"'],
    ['kubernetes-version: 1.30\n', 'policy.yaml:1:21: "kubernetes-version" is 1.3, which is no text | Put it in quotes'],
    [
      'rules: { host-network: off }\n',
      'policy.yaml:1:24: "rules.host-network" is "off", which is no mapping | Write keys and values below it',
    ],
    ['paths: { exclude: "x" }\n', 'policy.yaml:1:19: "paths.exclude" is "x", which is no list | Write a list'],
    ['paths: [a\n', 'policy.yaml:2:1: Flow sequence in block collection must be sufficiently indented and end with a ] | Mend'],
    ['targets:\n  - { values: [a.yaml] }\n', 'policy.yaml:2:5: "targets.0" lacks "path"'],
    [
      'targets:\n  - { path: a, kind: helm }\n',
      'policy.yaml:2:22: "targets.0.kind" is "helm", which is not one of the allowed values | Allowed: chart, kustomization, manifests.',
    ],
    ['targets:\n  - { path: a, kubernetes-version: 1.30 }\n', '"targets.0.kubernetes-version" is 1.3, which is no text'],
    ['generators: { clusters: eu }\n', '"generators.clusters" is "eu", which is no list'],
    ['environments:\n  - name: staging\n', 'policy.yaml:2:5: "environments.0" lacks "paths"'],
  ])('%j', (text, message) => {
    expect(complaint(() => readConfig(text, 'policy.yaml'))).toContain(message)
  })

  test('two files are an error: nobody has to guess which one counts', () => {
    const bytes = new Uint8Array()
    const tree = { revision: 'main', files: [], read: () => bytes, identify: (path: string) => path }
    expect(complaint(() => configPathIn(tree))).toContain('both .plimsoll.yaml and .github/plimsoll.yaml are there (main)')
  })
})

describe('the policy', () => {
  test('has a gate at high and the newest known Kubernetes by default, and says how to set it', () => {
    const policy = policyOf(readConfig('', 'policy.yaml'), {}, from)
    expect(policy).toMatchObject({ profile: 'default', failOn: 'high', failOnIncomplete: 'new' })
    expect(policy.kubernetesVersion.source).toContain('--kubernetes-version')
  })

  test('is overridden by the command line', () => {
    const file = readConfig('fail-on: low\nkubernetes-version: "1.34"\n', 'policy.yaml')
    const policy = policyOf(file, { failOn: 'never', kubernetesVersion: 'v1.35.2' }, from)
    expect([policy.failOn, policy.kubernetesVersion]).toEqual(['never', { value: '1.35', source: '--kubernetes-version' }])
  })

  test('knows the repository by the addresses of the run and of the file, and whose targets are declared', () => {
    const file = readConfig('repositories: [https://mirror/x]\ntargets: [{ path: a }]\n', 'policy.yaml')
    const policy = policyOf(file, { repositories: ['https://github.com/acme/x'] }, from)
    expect(policy.repositories).toEqual(['https://github.com/acme/x', 'https://mirror/x'])
    expect(policy.targets).toEqual([{ path: 'a', source: '.plimsoll.yaml at main' }])
  })

  test('refuses a version that is none', () => {
    expect(complaint(() => policyOf({}, { kubernetesVersion: 'latest' }, from))).toBe(
      'Kubernetes version "latest" (--kubernetes-version) is no version | Write it as 1.37.',
    )
  })

  test('switches rules on and off', () => {
    const rules = [ruleOf('a'), ruleOf('b', { profiles: ['strict'] }), ruleOf('c')]
    const policy = policyOf({ rules: { a: { enabled: false }, b: { enabled: true } } }, {}, from)
    expect(rulesOf(policy, rules).map(({ id }) => id)).toEqual(['b', 'c'])
  })

  test('names the rule that was probably meant', () => {
    const policy = policyOf({ rules: { 'privileged-containers': { enabled: false } } }, {}, from)
    expect(complaint(() => rulesOf(policy, [ruleOf('host-port'), ruleOf('privileged-container')]))).toContain(
      'Did you mean "privileged-container"?',
    )
  })
})

test('a key that is no text is told by us, and Node is not made to warn', () => {
  const warned: unknown[] = []
  const emitWarning = process.emitWarning
  process.emitWarning = (warning: unknown) => void warned.push(warning)
  try {
    expect(complaint(() => readConfig('{ x }: 1\n', 'policy.yaml'))).toContain('policy.yaml:1:1: key "{ x }" is not known in the file')
  } finally {
    process.emitWarning = emitWarning
  }
  expect(warned).toEqual([])
})
