// The pipeline as a whole, on trees of a few lines; whole stories stand in test/pulls.

import { expect, test } from 'vitest'
import { diffTrees } from '../src/change/compare-trees.ts'
import { readPolicy } from '../src/io/policy.ts'
import { engine } from '../src/io/rendering.ts'
import { refusing } from '../src/render/refusing.ts'
import type { Report } from '../src/report/report.ts'
import { review } from '../src/scan.ts'
import { silent } from '../src/watch.ts'
import { type Files, manifest, treeOf } from './discover/tree.ts'
import { reviewChange, rulebook, scanTree } from './program.ts'

const hardened = 'securityContext: { runAsNonRoot: true, allowPrivilegeEscalation: false, capabilities: { drop: [ALL] } }'
const web = (more = '') =>
  manifest(
    'Deployment',
    'web',
    `spec:\n  template:\n    spec:\n${more}      containers:\n        - name: web\n          image: ferry.example/web:1.0.0\n          ${hardened}\n`,
  )
const network = web('      hostNetwork: true\n')

function reviewed(base: Files, head: Files, policy: Files = base): Promise<Report> {
  const trees = { base: treeOf(base), head: treeOf(head) }
  return reviewChange({ ...trees, diff: diffTrees(trees.base, trees.head), policy: treeOf(policy) })
}

const told = ({ findings }: Report) => findings.map(({ state, rule, location }) => `${state} ${rule} ${location.path}:${location.line}`)

test('a scan finds what is there', async () => {
  const report = await scanTree(treeOf({ 'web.yaml': network }))
  expect(told(report)).toEqual(['present host-network web.yaml:8'])
  expect([report.mode, report.verdict]).toEqual(['scan', 'fail'])
})

test('a review finds what the change brings', async () => {
  expect(told(await reviewed({ 'web.yaml': web() }, { 'web.yaml': network }))).toEqual(['new host-network web.yaml:8'])
  expect(told(await reviewed({ 'web.yaml': network }, { 'web.yaml': web() }))).toEqual(['fixed host-network web.yaml:8'])
})

test('what a chart had before a change is told where it was edited then, though the chart was rendered without its lines', async () => {
  const chart = (values: string, version = '1.0.0') => ({
    'web/Chart.yaml': `apiVersion: v2\nname: web\nversion: ${version}\n`,
    'web/values.yaml': values,
    'web/templates/web.yaml': web('      hostNetwork: {{ .Values.network }}\n'),
  })
  const [open, closed] = ['# For the probes.\nnetwork: true\n', 'network: false\n']
  expect(told(await reviewed(chart(open), chart(closed)))).toEqual(['fixed host-network web/values.yaml:2'])
  expect(told(await reviewed(chart(closed), chart(open)))).toEqual(['new host-network web/values.yaml:2'])
  expect(told(await reviewed(chart(open), chart(open, '1.1.0')))).toEqual(['unchanged host-network web/values.yaml:2'])
})

test.each([
  ['a word', '{{ randAlphaNum 10 | b64enc }}', false],
  ['digits', '{{ randNumeric 12 | b64enc }}', false],
  ['bytes', '{{ randBytes 24 }}', false],
  ['bytes as text', '{{ randBytes 24 | b64enc }}', false],
  ['an identity', '{{ uuidv4 | b64enc }}', false],
  ['a key', '{{ genPrivateKey "rsa" | b64enc }}', false],
  ['the key of an authority', '{{ (genCA "web" 365).Key | b64enc }}', false],
  ['a login', '{{ htpasswd "web" (randAlphaNum 8) | b64enc }}', false],
  ['what stands in the values', '{{ .Values.token | b64enc }}', true],
])('what a chart makes at installation is in no file: %s', async (_, template, isTold) => {
  const secret = `apiVersion: v1\nkind: Secret\nmetadata: { name: web }\ndata:\n  token: ${template}\n`
  const files = {
    'Chart.yaml': 'apiVersion: v2\nname: web\nversion: 1.0.0\n',
    'values.yaml': 'token: Zq7pWx2m\n',
    'templates/secret.yaml': secret,
  }
  expect(told(await scanTree(treeOf(files)))).toEqual(isTold ? ['present secret-data-committed values.yaml:1'] : [])
})

test('a file that the change does not touch is not judged, only counted', async () => {
  const report = await reviewed({ 'a.yaml': network, 'b.yaml': web() }, { 'a.yaml': network, 'b.yaml': `${web()}# more\n` })
  expect(told(report)).toEqual([])
  expect(report.coverage).toMatchObject({ judgedFiles: 1, unaffectedFiles: 1 })
})

test('an empty change passes and says what it did not look at', async () => {
  const report = await reviewed({ 'web.yaml': network }, { 'web.yaml': network })
  expect(report.verdict).toBe('pass')
  expect(report.coverage).toMatchObject({ judgedFiles: 0, unaffectedFiles: 1 })
})

test('a new repository: everything is new', async () => {
  expect(told(await reviewed({}, { 'web.yaml': network }))).toEqual(['new host-network web.yaml:8'])
})

