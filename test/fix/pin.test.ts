// Images pinned: where the digest goes, and what is said where there is none.

import { describe, expect, test } from 'vitest'
import { policyOf } from '../../src/config.ts'
import { engine } from '../../src/io/rendering.ts'
import { refusing } from '../../src/render/refusing.ts'
import { type Sources, sourceFailure } from '../../src/render/source.ts'
import { type Judgement, judgeTree } from '../../src/scan.ts'
import { silent } from '../../src/watch.ts'
import { treeOf } from '../discover/tree.ts'
import { rulebook } from '../program.ts'
import { withFixes } from './mended.ts'

type Texts = Readonly<Record<string, string>>

const digest = `sha256:${'a1'.repeat(32)}`
const answering: Sources = { ...refusing, image: async ({ image }) => ({ ok: true, digest, pinned: `${image}@${digest}`, isList: true }) }
const only = { profile: 'all', rules: { 'image-no-digest': {}, 'image-tag-latest': {} } } as const

function judged(files: Texts, sources: Sources): Promise<Judgement> {
  const own = new Set(Object.keys(only.rules))
  const policy = policyOf({ profile: only.profile }, {}, { source: 'test', ignore: [] })
  const rules = { ...rulebook, rules: rulebook.rules.filter(({ id }) => own.has(id)) }
  return judgeTree(treeOf(files), { policy, rulebook: rules, watch: silent, engine, sources, fixing: { now: () => 0, budget: 1_000 } })
}

/** The files in which something was pinned, as they are then. */
async function pinned(files: Texts): Promise<Texts> {
  const { mended } = await judged(files, answering)
  const after = withFixes(files, mended?.fixes ?? [])
  return Object.fromEntries(Object.entries(after).filter(([path, text]) => text !== files[path]))
}

const pod = (image: string) =>
  `apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  containers:\n    - name: a\n      image: ${image}\n`
const chart = (image: string, values: string): Texts => ({
  'web/Chart.yaml': 'apiVersion: v2\nname: web\nversion: 1.0.0\nappVersion: "9.9"\n',
  'web/values.yaml': values,
  'web/templates/pod.yaml': pod(image),
})
const overlay = (entry: string): Texts => ({
  'base/kustomization.yaml': 'resources: [pod.yaml]\n',
  'base/pod.yaml': pod('ghcr.io/acme/api:latest'),
  'prod/kustomization.yaml': `resources: [../base]\nimages:\n  - name: ghcr.io/acme/api\n${entry}`,
})

describe('in a manifest', () => {
  test.each([
    ['ghcr.io/acme/api:1.2.0 # the api', `ghcr.io/acme/api:1.2.0@${digest} # the api`],
    ['"nginx"', `"nginx@${digest}"`],
    ['localhost:5000/api:latest', `localhost:5000/api:latest@${digest}`],
  ])('%s', async (before, after) => {
    expect(await pinned({ 'pod.yaml': pod(before) })).toEqual({ 'pod.yaml': pod(after) })
  })
})

const split = '"{{ .Values.image.repository }}:{{ .Values.image.tag }}"'
const optional = '"{{ .Values.image.repository }}:{{ .Values.image.tag }}{{ with .Values.image.digest }}@{{ . }}{{ end }}"'
const sha = '"{{ .Values.image.repository }}:{{ .Values.image.tag }}{{ with .Values.image.sha }}@sha256:{{ . }}{{ end }}"'

describe('in the values of a chart', () => {
  test.each([
    ['a whole image', '{{ .Values.image }}', 'image: ghcr.io/acme/api:1.2.0\n', `image: ghcr.io/acme/api:1.2.0@${digest}\n`],
    [
      'a tag of its own',
      split,
      'image:\n  repository: ghcr.io/acme/api\n  tag: latest\n',
      `image:\n  repository: ghcr.io/acme/api\n  tag: latest@${digest}\n`,
    ],
    [
      'a key for the digest',
      optional,
      'image:\n  repository: ghcr.io/acme/api\n  tag: "1.2.0"\n  digest: ""\n',
      `image:\n  repository: ghcr.io/acme/api\n  tag: "1.2.0"\n  digest: "${digest}"\n`,
    ],
    [
      'a key for the digest that holds nothing',
      optional,
      'image:\n  repository: ghcr.io/acme/api\n  tag: "1.2.0"\n  digest:\n',
      `image:\n  repository: ghcr.io/acme/api\n  tag: "1.2.0"\n  digest: ${digest}\n`,
    ],
    [
      'a key for the digits of the digest',
      sha,
      'image:\n  repository: ghcr.io/acme/api\n  tag: "1.2.0"\n  sha: ""\n',
      `image:\n  repository: ghcr.io/acme/api\n  tag: "1.2.0"\n  sha: "${'a1'.repeat(32)}"\n`,
    ],
  ])('%s', async (_, template, before, after) => {
    expect(await pinned(chart(template, before))).toEqual({ 'web/values.yaml': after })
  })

  test('nothing where the tag is the version of the chart: it would be frozen with the digest', async () => {
    const own = '"{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}"'
    expect(await pinned(chart(own, 'image:\n  repository: ghcr.io/acme/api\n  tag: ""\n'))).toEqual({})
  })
})

