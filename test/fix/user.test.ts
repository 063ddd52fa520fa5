// Containers kept from root by what a registry says of their images: what is written, and what is said where nothing is.

import { describe, expect, test } from 'vitest'
import { policyOf } from '../../src/config.ts'
import { engine } from '../../src/io/rendering.ts'
import { refusing } from '../../src/render/refusing.ts'
import { type Sources, sourceFailure } from '../../src/render/source.ts'
import { judgeTree } from '../../src/scan.ts'
import { silent } from '../../src/watch.ts'
import { treeOf } from '../discover/tree.ts'
import { rulebook } from '../program.ts'
import { withFixes } from './mended.ts'

const ids = new Set(['run-as-root', 'run-as-uid-zero', 'security-context-missing'])
const rules = { ...rulebook, rules: rulebook.rules.filter(({ id }) => ids.has(id)) }
const policy = policyOf({}, {}, { source: 'test', ignore: [] })

/** Users by image; another image is not there. */
function telling(users: Readonly<Record<string, string>>): Sources {
  return {
    ...refusing,
    user: async ({ image }) => {
      const user = users[image]
      return user === undefined ? sourceFailure('not-found', `${image} is not there`, 'Check it.') : { ok: true, user }
    },
  }
}

/** The files as their fixes make them, and what is said beside the findings. */
async function mendedFiles(files: Readonly<Record<string, string>>, sources: Sources) {
  const run = { policy, rulebook: rules, watch: silent, engine, sources, fixing: { now: () => 0, budget: 1_000 } }
  const { report, mended: own } = await judgeTree(treeOf(files), run)
  return { files: withFixes(files, own?.fixes ?? []), said: report.findings.map(({ advice }) => advice?.find) }
}

async function mended(text: string, sources: Sources) {
  const { files, said } = await mendedFiles({ 'pod.yaml': text }, sources)
  return { text: files['pod.yaml'], said }
}

const api = 'registry.example.org/shop/api:1.4'
const pod = (spec: string) => `apiVersion: v1\nkind: Pod\nmetadata: {name: shop}\nspec:\n${spec}`
const container = (settings: string) => pod(`  containers:\n    - name: api\n      image: ${api}\n${settings}`)
const limits = `allowPrivilegeEscalation: false\n        seccompProfile:\n          type: RuntimeDefault\n`

describe('a number in the configuration of the image', () => {
  test('is found there by the kubelet, so nobody writes it down', async () => {
    const settings = '      securityContext:\n        allowPrivilegeEscalation: false\n'
    const { text, said } = await mended(container(settings), telling({ [api]: '10001' }))
    expect(text).toBe(container(`${settings}        runAsNonRoot: true\n`))
    expect(said).toEqual([undefined])
  })

  test('lets a whole restricted context be written', async () => {
    const { text } = await mended(container(''), telling({ [api]: '10001' }))
    expect(text).toBe(
      container(
        `      securityContext:\n        runAsNonRoot: true\n        ${limits}        capabilities:\n          drop:\n            - ALL\n`,
      ),
    )
  })

  test('takes the place of root', async () => {
    const { text } = await mended(container('      securityContext: {runAsUser: 0}\n'), telling({ [api]: '10001' }))
    expect(text).toBe(container('      securityContext: {runAsUser: 10001, runAsNonRoot: true}\n'))
  })
})

describe('what a pod says for several containers is set for one of them alone', () => {
  const two = (spec: string, settings = '') =>
    pod(
      `${spec}  containers:\n    - name: api\n      image: ${api}\n${settings}    - name: proxy\n      image: registry.example.org/proxy:2\n`,
    )
  test.each([
    ['runAsNonRoot: false', ['runAsNonRoot: true']],
    ['runAsUser: 0', ['runAsNonRoot: true', 'runAsUser: 10001']],
  ])('%s', async (shared, own) => {
    const spec = `  securityContext:\n    ${shared}\n`
    const { text } = await mended(two(spec), telling({ [api]: '10001' }))
    expect(text).toBe(two(spec, `      securityContext:\n${own.map((line) => `        ${line}\n`).join('')}`))
  })

  test('an init container is one of them', async () => {
    const spec =
      '  securityContext:\n    runAsUser: 0\n  initContainers:\n    - name: own\n      image: busybox\n      command: [chown, "10001", /data]\n'
    const { text } = await mended(`${container('')}`.replace('spec:\n', `spec:\n${spec}`), telling({ [api]: '10001' }))
    expect(text).toContain('    runAsUser: 0\n  initContainers:')
    expect(text).toContain('      securityContext:\n        runAsNonRoot: true\n        runAsUser: 10001\n')
  })
})

