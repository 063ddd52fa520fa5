// Every example of every rule: findings exactly on the marked lines, none where all is well.

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { rulesFolder } from '../scripts/rulebook.ts'
import { chartObject } from '../src/discover/helm/object.ts'
import { scriptOf } from '../src/discover/references.ts'
import { evaluate } from '../src/finding/evaluate.ts'
import { applyFixes } from '../src/fix/apply.ts'
import { namedEdits } from '../src/fix/edits.ts'
import { propose } from '../src/fix/propose.ts'
import { routesIn } from '../src/fix/route/routes.ts'
import { newestKnown } from '../src/kubernetes/version.ts'
import type { Document } from '../src/resource/document.ts'
import { isMapping, type Mapping, resourcesIn } from '../src/resource/read.ts'
import type { Resource } from '../src/resource/resource.ts'
import { compileExpression } from '../src/rule/cel.ts'
import { compileRules } from '../src/rule/compile.ts'
import type { Facts } from '../src/rule/item.ts'
import { type Example, loadRule } from '../src/rule/load.ts'
import type { Rule } from '../src/rule/rule.ts'
import { lineStarts } from '../src/text/position.ts'
import { locationOf } from '../src/trace/location.ts'
import { sourcesIn } from '../src/trace/source.ts'
import { writtenTrace } from '../src/trace/spot.ts'
import { refuse } from '../src/yaml/change.ts'
import { parseYaml } from '../src/yaml/parse.ts'
import { treeOf } from './discover/tree.ts'
import { findingOf } from './finding/sample.ts'

