import { expect, test } from 'vitest'
import { complaint } from '../../src/render/complaint.ts'

test.each([
  ['execution error at (templates/a.yaml:8:15): name the berth', 'name the berth'],
  ['parse error at (templates/a.yaml:9): function "selector" not defined', 'function "selector" not defined'],
  [
    'template: templates/a.yaml:6:11: executing "templates/a.yaml" at <.Values.image.tag>: nil pointer evaluating interface {}.tag',
    'nil pointer evaluating interface {}.tag, at <.Values.image.tag>',
  ],
  [
    'template: gate/templates/a.yaml:2:4: executing "gate/templates/a.yaml" at <include "gate.name" .>: error calling include: template: gate/templates/_n.tpl:3:5: executing "gate.name" at <fail "no name">: error calling fail: no name',
    'no name, at <fail "no name">',
  ],
  [
    'YAML parse error on templates/a.yaml: error converting YAML to JSON: yaml: control characters are not allowed',
    'control characters are not allowed',
  ],
  [
    'no resource matches strategic merge patch "Deployment.v1.apps/gate"',
    'no resource matches strategic merge patch "Deployment.v1.apps/gate"',
  ],
  [
    'no resource matches strategic merge patch "Deployment.v1.apps/gate": no matches for Id Deployment.v1.apps/gate; failed to find unique target for patch Deployment.v1.apps/gate',
    'no resource matches strategic merge patch "Deployment.v1.apps/gate"',
  ],
])('%s', (message, said) => expect(complaint(message)).toBe(said))

test('a template that renders itself is told by its last step, at once', () => {
  const one =
    'template: gotpl:1:3: executing "gotpl" at <tpl .Values.echo .>: error calling tpl: error during tpl function execution for "{{ tpl .Values.echo . }}": '
  expect(complaint(`${one.repeat(100)}tpl is nested more than 100 times`)).toBe(
    'tpl is nested more than 100 times, at <tpl .Values.echo .>',
  )
})

test('what is long keeps its beginning and its end, on one line', () => {
  const said = complaint(`accumulating resources:\n${'recursed accumulation of path; '.repeat(100)} no such file`)
  expect(said.length).toBeLessThan(420)
  expect(said).toMatch(/^accumulating resources: .* … .*no such file$/)
})

test('hostile text is read in time', () => {
  const text = 'template: x:1:1: executing "a" at <'.repeat(20_000)
  const before = performance.now()
  complaint(text)
  complaint(`error during tpl function execution for "${'"\\'.repeat(100_000)}`)
  expect(performance.now() - before).toBeLessThan(2_000)
})