describe('in an entry of images', () => {
  test.each([
    ['    newTag: latest\n', `    newTag: latest\n    digest: ${digest}\n`],
    ['    newTag: "1.2.0"\n', `    newTag: "1.2.0"\n    digest: ${digest}\n`],
    [
      '    newName: registry.example.org/api\n    newTag: v1\n',
      `    newName: registry.example.org/api\n    newTag: v1\n    digest: ${digest}\n`,
    ],
    ['    newName: registry.example.org/api\n', `    newName: registry.example.org/api\n    newTag: latest\n    digest: ${digest}\n`],
  ])('%j', async (before, after) => {
    expect(await pinned(overlay(before))).toEqual({ 'prod/kustomization.yaml': overlay(after)['prod/kustomization.yaml'] })
  })
})

describe('without an answer', () => {
  const advice = async (sources: Sources) =>
    (await judged({ 'pod.yaml': pod('ghcr.io/acme/api:latest') }, sources)).report.findings.map(({ rule, fix, advice: own }) => ({
      rule,
      fix,
      find: own?.find,
    }))

  test('the host to allow is named, and nothing is pinned', async () => {
    const found = await advice(refusing)
    expect(found).toContainEqual({
      rule: 'image-tag-latest',
      fix: undefined,
      find: 'The digest of ghcr.io/acme/api:latest was not fetched: the policy does not allow ghcr.io. To have it fetched, add to .plimsoll.yaml of the target branch: sources: { allow: [ghcr.io/acme] }. Find out which version is running, and write it as the tag, better with its digest.',
    })
  })

  test('what went wrong is said', async () => {
    const image = async () => sourceFailure('busy', 'the digest of x was not fetched: ghcr.io answered 429', 'Try again later.')
    const [first] = await advice({ ...refusing, image })
    expect(first?.find).toMatch(/^The digest of x was not fetched: ghcr\.io answered 429\. Try again later\. Find out /)
  })
})

test('each image is asked for once, at most eight at a time', async () => {
  const asked: string[] = []
  let open = 0
  let most = 0
  const image: Sources['image'] = async ({ image: wanted }) => {
    asked.push(wanted)
    open += 1
    most = Math.max(most, open)
    await new Promise((done) => setTimeout(done, 1))
    open -= 1
    return { ok: true, digest, pinned: '', isList: false }
  }
  const files = Object.fromEntries(
    Array.from({ length: 30 }, (_, at) => [`${at}.yaml`, pod(`ghcr.io/acme/api:${at >> 1}`).replace('name: a}', `name: a${at}}`)]),
  )
  const { mended } = await judged(files, { ...refusing, image })
  expect(asked.sort()).toEqual(Array.from({ length: 15 }, (_, at) => `ghcr.io/acme/api:${at}`).sort())
  expect(most).toBe(8)
  expect(mended?.fixes).toHaveLength(30)
})

test('when the time is over nobody is asked any more, and that is said', async () => {
  let time = 0
  const image: Sources['image'] = async () => {
    time += 400
    return { ok: true, digest, pinned: '', isList: false }
  }
  const files = Object.fromEntries(
    Array.from({ length: 20 }, (_, at) => [`${at}.yaml`, pod(`ghcr.io/acme/api:${at}`).replace('name: a}', `name: a${at}}`)]),
  )
  const policy = policyOf({ profile: 'all' }, {}, { source: 'test', ignore: [] })
  const rules = { ...rulebook, rules: rulebook.rules.filter(({ id }) => id === 'image-no-digest') }
  const sources = { ...refusing, image }
  const run = { policy, rulebook: rules, watch: silent, engine, sources, fixing: { now: () => time, budget: 10_000 } }
  const { report, mended } = await judgeTree(treeOf(files), run)
  expect(mended?.fixes).toHaveLength(8)
  expect(report.findings.filter(({ advice }) => advice?.find.startsWith('There was no time left to ask'))).toHaveLength(12)
})
