// Which rules are asked about which parts of an object, and what becomes of what they say.

import { describe, expect, test } from 'vitest'
import { evaluate } from '../../src/finding/evaluate.ts'
import { resourcesIn } from '../../src/resource/read.ts'
import type { Resource } from '../../src/resource/resource.ts'
import type { CompiledRule, CompiledRules } from '../../src/rule/compile.ts'
import type { Checked, Facts, Item } from '../../src/rule/item.ts'
import type { Rule } from '../../src/rule/rule.ts'
import { lineStarts } from '../../src/text/position.ts'
import { parseYaml } from '../../src/yaml/parse.ts'

const facts: Facts = { kubernetesVersion: '1.37', registries: [], repositories: [] }

function objectOf(text: string): Resource {
  const documents = parseYaml(text).map((yaml, index) => ({ path: 'a.yaml', text, lineStarts: lineStarts(text), yaml, index }))
  const [first] = documents.flatMap(resourcesIn)
  if (first === undefined) throw new Error('no object stands there')
  return first
}

/** Rules that write down what they are asked about, under the name of what they look at. */
function listening(kinds: readonly string[] = []): { readonly rules: CompiledRules; readonly asked: Record<string, Item[]> } {
  const asked: Record<string, Item[]> = {}
  const rule = (name: string): CompiledRule => ({
    rule: { id: name } as Rule,
    ask: (item) => {
      asked[name] = [...(asked[name] ?? []), item]
      return []
    },
  })
  const parts = {
    pod: [rule('pod')],
    container: [rule('container')],
    volume: [rule('volume')],
    'rbac-rule': [rule('rbac-rule')],
    subject: [rule('subject')],
  }
  return {
    asked,
    rules: {
      facts,
      parts,
      kinds: new Map(kinds.map((kind) => [kind, [rule(kind)]])),
      everyKind: [rule('every kind')],
    },
  }
}

const deployment = `apiVersion: apps/v1
kind: Deployment
metadata: {name: a}
spec:
  template:
    spec:
      initContainers: [{name: first}]
      containers: [{name: one}, {name: two}]
      volumes: [{name: data, emptyDir: {}}]
`
const pointers = (items: readonly Item[] | undefined) => items?.map(({ pointer }) => pointer)

describe('rules are asked', () => {
  test('about an object as a whole, where they are of its kind or of every kind', () => {
    const { rules, asked } = listening(['apps/Deployment', 'Deployment', 'Pod'])
    evaluate(objectOf(deployment), rules)
    expect(pointers(asked['every kind'])).toEqual([''])
    expect(pointers(asked['apps/Deployment'])).toEqual([''])
    expect([asked['Deployment'], asked['Pod']]).toEqual([undefined, undefined])
    expect(asked['every kind']?.[0]).toMatchObject({ pod: undefined, podPointer: '', facts })
  })

  test('about an object of the core group by its kind alone', () => {
    const { rules, asked } = listening(['Pod', '/Pod'])
    evaluate(objectOf('apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {containers: []}\n'), rules)
    expect(pointers(asked['Pod'])).toEqual([''])
    expect(asked['/Pod']).toBeUndefined()
  })

  test('about pods, containers and volumes, with the pod around them', () => {
    const { rules, asked } = listening()
    evaluate(objectOf(deployment), rules)
    const spec = '/spec/template/spec'
    expect(pointers(asked['pod'])).toEqual([spec])
    expect(pointers(asked['container'])?.sort()).toEqual([`${spec}/containers/0`, `${spec}/containers/1`, `${spec}/initContainers/0`])
    expect(pointers(asked['volume'])).toEqual([`${spec}/volumes/0`])
    for (const item of [...(asked['pod'] ?? []), ...(asked['container'] ?? []), ...(asked['volume'] ?? [])]) {
      expect(item.podPointer).toBe(spec)
      expect(item.pod).toMatchObject({ volumes: [{ name: 'data' }] })
    }
    expect(asked['container']?.map(({ self }) => self['name']).sort()).toEqual(['first', 'one', 'two'])
    expect([asked['rbac-rule'], asked['subject']]).toEqual([undefined, undefined])
  })

  test('about the volume that a PersistentVolume is, which belongs to no pod', () => {
    const { rules, asked } = listening()
    evaluate(objectOf('apiVersion: v1\nkind: PersistentVolume\nmetadata: {name: a}\nspec: {hostPath: {path: /data}}\n'), rules)
    expect(asked['volume']).toMatchObject([{ pointer: '/spec', pod: undefined, podPointer: '' }])
    expect(asked['pod']).toBeUndefined()
  })

  test('about the entries of a Role and the subjects of a binding', () => {
    const { rules, asked } = listening()
    evaluate(
      objectOf('apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata: {name: a}\nrules: [{verbs: [get]}, {verbs: [list]}]\n'),
      rules,
    )
    evaluate(
      objectOf('apiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\nmetadata: {name: a}\nsubjects: [{kind: User, name: u}]\n'),
      rules,
    )
    expect(pointers(asked['rbac-rule'])).toEqual(['/rules/0', '/rules/1'])
    expect(pointers(asked['subject'])).toEqual(['/subjects/0'])
  })
})

