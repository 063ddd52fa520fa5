// Several steps on one text.

import { expect, test } from 'vitest'
import { editText } from '../../src/fix/edit-text.ts'

const entry = (resource: string, verbs: string) => `  - resources: [${resource}]\n    verbs: [${verbs}]\n`
const role = (...entries: readonly string[]) => `kind: Role\nrules:\n${entries.join('')}`
const all = role(entry('pods/exec', 'create'), entry('jobs', 'create, get'), entry('deployments', 'get'))

test.each([
  ['first', ['/rules/0', '/rules/1/verbs/0']],
  ['last', ['/rules/1/verbs/0', '/rules/0']],
])('an item that goes as a whole moves none that another step means, named %s', (_, pointers) => {
  const steps = pointers.map((pointer) => ({ op: 'remove', pointer }) as const)
  expect(editText(all, steps)).toBe(role(entry('jobs', 'get'), entry('deployments', 'get')))
})
