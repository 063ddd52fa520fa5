// More of the life of fix pull requests on the double: groupings, keys, relapses, what people open again.

import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { fixMarkerIn } from '../../../src/review/fix-pulls/marker.ts'
import { fixPullsText } from '../../../src/review/fix-pulls/told.ts'
import { type Double, startDouble } from '../../github/double.ts'
import { judged, keep, keepAs } from '../../github/fixer.ts'
import { allowFixes, fileAt, pullsSeen } from '../../github/fixes-seen.ts'
import { deployment } from '../../github/shop.ts'
import type { Pull } from '../../github/state.ts'

let double: Double
beforeEach(async () => {
  double = await startDouble()
  allowFixes(double)
})
afterEach(async () => {
  expect(double.violations).toEqual([])
  await double.stop()
})

const web = (parts: Parameters<typeof deployment>[1]) => double.hub.push('main', { 'web/web.yaml': deployment('web', parts) })
const only = (): Pull => {
  const [pull, ...rest] = double.hub.pulls
  if (pull === undefined || rest.length > 0) throw new Error(`there are ${double.hub.pulls.length} pull requests`)
  return pull
}
const text = (kept: Awaited<ReturnType<typeof keep>>) => (kept.outcome === undefined ? kept.trouble : fixPullsText(kept.outcome))

test('is not touched while the base moves elsewhere, and is put on the new base when both change the same lines', async () => {
  web({ host: true })
  await keep(double)
  const head = double.hub.headOf(only())
  double.hub.push('main', { 'web/web.yaml': `# far away\n${deployment('web', { host: true })}`, 'README.md': 'words\n' })
  expect(text(await keep(double))).toContain('as it should be')
  expect(double.hub.headOf(only())).toBe(head)
  double.hub.push('main', { 'web/web.yaml': deployment('web', { host: true }).replace('hostNetwork: true', 'hostNetwork: true # for now') })
  expect(double.hub.conflicts(only())).toBe(true)
  expect(text(await keep(double))).toContain('updated')
  expect([double.hub.conflicts(only()), fileAt(double, only(), 'web/web.yaml')]).toEqual([false, deployment('web')])
})

test('after a merge its branch is taken away, and a relapse is offered anew', async () => {
  web({ host: true })
  await keep(double)
  double.hub.merge(only())
  expect(text(await keep(double))).toBe('### Fix pull requests\n\nNone is open.')
  expect(double.hub.branches('')).toEqual(['main'])
  web({ host: true })
  await keep(double)
  expect(double.hub.pulls.map(({ state }) => state)).toEqual(['MERGED', 'OPEN'])
})

describe('that a person closed', () => {
  test('with its branch taken away is not opened again either', async () => {
    web({ host: true })
    await keep(double)
    double.hub.drop(only().headBranch)
    expect(only().state).toBe('CLOSED')
    await keep(double)
    expect(double.hub.branches('')).toEqual(['main'])
    expect(double.hub.pulls.length).toBe(1)
  })

  test('is offered again when its finding has become worse', async () => {
    web({ host: true })
    const found = await judged(double)
    await keepAs(double, found)
    double.hub.close(only())
    const [fix] = found.mended.written.fixes
    if (fix === undefined) throw new Error('nothing to mend')
    const worse = { ...fix, findings: [{ ...fix.findings[0], severity: 'critical' as const }] as const }
    const written = { ...found.mended.written, fixes: [worse] as unknown as typeof found.mended.written.fixes }
    await keepAs(double, {
      ...found,
      mended: { ...found.mended, written: { ...written, prove: async () => ({ fixes: written.fixes, objects: 1 }) } },
    })
    expect(double.hub.pulls.map(({ state }) => state)).toEqual(['CLOSED', 'OPEN'])
  })

  test("and opened again is Plimsoll's to keep", async () => {
    web({ host: true })
    await keep(double)
    double.hub.close(only())
    await keep(double)
    double.hub.reopen(only())
    web({ host: true, privileged: true })
    expect(text(await keep(double))).toContain('#1 Fix 2 findings in web: updated')
  })

  test('when Plimsoll closed it and a person opened it again, it stays open', async () => {
    web({ host: true })
    await keep(double)
    const branch = only().headBranch
    const head = double.hub.headOf(only())
    web({})
    await keep(double)
    double.hub.force(branch, head)
    double.hub.reopen(only())
    expect(text(await keep(double))).toContain('left alone, somebody opened it again')
    expect(only().state).toBe('OPEN')
  })
})