describe('without a number nothing is guessed, and the reason is said', () => {
  const settings = '      securityContext:\n        allowPrivilegeEscalation: false\n'
  test.each<[string, Sources, string]>([
    [
      'root',
      telling({ [api]: '' }),
      `${api} starts as root: its configuration in the registry names no user. Give the image a user of its own`,
    ],
    ['a name', telling({ [api]: 'app' }), `${api} starts as the user "app" without a number`],
    ['no answer', telling({}), `${api} is not there. Check it. Give the image`],
    [
      'a host that is not allowed',
      refusing,
      `The user that ${api} starts as was not fetched: the policy does not allow registry.example.org. To have it fetched, add to .plimsoll.yaml of the target branch: sources: { allow: [registry.example.org] }. Give`,
    ],
  ])('%s', async (_, sources, reason) => {
    const { text, said } = await mended(container(settings), sources)
    expect(text).toBe(container(settings))
    expect(said).toEqual([expect.stringContaining(reason.slice(1))])
  })

  test('the line to allow is named for each of many images, since nobody has to be asked for it', async () => {
    const files = Object.fromEntries(
      Array.from({ length: 230 }, (_, at) => [
        `${at}.yaml`,
        container(settings).replace('name: shop', `name: shop-${at}`).replace('/api:', `/api-${at}:`),
      ]),
    )
    const { said } = await mendedFiles(files, refusing)
    expect(said).toHaveLength(230)
    expect(said.filter((find) => !find?.includes('sources: { allow: [registry.example.org] }'))).toEqual([])
  })

  test('beside the lesser fix too', async () => {
    const { text, said } = await mended(container(''), telling({ [api]: '' }))
    expect(text).toBe(container(`      securityContext:\n        ${limits}`))
    expect(said).toEqual([expect.stringContaining('starts as root: its configuration in the registry names no user')])
  })
})

describe('a line of a template that writes the image of each values file', () => {
  const shared = (more = '') => ({
    'web/Chart.yaml': 'apiVersion: v2\nname: web\nversion: 1.0.0\n',
    'web/values.yaml': 'image: redis:7.2\n',
    'web/ci/other-values.yaml': `image: ${api}\n`,
    'web/templates/pod.yaml': pod(
      `  containers:\n    - name: web\n      image: {{ .Values.image }}\n      securityContext:\n        allowPrivilegeEscalation: false\n${more}`,
    ),
  })
  const redis = '        runAsNonRoot: true\n        runAsUser: 999\n'

  test.each<[string, Sources, string]>([
    ['is left where one of them has to stay root', telling({ [api]: '' }), ''],
    ['is left where one of them has another user', telling({ [api]: 'app', 'redis:7.2': '1500' }), ''],
    ['says what is right for both', telling({ [api]: '10001', 'redis:7.2': '1500' }), '        runAsNonRoot: true\n'],
  ])('%s', async (_, sources, more) => {
    expect((await mendedFiles(shared(), sources)).files).toEqual(shared(more))
  })

  test('names the user where all are of one image', async () => {
    const files = { ...shared(), 'web/ci/other-values.yaml': 'image: docker.io/redis:6.2\n' }
    expect((await mendedFiles(files, telling({}))).files).toEqual({
      ...files,
      'web/templates/pod.yaml': shared(redis)['web/templates/pod.yaml'],
    })
  })
})
