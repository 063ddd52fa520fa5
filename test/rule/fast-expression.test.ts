import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { loadRules, rulebookOf } from '../../scripts/rulebook.ts'
import { waysOf } from '../../src/rule/cel.ts'
import { compilerOf, TargetVersion, type Trees } from '../../src/rule/expression.ts'
import { unsure } from '../../src/rule/fast-expression.ts'
import type { Scope } from '../../src/rule/scope.ts'

/** As they come out of the file that the program reads. */
const trees = JSON.parse(JSON.stringify(rulebookOf(loadRules(), '0.0.0').expressions)) as Trees
const sources = Object.keys(trees)

const keys = ['name', 'image', 'os', 'type', 'user', 'hostUsers', 'securityContext', 'runAsUser', 'hostPath', 'drop']
const { value } = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom<unknown>(null, true, false, 0, 1, 10_000, 2.5, '', 'windows', 'ALL', 'cap_net_raw', 'É', 'Always', 'Unconfined'),
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
  test('all have a fast way, but for one message that is hardly ever said', () => {
    expect(sources.length).toBeGreaterThan(40)
    expect(sources.filter((source) => waysOf(source).fast === undefined)).toEqual([expect.stringContaining('"user", "role", "type"')])
  })

  test('give what the library gives', () => {
    const compile = compilerOf(trees)
    const ways = sources.map((source) => ({ source, whole: waysOf(source).whole, fast: compile(source) }))
    fc.assert(
      fc.property(scope, (given) => {
        for (const { source, whole, fast } of ways) {
          const result = attempt(() => fast(given))
          if (result !== undefined) expect({ source, result }).toEqual({ source, result: plain(whole(given)) })
        }
      }),
      { numRuns: 400 },
    )
  })

  test.each([
    ['setting.exists(word, word.lowerAscii() in ["all", "none"])', { setting: ['web', 'ALL'] }, true],
    ['setting.exists(word, word == "all")', { setting: [] }, false],
    ['["name", "type"].exists(key, key in self)', { self: { type: null } }, true],
    ['["name", "type"].exists(key, key in self)', { self: {} }, false],
    ['setting in ["a", "b"]', { setting: null }, false],
    ['setting in ["a", "b"]', { setting: { a: 1 } }, false],
    ['setting == null || setting.exists(outer, outer.exists(inner, inner == "x"))', { setting: [['y'], ['x']] }, true],
  ])('%s of %j', (source, part, result) => {
    const { whole, fast } = waysOf(source)
    const given = { self: {}, object: {}, pod: {}, kubernetes: new TargetVersion('1.37'), setting: null, ...part }
    expect([fast?.(given), whole(given)]).toEqual([result, result])
  })

  test('are left to the library where no tree is known', () => {
    expect(() => compilerOf({})('true')({ self: {}, object: {}, pod: {}, kubernetes: null, setting: null })).toThrow(unsure)
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
    ['a quantifier over a text', 'self.name.exists(letter, letter == "e")'],
    ['a condition of a quantifier that is none', '[self.name].exists(word, word)'],
    ['a letter outside of ASCII', 'self.name.lowerAscii() == "e"'],
    ['membership in a text', '"e" in self.name'],
  ])('%s', (_, source) => {
    expect(() => waysOf(source).fast?.(given)).toThrow(unsure)
  })

  test('a part that it does not know, only when it comes to it', () => {
    const { fast } = waysOf('setting == "yes" || ["a"].map(word, word) == setting')
    expect(fast?.(given)).toBe(true)
    expect(() => fast?.({ ...given, setting: 'no' })).toThrow(unsure)
  })
})
