// Whatever comes in, nothing crashes and nothing is silent. PLIMSOLL_FUZZ_RUNS sets how often: 500 in the tests, 10,000 in "npm run fuzz".

import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Tree } from '../../src/change/tree.ts'
import { readConfig } from '../../src/config-file.ts'
import { UserError } from '../../src/errors.ts'
import { loadRule } from '../../src/rule/load.ts'
import { parseYaml } from '../../src/yaml/parse.ts'
import { scanTree } from '../program.ts'

const numRuns = Number(process.env['PLIMSOLL_FUZZ_RUNS'] ?? 500)

/** Texts that are nearly manifests, configurations or rules: pieces of them in any order, with odd characters between. */
const pieces = fc.constantFrom(
  ...[
    'apiVersion: v1\n',
    'kind: Pod\n',
    'kind: List\n',
    'kind: Role\n',
    'metadata:\n',
    '  name: a\n',
    'spec:\n',
    '  containers:\n',
    '  - name: a\n',
    '    image: a\n',
  ],
  ...[
    '    securityContext:\n',
    '      privileged: true\n',
    'items:\n',
    '- ',
    '  ',
    '\t',
    '\n',
    '---\n',
    '...\n',
    '&a ',
    '*a ',
    '<<: ',
    '? ',
    ': ',
    '{',
    '}',
    '[',
    ']',
    ',',
    '|\n',
    '>-\n',
  ],
  ...[
    '"',
    "'",
    '#',
    '%YAML 1.2\n',
    '!!binary ',
    '!x ',
    '~',
    'null',
    '0x1f',
    '1e999',
    '.nan',
    'yes',
    '__proto__: 1\n',
    'constructor: 1\n',
    'rules:\n',
    'verbs: ["*"]\n',
    'data:\n',
  ],
  ...[
    'profile: all\n',
    'fail-on: high\n',
    'paths: 3\n',
    'expression: "x"\n',
    'each: container\n',
    'severity: 1\n',
    'title: x\n',
    '{{ x }}',
    '${x}',
    'sops: {}\n',
    '\u0000',
    '\ufeff',
    '\u2028',
    '\ud800',
    'é',
    '😀',
  ],
)
const text = fc.oneof(
  fc.array(pieces, { maxLength: 40 }).map((parts) => parts.join('')),
  fc.string({ unit: 'binary', maxLength: 200 }),
)

test('the parser gives documents or errors with a place, and never throws', () => {
  fc.assert(
    fc.property(text, (source) => {
      for (const { span, error } of parseYaml(source)) {
        expect(span.start).toBeLessThanOrEqual(span.end)
        expect(span.end).toBeLessThanOrEqual(source.length)
        if (error === undefined) continue
        expect(error.offset).toBeGreaterThanOrEqual(0)
        expect(error.offset).toBeLessThanOrEqual(source.length)
        expect(error.hint).not.toBe('')
      }
    }),
    { numRuns },
  )
})

test('a scan judges a file, skips it with a reason or reports a problem, and every place lies in the file', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(
        text.map((source) => new TextEncoder().encode(source)),
        fc.uint8Array({ maxLength: 200 }),
      ),
      async (bytes) => {
        const { findings, problems, coverage } = await scanTree(treeOf(bytes))
        expect(coverage.judgedFiles + coverage.skipped.length + problems.length).toBeGreaterThan(0)
        const lines = Buffer.from(bytes).toString('utf8').split('\n').length
        for (const { location } of findings) {
          expect(location.line).toBeGreaterThan(0)
          expect(location.line).toBeLessThanOrEqual(lines)
        }
      },
    ),
    { numRuns },
  )
})

test('a configuration and a rule are read, or refused with what to do', () => {
  const readsOrRefuses = (read: () => unknown) => {
    try {
      read()
    } catch (thrown) {
      if (!(thrown instanceof UserError)) throw thrown
      expect(thrown.hint).not.toBe('')
    }
  }
  fc.assert(
    fc.property(text, (source) => {
      readsOrRefuses(() => readConfig(source, '.plimsoll.yaml'))
      readsOrRefuses(() => loadRule(source, 'rules/pod/some-rule.yaml'))
    }),
    { numRuns },
  )
})

function treeOf(bytes: Uint8Array): Tree {
  return {
    revision: 'fuzz',
    files: [{ path: 'a.yaml', kind: 'file' }],
    read: (path) => (path === 'a.yaml' ? bytes : undefined),
    identify: () => Math.random().toString(),
  }
}
