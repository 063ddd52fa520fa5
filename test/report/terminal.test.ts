// What a person reads in the terminal; whole reviews stand in test/pulls.

import { expect, test } from 'vitest'
import type { Report } from '../../src/report/report.ts'
import { terminal } from '../../src/report/terminal.ts'
import { sampleFinding, sampleReport } from './sample.ts'

const plain = { color: false, width: 100 }
const text = (parts: Partial<Report> = {}, look = plain) => terminal(sampleReport(parts), look)
const problem = (parts: Partial<Report['problems'][number]> = {}) => ({
  code: 'yaml-syntax',
  state: 'new' as const,
  counts: true,
  path: 'a.yaml',
  line: 3,
  message: 'the file breaks',
  hint: 'Mend it.',
  ...parts,
})

test('a clean review is its coverage and its verdict', () => {
  expect(text({ findings: [], verdict: 'pass', verdictReason: 'nothing found' })).toBe(
    'coverage: 1 object in 1 file judged by 60 rules, 1 file not touched\n✓ pass  nothing found\n',
  )
})

test('a finding says what, where, why and what to do, with its lines', () => {
  expect(text()).toContain(` HIGH  Pod uses the network of its node  host-network

  web.yaml:12:7  Deployment shop/web
  Pod "web" uses the network of its node.
    11 │     spec:
  › 12 │       hostNetwork: true
       │       ^^^^^^^^^^^^^^^^^

  why   The pod hears what its node hears.
  fix   Remove \`hostNetwork\`.
`)
})

test('a place far to the right is in sight all the same', () => {
  const long = `spec: { ${'a: 1, '.repeat(30)}hostNetwork: true }`
  const column = long.indexOf('hostNetwork') + 1
  const location = { ...sampleFinding().location, line: 12, endLine: 12, column, endColumn: column + 'hostNetwork: true'.length }
  const shown = text({ findings: [sampleFinding({ location, frame: { firstLine: 11, lines: ['kind: Pod', long] } })] })
  const lines = shown.split('\n')
  const at = lines.findIndex((line) => line.startsWith('  › 12'))
  const [source = '', carets = ''] = lines.slice(at)
  expect(source.slice(carets.indexOf('^'), carets.lastIndexOf('^') + 1)).toBe('hostNetwork: true')
  expect(source).toContain('│ …')
  expect(shown).not.toContain('kind: Pod')
})

test('of one rule three places are shown with their lines, twelve are named, the rest is counted; why and fix are said once', () => {
  const findings = Array.from({ length: 20 }, (_, at) => sampleFinding({ location: { ...sampleFinding().location, path: `f${at}.yaml` } }))
  const shown = text({ findings })
  expect(shown.match(/hostNetwork: true$/gm)).toHaveLength(3)
  expect(shown.match(/f\d+\.yaml:12:7/g)).toHaveLength(12)
  expect(shown).toContain('… and 8 more places; --format json or html has them all.')
  expect(shown.match(/ {2}why /g)).toHaveLength(1)
})

test('old findings are counted, not shown', () => {
  const shown = text({ findings: [sampleFinding(), sampleFinding({ state: 'unchanged', message: 'An old one.' })] })
  expect(shown).not.toContain('An old one.')
  expect(shown).toMatch(/high +1 +· +· +1/)
})

test('what is worse says what it was, and what is missing says where it stood', () => {
  const location = { ...sampleFinding().location, precision: 'nearest' as const }
  const shown = text({
    findings: [
      sampleFinding({ state: 'worsened', before: 'Was medium before.', location, removedFrom: { ...location, line: 30, column: 9 } }),
    ],
  })
  expect(shown).toContain('(worse than before; the key is missing; this is the nearest line)')
  expect(shown).toContain('Was medium before.')
  expect(shown).toContain('it was set at web.yaml:30:9 before')
})

