// The SARIF log: valid against the published schema and inside GitHub's limits.

import { readFileSync } from 'node:fs'
import { Ajv } from 'ajv'
import formats from 'ajv-formats'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { sarif } from '../../src/report/sarif.ts'
import { sampleFinding, sampleReport, sampleRule } from './sample.ts'

const look = { color: false, width: 100 }
const read = (report = sampleReport()) => JSON.parse(sarif(report, look))

const schema = JSON.parse(readFileSync(new URL('../schemas/sarif-2.1.0.json', import.meta.url), 'utf8'))
// Written for draft 4; what it uses means the same in draft 7, but for the name of its id.
const { $schema: _, id, ...rest } = schema
const ajv = new Ajv({ strict: false })
formats.default(ajv)
const isValid = ajv.compile({ ...rest, $id: id })
const check = (log: unknown) => {
  isValid(log)
  expect(isValid.errors).toBeNull()
}

test('a finding is a result with place, fingerprint, level and rule', () => {
  const log = read()
  check(log)
  expect(log.runs[0].results[0]).toMatchInlineSnapshot(`
    {
      "baselineState": "new",
      "level": "error",
      "locations": [
        {
          "logicalLocations": [
            {
              "fullyQualifiedName": "Deployment/shop/web/spec/template/spec/hostNetwork",
              "kind": "object",
              "name": "web",
            },
          ],
          "physicalLocation": {
            "artifactLocation": {
              "uri": "web.yaml",
            },
            "region": {
              "endColumn": 24,
              "endLine": 12,
              "startColumn": 7,
              "startLine": 12,
            },
          },
        },
      ],
      "message": {
        "text": "Pod "web" uses the network of its node.",
      },
      "partialFingerprints": {
        "plimsoll/v1": "0123456789abcdef0123456789abcdef",
      },
      "properties": {
        "environments": [
          "",
        ],
        "origin": "own",
        "precision": "exact",
        "severity": "high",
      },
      "ruleId": "host-network",
      "ruleIndex": 0,
    }
  `)
})

test('every kind of report is valid', () => {
  const location = { path: 'dir with space/ü#?.yaml', line: 1, column: 1, endLine: 1, endColumn: 1, precision: 'file' } as const
  const finding = sampleFinding({
    state: 'worsened',
    location,
    copies: [location],
    related: [{ message: '[a](b) {0}', location }],
    suppression: { reason: 'accepted', source: 'policy' },
  })
  const problem = { code: 'yaml', state: 'new', counts: true, path: 'x.yaml', line: 2, column: 4, message: 'bad', hint: 'mend it' } as const
  const log = read(sampleReport({ findings: [finding], problems: [problem] }))
  check(log)
  const [result] = log.runs[0].results
  expect(result.locations[0].physicalLocation).toEqual({ artifactLocation: { uri: 'dir%20with%20space/%C3%BC%23%3F.yaml' } })
  expect(result.relatedLocations[0].message.text).toBe('\\[a\\](b) {{0}}')
  expect(log.runs[0].invocations[0].toolExecutionNotifications[0]).toMatchObject({ level: 'error', descriptor: { id: 'yaml' } })
})

test('what was fixed is no result, what was there before is unchanged', () => {
  const log = read(sampleReport({ findings: [sampleFinding({ state: 'fixed' }), sampleFinding({ state: 'unchanged' })] }))
  expect(log.runs[0].results.map(({ baselineState }: { baselineState: string }) => baselineState)).toEqual(['unchanged'])
})

test('beyond 25,000 results the worst stay and the rest is counted', () => {
  const low = sampleFinding({ severity: 'low' })
  const log = read(sampleReport({ findings: [...Array.from({ length: 25_000 }, () => low), sampleFinding({ severity: 'critical' })] }))
  expect(log.runs[0].results).toHaveLength(25_000)
  expect(log.runs[0].results[0].level).toBe('error')
  expect(log.runs[0].invocations[0].toolExecutionNotifications[0].message.text).toMatch(/^1 further findings/)
})

test('a rule has at most ten tags and the score of its worst finding', () => {
  const compliance = { framework: Array.from({ length: 30 }, (_, at) => String(at)) }
  const findings = [sampleFinding({ severity: 'low' }), sampleFinding({ severity: 'critical' })]
  const [rule] = read(sampleReport({ findings, rules: { 'host-network': sampleRule({ compliance }) } })).runs[0].tool.driver.rules
  expect(rule.properties.tags).toHaveLength(10)
  expect(rule.properties['security-severity']).toBe('9.5')
})

test('any path and message makes a valid log', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', minLength: 1 }), fc.string({ unit: 'binary' }), (path, message) => {
      check(read(sampleReport({ findings: [sampleFinding({ message, location: { ...sampleFinding().location, path } })] })))
    }),
    { numRuns: 50 },
  )
})
