// Ranges as Helm reads them.

import { expect, test } from 'vitest'
import { chooseVersion } from '../../src/render/chart-version.ts'
import { isExact } from '../../src/render/exact-version.ts'

const versions = ['1.2.3', '1.10.0', '2.0.0-rc.1', 'v1.9.0', '0.9.1', 'latest', '1.2.4+build.7', '3.0.0-alpha']

test.each([
  ['1.2.3', '1.2.3'],
  ['v1.9.0', 'v1.9.0'],
  ['1.9.0', 'v1.9.0'],
  ['1.2.4+build.7', '1.2.4+build.7'],
  ['', '1.10.0'],
  [undefined, '1.10.0'],
  ['*', '1.10.0'],
  ['^1.2.0', '1.10.0'],
  ['~1.2', '1.2.4+build.7'],
  ['1.x', '1.10.0'],
  ['>= 1.0.0, < 1.10.0', 'v1.9.0'],
  ['>=1.0.0 <1.5.0 || ^0.9', '1.2.4+build.7'],
  ['^1.0.0, !=1.10.0', 'v1.9.0'],
  ['!=1.10.0', 'v1.9.0'],
  ['>=1.0.0-0', '3.0.0-alpha'],
  ['>2.0.0-alpha', '3.0.0-alpha'],
  ['>=2.0.0', undefined],
  ['1.2.9', undefined],
  ['not a range', undefined],
  ['latest', 'latest'],
])('%j is %j', (wish, version) => {
  expect(chooseVersion(versions, wish)).toBe(version)
})

test.each([
  ['1.2.3', true],
  ['v1.2.3', true],
  ['1.2', false],
  ['^1.2.3', false],
  ['', false],
  [undefined, false],
])('%j names one version: %j', (wish, exact) => {
  expect(isExact(wish)).toBe(exact)
})