test('is one for each component, for each rule, or one for all; another grouping takes the place of the one before', async () => {
  double.hub.push('main', {
    'shop/kustomization.yaml': 'resources: [deep/a.yaml]\n',
    'shop/deep/a.yaml': deployment('a', { host: true, privileged: true }),
    'b/b.yaml': deployment('b', { host: true }),
  })
  await keep(double)
  expect(pullsSeen(double)).toEqual(['#1 OPEN Fix 2 findings in shop [shop/deep/a.yaml]', '#2 OPEN Remove hostNetwork in b [b/b.yaml]'])
  expect(text(await keep(double, { grouping: 'rule' }))).toMatch(/#1: closed, what it mends is part of another fix pull request as of/)
  expect(pullsSeen(double).slice(2)).toEqual([
    '#3 OPEN Set privileged to false in shop/deep/a.yaml [shop/deep/a.yaml]',
    '#4 OPEN Remove hostNetwork in 2 files [b/b.yaml shop/deep/a.yaml]',
  ])
  await keep(double, { grouping: 'one' })
  expect(pullsSeen(double).slice(4)).toEqual(['#5 OPEN Fix 3 findings [b/b.yaml shop/deep/a.yaml]'])
  expect(double.hub.pulls.map(({ state }) => state)).toEqual(['CLOSED', 'CLOSED', 'CLOSED', 'CLOSED', 'OPEN'])
  expect(double.hub.branches('plimsoll/').length).toBe(1)
})

test('only safe fixes of the level and worse, unless more is asked for', async () => {
  double.hub.push('main', {
    'a.yaml': deployment('a', { host: true }).replace('registry.example.org/shop/a:1.4.2', 'k8s.gcr.io/pause:3.9'),
  })
  await keep(double, { isUnsafeWanted: false })
  expect(double.hub.pulls).toEqual([])
  await keep(double, { isUnsafeWanted: false, severity: 'low' })
  expect(pullsSeen(double)).toEqual([expect.stringMatching(/^#1 OPEN .*registry\.k8s\.io.* \[a\.yaml\]$/)])
  expect(fileAt(double, only(), 'a.yaml')).toContain('hostNetwork: true')
})

test('two jobs with keys of their own keep apart', async () => {
  web({ host: true })
  await keep(double, { key: 'one' })
  await keep(double, { key: 'two' })
  expect(double.hub.pulls.map(({ state, body }) => [state, fixMarkerIn(body)?.key])).toEqual([
    ['OPEN', 'one'],
    ['OPEN', 'two'],
  ])
  expect(text(await keep(double, { key: 'one' }))).toContain('- #1 Remove hostNetwork in web: as it should be')
})

test('says nothing for a commit that is no longer the newest', async () => {
  web({ host: true })
  const found = await judged(double)
  web({})
  expect(text(await keepAs(double, found))).toContain('The branch has a newer commit by now')
  expect(double.hub.pulls).toEqual([])
})

test('a component that others wrote has one of its own, which mends it through the values of the chart that takes it in', async () => {
  const of = (name: string) => `apiVersion: v2\nname: ${name}\nversion: 1.0.0\n`
  double.hub.push('main', {
    'shop/Chart.yaml': `${of('shop')}dependencies:\n  - { name: redis, version: 1.0.0, repository: "https://charts.example.org" }\n`,
    'shop/values.yaml': 'redis:\n  privileged: true\n',
    'shop/templates/web.yaml': deployment('web', { host: true }),
    'shop/charts/redis/Chart.yaml': of('redis'),
    'shop/charts/redis/values.yaml': 'privileged: true\n',
    'shop/charts/redis/templates/redis.yaml': deployment('redis', { privileged: true })
      .replace('            privileged: true', '            privileged: {{ .Values.privileged }}')
      .replace('allowPrivilegeEscalation: true', 'allowPrivilegeEscalation: {{ .Values.privileged }}'),
  })
  await keep(double)
  expect(pullsSeen(double)).toEqual([
    '#1 OPEN Set privileged to false in redis [shop/values.yaml]',
    '#2 OPEN Remove hostNetwork in shop [shop/templates/web.yaml]',
  ])
})
