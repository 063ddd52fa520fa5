// More of the life of fix pull requests on the double: groupings, keys, relapses, what people open again.

import { describe, expect, test } from 'vitest'
import { fixMarkerIn } from '../../../src/review/fix-pulls/marker.ts'
import { fixPullsText } from '../../../src/review/fix-pulls/told.ts'
import { judged, keep, keepAs } from '../../github/fixer.ts'
import { fileAt, fixableShop, onlyPull, pullsSeen } from '../../github/fixes-seen.ts'
import { deployment } from '../../github/shop.ts'

const shop = fixableShop()

const web = (parts: Parameters<typeof deployment>[1]) => shop.double.hub.push('main', { 'web/web.yaml': deployment('web', parts) })
const only = () => onlyPull(shop.double)
const text = (kept: Awaited<ReturnType<typeof keep>>) => (kept.outcome === undefined ? kept.trouble : fixPullsText(kept.outcome))

test('is not touched while the base moves elsewhere, and is put on the new base when both change the same lines', async () => {
  web({ host: true })
  await keep(shop.double)
  const head = shop.double.hub.headOf(only())
  shop.double.hub.push('main', { 'web/web.yaml': `# far away\n${deployment('web', { host: true })}`, 'README.md': 'words\n' })
  expect(text(await keep(shop.double))).toContain('as it should be')
  expect(shop.double.hub.headOf(only())).toBe(head)
  shop.double.hub.push('main', {
    'web/web.yaml': deployment('web', { host: true }).replace('hostNetwork: true', 'hostNetwork: true # for now'),
  })
  expect(shop.double.hub.conflicts(only())).toBe(true)
  expect(text(await keep(shop.double))).toContain('updated')
  expect([shop.double.hub.conflicts(only()), fileAt(shop.double, only(), 'web/web.yaml')]).toEqual([false, deployment('web')])
})

test('after a merge its branch is taken away, and a relapse is offered anew', async () => {
  web({ host: true })
  await keep(shop.double)
  shop.double.hub.merge(only())
  expect(text(await keep(shop.double))).toBe('### Fix pull requests\n\nNone is open.')
  expect(shop.double.hub.branches('')).toEqual(['main'])
  web({ host: true })
  await keep(shop.double)
  expect(shop.double.hub.pulls.map(({ state }) => state)).toEqual(['MERGED', 'OPEN'])
})

describe('that a person closed', () => {
  test('with its branch taken away is not opened again either', async () => {
    web({ host: true })
    await keep(shop.double)
    shop.double.hub.drop(only().headBranch)
    expect(only().state).toBe('CLOSED')
    await keep(shop.double)
    expect(shop.double.hub.branches('')).toEqual(['main'])
    expect(shop.double.hub.pulls.length).toBe(1)
  })

  test('is offered again when its finding has become worse', async () => {
    web({ host: true })
    const found = await judged(shop.double)
    await keepAs(shop.double, found)
    shop.double.hub.close(only())
    const [fix] = found.mended.written.fixes
    if (fix === undefined) throw new Error('nothing to mend')
    const worse = { ...fix, findings: [{ ...fix.findings[0], severity: 'critical' as const }] as const }
    const written = { ...found.mended.written, fixes: [worse] as unknown as typeof found.mended.written.fixes }
    await keepAs(shop.double, {
      ...found,
      mended: { ...found.mended, written: { ...written, prove: async () => ({ fixes: written.fixes, objects: 1 }) } },
    })
    expect(shop.double.hub.pulls.map(({ state }) => state)).toEqual(['CLOSED', 'OPEN'])
  })

  test("and opened again is Plimsoll's to keep", async () => {
    web({ host: true })
    await keep(shop.double)
    shop.double.hub.close(only())
    await keep(shop.double)
    shop.double.hub.reopen(only())
    web({ host: true, privileged: true })
    expect(text(await keep(shop.double))).toContain('#1 Fix 2 findings in web: updated')
  })

  test('when Plimsoll closed it and a person opened it again, it stays open', async () => {
    web({ host: true })
    await keep(shop.double)
    const branch = only().headBranch
    const head = shop.double.hub.headOf(only())
    web({})
    await keep(shop.double)
    shop.double.hub.force(branch, head)
    shop.double.hub.reopen(only())
    expect(text(await keep(shop.double))).toContain('left alone, somebody opened it again')
    expect(only().state).toBe('OPEN')
  })
})

