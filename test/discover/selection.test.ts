// Paths that a team leaves out.

import { expect, test } from 'vitest'
import { globOf, leaveOut } from '../../src/discover/selection.ts'

const nothing = { ignore: [], include: [], exclude: [] }

test('without lines and globs nothing is left out', () => {
  expect(leaveOut({ ...nothing, ignore: ['# a comment', ''] })('apps/api.yaml')).toBeUndefined()
})

test.each([
  ['vendor/', 'vendor/api.yaml', true],
  ['vendor/', 'apps/vendor/deep/api.yaml', true],
  ['/vendor/', 'apps/vendor/api.yaml', false],
  ['vendor/', 'vendor', false],
  ['*.gen.yaml', 'a/b/x.gen.yaml', true],
  ['a/**/x.yaml', 'a/b/c/x.yaml', true],
  ['docs/*', 'docs/a/b.yaml', true],
  ['API.yaml', 'api.yaml', false],
  ['\\#odd.yaml', '#odd.yaml', true],
])('the line %s leaves out %s: %s', (line, path, expected) => {
  expect(leaveOut({ ...nothing, ignore: [line] })(path) !== undefined).toBe(expected)
})

test('a later line takes a path back in, and the reason names the line that counts', () => {
  const left = leaveOut({ ...nothing, ignore: ['# generated', '*.yaml', '!keep.yaml'] })
  expect(left('keep.yaml')).toBeUndefined()
  expect(left('drop.yaml')).toEqual({ reason: 'ignored', detail: '.plimsollignore:2: *.yaml' })
})

test('globs of the configuration include and exclude', () => {
  const left = leaveOut({ ...nothing, include: ['apps/**'], exclude: ['**/test/**', 'apps/old'] })
  expect(left('apps/api.yaml')).toBeUndefined()
  expect(left('apps/test/api.yaml')).toEqual({ reason: 'excluded', detail: 'paths.exclude: **/test/**' })
  expect(left('apps/old/deep/api.yaml')).toEqual({ reason: 'excluded', detail: 'paths.exclude: apps/old' })
  expect(left('infra/api.yaml')).toEqual({ reason: 'excluded', detail: 'no glob of paths.include matches' })
})

test.each([
  ['envs/production', 'envs/production/a/b.yaml', true],
  ['./envs/production/', 'envs/production/b.yaml', true],
  ['envs/{staging,production}/**', 'envs/staging/b.yaml', true],
  ['*.yaml', 'a/b.yaml', false],
  ['**/*.yaml', '.hidden/b.yaml', true],
  ['.', 'a/b.yaml', true],
])('the glob %s matches %s: %s', (glob, path, expected) => {
  expect(globOf(glob)(path)).toBe(expected)
})
