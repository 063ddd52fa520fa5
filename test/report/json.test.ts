// The JSON report: as its published schema says, without source excerpts.

import { readFileSync } from 'node:fs'
import { Ajv } from 'ajv'
import { expect, test } from 'vitest'
import { json } from '../../src/report/json.ts'
import type { Report } from '../../src/report/report.ts'
import { reviewFolders } from '../program.ts'
import { sampleFinding, sampleReport } from './sample.ts'

const schema = JSON.parse(readFileSync(new URL('../../docs/report.schema.json', import.meta.url), 'utf8'))
const isValid = new Ajv({ strict: false, allErrors: true }).compile(schema)

function check(report: Report) {
  isValid(JSON.parse(json(report)))
  expect(isValid.errors).toBeNull()
}

test('a report is as the published schema says', () => {
  const { location } = sampleFinding()
  const full = sampleFinding({
    override: { severity: 'low', reason: 'sandbox' },
    removedFrom: location,
    before: 'It was 1.',
    related: [{ message: 'there', location }],
    copies: [location],
    suppression: { reason: 'accepted', source: 'policy', until: '2027-01-01' },
    modifiers: [{ id: 'exposed', factor: 'position', delta: 1, because: 'Service web' }],
  })
  check(sampleReport({ findings: [sampleFinding(), full] }))
  check(sampleReport({ findings: [], verdict: 'pass' }))
})

test('the review of the example is as the published schema says, and every field of a finding is there', async () => {
  const report = await reviewFolders('examples/pull-request/base', 'examples/pull-request/head')
  check(report)
  const written = JSON.parse(json(report))
  expect(written.findings).toHaveLength(report.findings.length)
  expect(Object.keys(written.findings[0])).toEqual(expect.arrayContaining(schema.properties.findings.items.required))
})

test('the schema refuses what is no report', () => {
  expect(isValid({ version: 1 })).toBe(false)
  const { findings, ...rest } = JSON.parse(json(sampleReport()))
  expect(isValid({ ...rest, findings: [{ ...findings[0], state: 'odd' }] })).toBe(false)
})

test('source excerpts stay out: they are for people', () => {
  expect(json(sampleReport({ findings: [sampleFinding({ frame: { firstLine: 1, lines: ['excerpt'] } })] }))).not.toContain('excerpt')
})