test('is one for each component, for each rule, or one for all; another grouping takes the place of the one before', async () => {
  shop.double.hub.push('main', {
    'shop/kustomization.yaml': 'resources: [deep/a.yaml]\n',
    'shop/deep/a.yaml': deployment('a', { host: true, privileged: true }),
    'b/b.yaml': deployment('b', { host: true }),
  })
  await keep(shop.double)
  expect(pullsSeen(shop.double)).toEqual([
    '#1 OPEN Fix 2 findings in shop [shop/deep/a.yaml]',
    '#2 OPEN Remove hostNetwork in b [b/b.yaml]',
  ])
  expect(text(await keep(shop.double, { grouping: 'rule' }))).toMatch(/#1: closed, what it mends is part of another fix pull request as of/)
  expect(pullsSeen(shop.double).slice(2)).toEqual([
    '#3 OPEN Set privileged to false in shop/deep/a.yaml [shop/deep/a.yaml]',
    '#4 OPEN Remove hostNetwork in 2 files [b/b.yaml shop/deep/a.yaml]',
  ])
  await keep(shop.double, { grouping: 'one' })
  expect(pullsSeen(shop.double).slice(4)).toEqual(['#5 OPEN Fix 3 findings [b/b.yaml shop/deep/a.yaml]'])
  expect(shop.double.hub.pulls.map(({ state }) => state)).toEqual(['CLOSED', 'CLOSED', 'CLOSED', 'CLOSED', 'OPEN'])
  expect(shop.double.hub.branches('plimsoll/').length).toBe(1)
})

test('only safe fixes of the level and worse, unless more is asked for', async () => {
  shop.double.hub.push('main', {
    'a.yaml': deployment('a', { host: true }).replace('registry.example.org/shop/a:1.4.2', 'k8s.gcr.io/pause:3.9'),
  })
  await keep(shop.double, { isUnsafeWanted: false })
  expect(shop.double.hub.pulls).toEqual([])
  await keep(shop.double, { isUnsafeWanted: false, severity: 'low' })
  expect(pullsSeen(shop.double)).toEqual([expect.stringMatching(/^#1 OPEN .*registry\.k8s\.io.* \[a\.yaml\]$/)])
  expect(fileAt(shop.double, only(), 'a.yaml')).toContain('hostNetwork: true')
})

test('two jobs with keys of their own keep apart', async () => {
  web({ host: true })
  await keep(shop.double, { key: 'one' })
  await keep(shop.double, { key: 'two' })
  expect(shop.double.hub.pulls.map(({ state, body }) => [state, fixMarkerIn(body)?.key])).toEqual([
    ['OPEN', 'one'],
    ['OPEN', 'two'],
  ])
  expect(text(await keep(shop.double, { key: 'one' }))).toContain('- #1 Remove hostNetwork in web: as it should be')
})

test('says nothing for a commit that is no longer the newest', async () => {
  web({ host: true })
  const found = await judged(shop.double)
  web({})
  expect(text(await keepAs(shop.double, found))).toContain('The branch has a newer commit by now')
  expect(shop.double.hub.pulls).toEqual([])
})

test('a component that others wrote has one of its own, which mends it through the values of the chart that takes it in', async () => {
  const of = (name: string) => `apiVersion: v2\nname: ${name}\nversion: 1.0.0\n`
  shop.double.hub.push('main', {
    'shop/Chart.yaml': `${of('shop')}dependencies:\n  - { name: redis, version: 1.0.0, repository: "https://charts.example.org" }\n`,
    'shop/values.yaml': 'redis:\n  privileged: true\n',
    'shop/templates/web.yaml': deployment('web', { host: true }),
    'shop/charts/redis/Chart.yaml': of('redis'),
    'shop/charts/redis/values.yaml': 'privileged: true\n',
    'shop/charts/redis/templates/redis.yaml': deployment('redis', { privileged: true })
      .replace('            privileged: true', '            privileged: {{ .Values.privileged }}')
      .replace('allowPrivilegeEscalation: true', 'allowPrivilegeEscalation: {{ .Values.privileged }}'),
  })
  await keep(shop.double)
  expect(pullsSeen(shop.double)).toEqual([
    '#1 OPEN Set privileged to false in redis [shop/values.yaml]',
    '#2 OPEN Remove hostNetwork in shop [shop/templates/web.yaml]',
  ])
})
