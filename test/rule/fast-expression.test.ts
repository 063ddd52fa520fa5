import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { loadRules } from '../../scripts/rulebook.ts'
import { TargetVersion, waysOf } from '../../src/rule/expression.ts'
import { unsure } from '../../src/rule/fast-expression.ts'
import type { Scope } from '../../src/rule/scope.ts'

const sources = [
  ...new Set(
    loadRules().flatMap(({ rule: { when, expression, extent, message } }) => [
      ...[when, expression, extent].filter((source) => source !== undefined),
      ...[...message.matchAll(/\{([^{}]*)\}/g)].map(([, source = '']) => source),
    ]),
  ),
]

const keys = ['name', 'image', 'os', 'type', 'user', 'hostUsers', 'securityContext', 'runAsUser', 'hostPath', 'drop']
const { value } = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom<unknown>(null, true, false, 0, 1, 10_000, 2.5, '', 'windows', 'ALL', 'Always', 'Unconfined'),
    fc.constantFrom(
      'k8s.gcr.io/pause:3',
      'gcr.io/google_containers/pause',
      'web',
      'web:latest',
      'web@sha256:0',
      '$(IMAGE)',
      'a/ingress-nginx/controller:v1',
    ),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom(...keys), tie('value'), { maxKeys: 5 }),
  ),
}))
const mapping = fc.dictionary(fc.constantFrom(...keys), value, { maxKeys: 6 })
const scope: fc.Arbitrary<Scope> = fc.record({
  self: mapping,
  object: mapping,
  pod: mapping,
  setting: value,
  extent: fc.array(fc.constantFrom('a', 'b')),
  kubernetes: fc.constantFrom('1.20', '1.35', '1.37').map((version) => new TargetVersion(version)),
})

/** What the fast way gives; undefined where it leaves the expression to the library. */
function attempt(evaluate: () => unknown): unknown {
  try {
    return evaluate()
  } catch (thrown) {
    if (thrown === unsure) return undefined
    throw thrown
  }
}

/** Whole numbers of the library are as large as one likes. */
function plain(result: unknown): unknown {
  return typeof result === 'bigint' ? Number(result) : result
}

describe('expressions of the rules', () => {
  test('nearly all have a fast way', () => {
    expect(sources.length).toBeGreaterThan(40)
    expect(sources.filter((source) => waysOf(source).fast === undefined).length).toBeLessThan(sources.length / 10)
  })

  test('give what the library gives', () => {
    const ways = sources.map((source) => ({ source, ...waysOf(source) }))
    fc.assert(
      fc.property(scope, (given) => {
        for (const { source, whole, fast } of ways) {
          const result = attempt(() => fast?.(given))
          if (result !== undefined) expect({ source, result }).toEqual({ source, result: plain(whole(given)) })
        }
      }),
      { numRuns: 400 },
    )
  })
})

describe('the fast way leaves to the library', () => {
  const given: Scope = {
    self: { image: 7, os: null, name: 'é' },
    object: {},
    pod: {},
    kubernetes: new TargetVersion('1.37'),
    setting: 'yes',
  }
  test.each([
    ['a comparison of different types', 'setting == true'],
    ['a sum of something else than texts', 'self.image + 1'],
    ['a condition that is none', 'self.name || true'],
    ['a step into something else than a mapping', 'self.?os.?name.orValue("")'],
    ['the length of a text', 'size(self.name) == 1'],
    ['a key that is missing', 'self.missing == 1'],
  ])('%s', (_, source) => {
    expect(() => waysOf(source).fast?.(given)).toThrow(unsure)
  })

  test('a part that it does not know, only when it comes to it', () => {
    const { fast } = waysOf('setting == "yes" || ["a"].exists(word, word == setting)')
    expect(fast?.(given)).toBe(true)
    expect(() => fast?.({ ...given, setting: 'no' })).toThrow(unsure)
  })
})