test('a link that takes the place of a manifest makes the review incomplete', async () => {
  const report = await reviewed({ 'web.yaml': web() }, { 'web.yaml': { kind: 'symlink' } })
  expect(report.verdict).toBe('incomplete')
  expect(report.problems).toMatchObject([{ code: 'no-longer-judged', path: 'web.yaml', state: 'new', counts: true }])
})

test('the policy comes from its own tree, not from head and not from base', async () => {
  const off = { '.plimsoll.yaml': 'rules: { host-network: { enabled: false } }\n' }
  const base = { 'web.yaml': web() }
  const head = { 'web.yaml': network }
  expect(told(await reviewed({ ...base, ...off }, { ...head, ...off }, {}))).toHaveLength(1)
  expect(told(await reviewed(base, head, off))).toEqual([])
})

test('a change of the policy is told in a note', async () => {
  const { notes } = await reviewed({}, { '.plimsoll.yaml': 'fail-on: never\n', '.plimsollignore': 'a\n' })
  expect(notes).toHaveLength(2)
  expect(notes[0]).toContain('.plimsoll.yaml')
})

test('a note also tells that the policy was moved away or deleted', async () => {
  const policy = { '.plimsoll.yaml': 'fail-on: medium\nprofile: strict\n' }
  expect((await reviewed(policy, {})).notes).toHaveLength(1)
  expect((await reviewed(policy, { 'elsewhere.yaml': policy['.plimsoll.yaml'] })).notes).toHaveLength(1)
})

test('the watch hears the stages in order, and why each file was or was not judged', async () => {
  const stages: string[] = []
  const files: string[] = []
  const watch = {
    stage: (name: string) => stages.push(name),
    file: (path: string, note: string) => files.push(`${path}: ${note}`),
    done: () => {},
  }
  const base = treeOf({ 'a.yaml': web(), 'b.yaml': manifest('Service', 'b'), 'c.yaml': 'x: 1\n', 'd.yaml': 'kind: Pod\nmetadata: {\n' })
  const head = treeOf({ 'a.yaml': network, 'b.yaml': manifest('Service', 'b'), 'c.yaml': 'x: 1\n', 'd.yaml': 'kind: Pod\nmetadata: {\n' })
  const policy = await readPolicy(base, {}, undefined)
  await review({ base, head, diff: diffTrees(base, head), policy: base }, { policy, rulebook, watch, engine, sources: refusing })
  expect(stages).toEqual(['parse', 'render', 'judge', 'compare', 'trace', 'report'])
  expect(files.map((line) => line.replace(/: could not.*/, ': could not'))).toEqual([
    'a.yaml: judged, 1 object',
    'b.yaml: not touched by the change, 1 object',
    'c.yaml: not judged: not-kubernetes',
    'd.yaml: could not',
  ])
})

test('the same change gives the same report, whatever ran before', async () => {
  const run = async () => JSON.stringify(await reviewed({ 'a.yaml': web(), 'b.yaml': network }, { 'a.yaml': network, 'b.yaml': web() }))
  expect(await run()).toBe(await run())
})

test('of a part of a tree what is rooted there is judged, and what that reads lies anywhere', async () => {
  const tree = (base: string) => ({
    'base/kustomization.yaml': 'resources: [web.yaml]\n',
    'base/web.yaml': base,
    'prod/kustomization.yaml': 'resources: [../base]\nnamespace: shop\n',
    'staging/kustomization.yaml': 'resources: [../base]\nnamespace: test\n',
    'other/web.yaml': network,
    'other/broken.yaml': 'apiVersion: v1\nkind: Pod\nmetadata: {\n',
    'charts/web/Chart.yaml': 'apiVersion: v2\nname: web\nversion: 1.0.0\n',
    'charts/web/templates/web.yaml': base,
    'argocd/web.yaml': manifest(
      'Application',
      'web',
      'spec: {source: {repoURL: https://git.example.org/shop, path: charts/web}, destination: {name: eu}}',
    ).replace('apiVersion: v1', 'apiVersion: argoproj.io/v1alpha1'),
  })
  const policy = async (below: string) => readPolicy(treeOf({}), { below, repositories: ['https://git.example.org/shop'] }, undefined)
  const part = async (below: string) => {
    const trees = { base: treeOf(tree(web())), head: treeOf(tree(network)) }
    const run = { policy: await policy(below), rulebook, watch: silent, engine, sources: refusing }
    const { findings, problems, coverage } = await review({ ...trees, diff: diffTrees(trees.base, trees.head), policy: trees.base }, run)
    return {
      found: findings.map(({ location, resource }) => `${resource.namespace} ${location.path}`),
      problems,
      files: coverage.files,
      skipped: coverage.skipped.length,
    }
  }
  expect(await part('prod')).toEqual({ found: ['shop base/web.yaml'], problems: [], files: 1, skipped: 0 })
  // Nothing that is rooted elsewhere is built for it: it is judged as it stands.
  expect((await part('base')).found).toEqual([' base/web.yaml'])
  // An Application elsewhere that renders what lies here belongs to it.
  expect((await part('charts')).found).toEqual([' charts/web/templates/web.yaml'])
  expect((await part('other')).found).toEqual([])
})