const paths = readdirSync(rulesFolder, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.yaml') && !path.startsWith('frameworks'))
  .sort()

/** Where the examples stand. */
const repositories = ['https://github.com/acme/shop']

/** What every host answers; which user an image starts as, none does. */
const answers = {
  image: `sha256:${'0123456789abcdef'.repeat(4)}`,
  commit: '0123456789abcdef0123456789abcdef01234567',
  version: '1.4.2',
  user: refuse('no registry was asked for the user'),
}

/** An example of a rule about scripts is one. */
function resourcesOf(rule: Rule, text: string): readonly Resource[] {
  if (rule.kinds.includes('Script')) return [scriptOf('example.yaml', text) ?? []].flat()
  const documents = documentsOf(text)
  const [first, lock] = documents
  if (first === undefined || !isChart(first)) return documents.flatMap(resourcesIn)
  // The second document of an example of a chart is its lock.
  return [chartObject(first, lock?.yaml.value as Mapping | undefined, [])]
}

function isChart({ yaml: { value } }: Document): boolean {
  return isMapping(value) && value['kind'] === undefined && Array.isArray(value['dependencies'])
}

const marker = /# <- finding(?: x(\d+))?/

function documentsOf(text: string): readonly Document[] {
  return parseYaml(text).map((yaml, index) => ({ path: 'example.yaml', text, lineStarts: lineStarts(text), yaml, index }))
}

function factsFor({ kubernetesVersion = newestKnown.version, registries = [] }: Example): Facts {
  return { kubernetesVersion, registries, repositories }
}

/** The lines of the findings of one rule, each as often as it is found, and what they say. */
function findings(rule: Rule, example: Example, text: string) {
  const rules = compileRules([rule], factsFor(example), compileExpression)
  const evaluations = resourcesOf(rule, text).map((resource) => ({ resource, ...evaluate(resource, rules) }))
  const problems = evaluations.flatMap((evaluation) => evaluation.problems.map(({ message }) => message))
  const found = evaluations.flatMap(({ resource, faults }) =>
    faults.map((fault) => ({ line: locationOf(resource, fault.shown ?? fault.pointer).line, message: fault.message })),
  )
  return { problems, lines: found.map(({ line }) => line).sort((a, b) => a - b), messages: found.map(({ message }) => message) }
}

/** Every object of an example stands in its own file. */
const routesOf = routesIn({
  scene: { sources: sourcesIn(treeOf({})), targets: new Map() },
  siteOf: (resource, pointer) => writtenTrace(resource, pointer).site,
  applied: new Map(),
  takerOf: () => undefined,
  isForeign: () => false,
})

/** What the fixes of a rule make of a text, and why some of them make nothing. */
function mended(rule: Rule, example: Example, text: string) {
  const facts = factsFor(example)
  const rules = compileRules([rule], facts, compileExpression)
  const resources = resourcesOf(rule, text)
  const found = resources.flatMap((resource) =>
    evaluate(resource, rules).faults.map((fault) => findingOf(rule, resource, fault.pointer, fault)),
  )
  const objects = resources.map((resource) => ({ resource, environment: '', place: '' }))
  const { fixes, advice } = propose(found, {
    objects,
    facts,
    lookup: ({ kind }) => answers[kind],
    routesOf,
    definitionsOf: () => [],
    before: new Map(),
    isForeign: () => false,
  })
  const best = fixes.map(([first]) => first)
  const { text: fixed, refused } = applyFixes('example.yaml', text, best)
  // Beside a fix it says what a better one would have to know.
  const left = advice.filter(({ finding }) => !best.some(({ findings }) => findings.includes(finding)))
  return { fixed, refused: [...refused.values()], advice: left.map(({ find }) => find) }
}

function markedLines(text: string): readonly number[] {
  return text.split('\n').flatMap((line, at) => {
    const mark = marker.exec(line)
    return mark === null ? [] : Array.from({ length: Number(mark[1] ?? 1) }, () => at + 1)
  })
}

test('there are rules, and no id stands twice', () => {
  const ids = paths.map((path) => path.split('/').at(-1))
  expect(ids.length).toBeGreaterThan(0)
  expect(new Set(ids).size).toBe(ids.length)
})

describe.each(paths)('%s', (path) => {
  const { rule, examples } = loadRule(readFileSync(join(rulesFolder, path), 'utf8'), path)

  test('shows what is bad and what is good, nothing twice', () => {
    const texts = examples.flatMap(({ bad, good }) => [bad ?? [], good ?? []].flat())
    expect(examples.some(({ bad }) => bad !== undefined)).toBe(true)
    expect(examples.some(({ good }) => good !== undefined)).toBe(true)
    expect(new Set(texts.map((text) => text.replace(marker, ''))).size).toBe(texts.length)
  })

  const bad = examples.filter((example) => example.bad !== undefined)
  test.each(bad.map((example, at) => [at + 1, example] as const))('bad example %i has its findings on the marked lines', (_, example) => {
    const text = example.bad ?? ''
    const { problems, lines, messages } = findings(rule, example, text)
    expect(problems).toEqual([])
    expect(markedLines(text).length).toBeGreaterThan(0)
    expect(lines).toEqual(markedLines(text))
    for (const message of messages) expect(message).not.toMatch(/undefined|\[object|[{}]\s*self|^\s*$/)
  })

  const fixed = examples.filter((example) => example.fixed !== undefined)
  test('shows what its fixes make of a bad example', () => {
    const edited = rule.fixes.filter(({ safety }) => safety !== 'manual')
    if (edited.length > 0) expect(fixed.length).toBeGreaterThan(0)
    for (const { edit } of edited) if (edit !== undefined) expect(Object.keys(namedEdits)).toContain(edit)
  })

  test.each(fixed.map((example, at) => [at + 1, example] as const))(
    'fixed example %i is what the fix makes, is clean, and stays so',
    (_, example) => {
      const result = mended(rule, example, example.bad ?? '')
      expect(result).toEqual({ fixed: example.fixed, refused: [], advice: [] })
      expect(findings(rule, example, result.fixed)).toEqual({ problems: [], lines: [], messages: [] })
      expect(mended(rule, example, result.fixed).fixed).toBe(result.fixed)
    },
  )

  const good = examples.filter((example) => example.good !== undefined)
  test.each(good.map((example, at) => [at + 1, example] as const))('good example %i is silent', (_, example) => {
    const { problems, messages } = findings(rule, example, example.good ?? '')
    expect(resourcesOf(rule, example.good ?? '').length).toBeGreaterThan(0)
    expect({ problems, messages }).toEqual({ problems: [], messages: [] })
  })
})

test('four of five rules of the default profile that weigh something can be mended by an edit', () => {
  const weighty = paths
    .map((path) => loadRule(readFileSync(join(rulesFolder, path), 'utf8'), path).rule)
    .filter(({ profiles, severity }) => profiles.includes('default') && ['critical', 'high', 'medium'].includes(severity))
  const byHand = weighty.filter(({ fixes }) => fixes.every(({ safety }) => safety === 'manual')).map(({ id }) => id)
  expect(weighty.length).toBeGreaterThan(40)
  expect(byHand.length / weighty.length, byHand.join(', ')).toBeLessThanOrEqual(0.2)
})