test('copies, environments and what was folded in are told', () => {
  const copy = (path: string) => ({ ...sampleFinding().location, path })
  const shown = text({
    findings: [
      sampleFinding({
        copies: ['a.yaml', 'b.yaml', 'c.yaml', 'd.yaml'].map(copy),
        environments: ['live', 'stage'],
        covers: { rules: ['host-port'], items: 2 },
      }),
    ],
  })
  expect(shown).toContain('copies: a.yaml:12:7, b.yaml:12:7, c.yaml:12:7 and 1 more')
  expect(shown).toContain('Deployment shop/web in live, stage')
  expect(shown).toContain('covers host-port')
  expect(shown).toContain('the same holds for 2 further parts of the object')
})

test('a problem is told with its place; an old one is named in one line, unless it counts', () => {
  const shown = text({
    findings: [],
    problems: [
      problem(),
      problem({ path: 'b.yaml', counts: false }),
      problem({ path: 'c.yaml', state: 'unchanged', counts: false }),
      problem({ path: 'd.yaml', state: 'unchanged' }),
    ],
  })
  expect(shown).toContain('  a.yaml:3:1\n  the file breaks. Mend it.\n')
  expect(shown).toContain('b.yaml:3:1 (does not count)')
  expect(shown).not.toContain('c.yaml:3:1')
  expect(shown).toContain('d.yaml:3:1\n')
  expect(shown).toContain('1 problem that was there before: c.yaml:3 (the file breaks)')
})

test('advice stands where there is no fix, and beside a fix as the better one that was not made', () => {
  const advice = { title: 'Set a user', find: 'Find out which.' }
  const fix = {
    titles: ['Forbid more'],
    safety: 'safe' as const,
    breaks: [],
    findings: [],
    edits: [],
    stays: [],
    patch: '',
    proof: 'Proved: it holds.',
  }
  expect(text({ findings: [sampleFinding({ advice })] })).toContain('\n  Set a user: Find out which.\n')
  expect(text({ findings: [sampleFinding({ advice, fix: 0 })], fixes: [fix] })).toMatch(
    / {2}Forbid more \(safe\)\n.* {2}Proved: it holds\.\n {2}Not made: Set a user\. Find out which\.\n/s,
  )
})

test('what a change healed is listed', () => {
  expect(text({ findings: [sampleFinding({ state: 'fixed' })] })).toContain(
    'Fixed by this change\n  high      Pod uses the network of its node, Deployment web (web.yaml)',
  )
})

test('notes are shown', () => {
  expect(text({ notes: ['This change edits .plimsoll.yaml.'] })).toContain('note  This change edits .plimsoll.yaml.')
})

test('without colour there is no control sequence, with it the words stay the same', () => {
  const coloured = text({}, { color: true, width: 100 })
  expect(text()).not.toContain('\u001b')
  expect(coloured).toContain('\u001b[')
  expect(coloured.replace(/\u001b\[[0-9;]*m/g, '')).toBe(text())
})

test.each([60, 80, 140])('messages are wrapped at %i columns', (width) => {
  const message = 'A sentence of many words. '.repeat(20)
  const lines = text({ findings: [sampleFinding({ message })] }, { color: false, width }).split('\n')
  const wrapped = lines.filter((line) => line.includes('sentence'))
  expect(wrapped.length).toBeGreaterThan(1)
  for (const line of wrapped) expect(line.length).toBeLessThanOrEqual(width)
})

test('nothing of a repository moves the cursor or hides what is read', () => {
  const evil = 'a\u001b[2Jb\u202ec\rd'
  const shown = text({
    findings: [
      sampleFinding({
        message: evil,
        resource: { apiVersion: 'v1', kind: evil, namespace: evil, name: evil },
        location: { ...sampleFinding().location, path: evil },
        environments: [evil],
        frame: { firstLine: 11, lines: [evil, evil, evil] },
      }),
    ],
    problems: [problem({ path: evil, message: evil, hint: evil })],
    notes: [evil],
    coverage: { ...sampleReport().coverage, skipped: [{ path: evil, reason: 'encrypted', attention: true }] },
  })
  expect(shown).not.toMatch(/[\u001b\u202e\r]/)
})
