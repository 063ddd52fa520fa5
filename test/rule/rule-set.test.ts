// What rules answer quickly, and what only the expression library can.

import { expect, test } from 'vitest'
import { loadRules, rulebookOf } from '../../scripts/rulebook.ts'
import { evaluate } from '../../src/finding/evaluate.ts'
import { resourcesIn } from '../../src/resource/read.ts'
import { ruleSet } from '../../src/rule/rule-set.ts'
import { lineStarts } from '../../src/text/position.ts'
import { parseYaml } from '../../src/yaml/parse.ts'

const { rules, expressions } = rulebookOf(loadRules(), '0.0.0')
const facts = { kubernetesVersion: '1.37', registries: [], repositories: [] }

function podWith(container: string) {
  const text = `{ apiVersion: v1, kind: Pod, metadata: { name: a }, spec: { containers: [${container}] } }`
  const [resource] = parseYaml(text).flatMap((yaml) => resourcesIn({ path: 'a.yaml', text, lineStarts: lineStarts(text), yaml, index: 0 }))
  if (resource === undefined) throw new Error('no object stands there')
  return resource
}

/** How often the rules were asked, and what they found. */
async function asked(container: string, trees = expressions) {
  let times = 0
  const { faults, problems } = await ruleSet(
    rules,
    facts,
    trees,
  )((compiled) => {
    times += 1
    return evaluate(podWith(container), compiled)
  })
  return { times, ids: faults.map(({ rule }) => rule.id).sort(), problems }
}

const usual = '{ name: b, image: "web:latest", securityContext: { capabilities: { add: [NET_RAW], drop: [all] }, privileged: true } }'

test('an object as people write it needs no library, and the library finds the same in it', async () => {
  const quick = await asked(usual)
  const whole = await asked(usual, {})
  expect(quick.ids).toContain('privileged-container')
  expect(quick).toEqual({ ...whole, times: 1 })
  expect(whole.times).toBe(2)
})

test('values of other types than a rule expects are left to the library, and are not lost', async () => {
  const { times, ids } = await asked('{ name: b, image: [1], securityContext: { privileged: "yes", capabilities: { drop: all } } }')
  expect(times).toBe(2)
  expect(ids).toContain('allow-privilege-escalation')
})

test('what else goes wrong is no reason to ask again', async () => {
  const broken = ruleSet(
    rules,
    facts,
    expressions,
  )(() => {
    throw new Error('out of order')
  })
  await expect(broken).rejects.toThrow('out of order')
})