describe('what they say', () => {
  const saying = (...answers: readonly (readonly Checked[] | Error | string)[]): CompiledRules => ({
    facts,
    parts: {
      pod: [],
      container: answers.map((answer, at) => ({
        rule: { id: `rule-${at}` } as Rule,
        ask: () => {
          if (answer instanceof Error || typeof answer === 'string') throw answer
          return answer
        },
      })),
      volume: [],
      'rbac-rule': [],
      subject: [],
    },
    kinds: new Map(),
    everyKind: [],
  })
  const pod = objectOf('apiVersion: v1\nkind: Pod\nmetadata: {name: a, namespace: shop}\nspec: {containers: [{name: one}]}\n')

  test('is a fault at the place of the part', () => {
    const { faults, problems } = evaluate(
      pod,
      saying([
        { pointer: '/image', message: 'bad', extent: ['x'] },
        { pointer: '', shown: '/spec/hostPID', message: 'worse', extent: [] },
      ]),
    )
    expect(faults).toEqual([
      { rule: { id: 'rule-0' }, item: '/spec/containers/0', pointer: '/spec/containers/0/image', message: 'bad', extent: ['x'] },
      {
        rule: { id: 'rule-0' },
        item: '/spec/containers/0',
        pointer: '/spec/containers/0',
        shown: '/spec/hostPID',
        message: 'worse',
        extent: [],
      },
    ])
    expect(Object.hasOwn(faults[0] ?? {}, 'shown')).toBe(false)
    expect(problems).toEqual([])
  })

  test('is a problem where a rule fails, and costs the others nothing', () => {
    const fine = [{ pointer: '/image', message: 'bad', extent: [] }]
    const { faults, problems } = evaluate(pod, saying(new Error('no such key\n  at line 1'), fine, 'odd'))
    expect(faults.map(({ rule }) => rule.id)).toEqual(['rule-1'])
    expect(problems.map(({ code, path, message }) => ({ code, path, message }))).toEqual([
      { code: 'rule-failed', path: 'a.yaml', message: 'rule rule-0 could not judge Pod shop/a at /spec/containers/0: no such key' },
      { code: 'rule-failed', path: 'a.yaml', message: 'rule rule-2 could not judge Pod shop/a at /spec/containers/0: odd' },
    ])
    expect(problems[0]?.hint).toMatch(/^The object probably does not have the form/)
  })

  test('of the whole object names no place in it', () => {
    const failing: CompiledRule = {
      rule: { id: 'whole' } as Rule,
      ask: () => {
        throw new Error('odd')
      },
    }
    const { problems } = evaluate(pod, { ...saying(), everyKind: [failing] })
    expect(problems.map(({ message }) => message)).toEqual(['rule whole could not judge Pod shop/a: odd'])
  })
})
