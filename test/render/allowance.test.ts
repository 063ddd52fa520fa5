// Which addresses may be asked.

import { describe, expect, test } from 'vitest'
import { policyOf } from '../../src/config.ts'
import { readConfig } from '../../src/config-file.ts'
import { readAllowances, refusalOf } from '../../src/render/allowance.ts'

const entries = [
  'charts.example.org',
  'ghcr.io/acme',
  'https://git.example.org:8443/team/',
  'http://charts.internal',
  'docker.io/acme',
  '127.0.0.1:5000',
]
const allowances = readAllowances(entries, 'policy.yaml')

test.each([
  ['https://charts.example.org/index.yaml', 'allowed'],
  ['https://CHARTS.example.org/index.yaml', 'allowed'],
  ['https://charts.example.org:443/index.yaml', 'allowed'],
  ['https://charts.example.org:8443/index.yaml', 'not-allowed'],
  ['https://charts.example.org.evil.example/index.yaml', 'not-allowed'],
  ['https://evil.example/charts.example.org/index.yaml', 'not-allowed'],
  ['https://sub.charts.example.org/', 'not-allowed'],
  ['http://charts.example.org/index.yaml', 'insecure'],
  ['ftp://charts.example.org/index.yaml', 'unsupported'],
  ['https://ghcr.io/acme', 'allowed'],
  ['https://ghcr.io/acme/chart', 'allowed'],
  ['https://ghcr.io/acmeevil/chart', 'not-allowed'],
  ['https://ghcr.io/acme/../evil/chart', 'not-allowed'],
  ['https://ghcr.io/acme/%2e%2e/evil', 'not-allowed'],
  ['https://ghcr.io/acme/..%2fevil', 'not-allowed'],
  ['https://ghcr.io/acme/..%5Cevil', 'not-allowed'],
  ['https://ghcr.io/acme//evil', 'not-allowed'],
  ['https://git.example.org:8443/team/repository', 'allowed'],
  ['https://git.example.org/team/repository', 'not-allowed'],
  ['http://charts.internal/index.yaml', 'allowed'],
  ['https://registry-1.docker.io/acme/chart', 'allowed'],
  ['https://registry-1.docker.io/evil/chart', 'not-allowed'],
  ['http://127.0.0.1:5000/v2/', 'allowed'],
  ['http://127.0.0.1:5001/v2/', 'not-allowed'],
])('%s is %s', (address, verdict) => {
  expect(refusalOf(new URL(address), allowances, 'chart web 1.0.0')?.code ?? 'allowed').toBe(verdict)
})

test('nothing is allowed where the policy says nothing', () => {
  expect(
    refusalOf(new URL('https://charts.example.org/'), policyOf({}, {}, { source: 'defaults', ignore: [] }).sources.allow, 'chart')?.code,
  ).toBe('not-allowed')
})

describe('an entry that is no host is refused in words', () => {
  test.each([
    ['*.example.org', 'has a placeholder: hosts are allowed by name'],
    ['ftp://example.org', 'starts with ftp://, which is not fetched'],
    ['user:secret@example.org', 'names no host'],
    ['/charts', 'names no host'],
    ['example.org/a b', 'names no host'],
    ['https://', 'names no host'],
  ])('%s', (entry, reason) => {
    expect(() => readAllowances([entry], 'policy.yaml')).toThrow(`"${entry}" under sources.allow in policy.yaml ${reason}`)
  })

  test('and the configuration says what may stand there', () => {
    expect(() => readConfig('sources:\n  allowed: [a.example]\n', 'policy.yaml')).toThrow(
      'policy.yaml:2:3: key "allowed" is not known in "sources"',
    )
  })
})

test.each([
  ['https://charts.example.org/stable/index.yaml', 'charts.example.org'],
  ['https://github.com/acme/bases', 'github.com/acme'],
  ['http://charts.internal/index.yaml', 'http://charts.internal'],
  ['http://127.0.0.1:5000/index.yaml', '127.0.0.1:5000'],
])('a refusal of %s names the line to add, and that line allows it', (address, entry) => {
  const url = new URL(address)
  expect(refusalOf(url, [], 'chart web 1.0.0')).toEqual({
    ok: false,
    code: 'not-allowed',
    message: `chart web 1.0.0 was not fetched: the policy does not allow ${url.host}`,
    hint: `To have it fetched, add to .plimsoll.yaml of the target branch: sources: { allow: [${entry}] }`,
  })
  expect(refusalOf(url, readAllowances([entry], 'policy.yaml'), 'chart web 1.0.0')).toBeUndefined()
})
