// What a pull request may hold to stop, to fill or to leave the engine: each ends as a failure, and the next request is answered.

import { expect, test } from 'vitest'
import { testEngine } from './engine.ts'
import { endless, growing, refused, template } from './hostile-cases.ts'
import { chart, kustomization } from './requests.ts'

const { helm, kustomize, failure } = testEngine()
/** Only for what never ends by itself, so that no slow machine makes a difference. */
const impatient = testEngine({ deadline: 1_500 })

const fine = template('a: {{ .Release.Name }}')

test.each(endless)('%s is stopped at the deadline, and the next chart is rendered', async (_, request) => {
  expect(await impatient.failure(request)).toMatchObject({ reason: 'deadline', message: 'stopped after 1.5 s' })
  expect((await helm(fine)).documents[0]?.content).toBe('a: shop')
})

test.each(growing)('%s is stopped at its memory, and the next chart is rendered', async (_, request) => {
  expect(await failure(request)).toMatchObject({ reason: 'memory', message: 'it needs more memory than it may have' })
  expect((await helm(fine)).documents[0]?.content).toBe('a: shop')
})

test.each(refused)('%s is a failure that says so', async (_, request, message) => {
  expect(await failure(request)).toMatchObject({ ok: false, reason: 'render', message: expect.stringMatching(message) })
})

test('warnings of earlier requests do not hide why one ends', async () => {
  const old = kustomization({
    'overlay/kustomization.yaml': 'bases: [../base]\n',
    'base/kustomization.yaml': 'configMapGenerator: [{name: m}]\n',
  })
  for (let i = 0; i < 40; i++) await kustomize(old)
  expect(await failure(template('{{ range until 1000000000 }}{{ end }}'))).toMatchObject({ reason: 'memory' })
})

test('what asks for the world outside finds nothing', async () => {
  const asks = {
    files: '{{ .Files.Get "../../etc/passwd" }}{{ .Files.Get "/etc/passwd" }}',
    host: '{{ getHostByName "example.com" }}',
    cluster: '{{ lookup "v1" "Secret" "kube-system" "" | toJson }}',
  }
  const text = Object.entries(asks).map(([name, ask]) => `${name}: ${JSON.stringify('')}${ask}`)
  const { documents } = await helm(template(text.join('\n').replaceAll('""{{', '{{')))
  expect(documents[0]?.content).toBe('files: \nhost: \ncluster: {}')
  expect(await failure(template('a: {{ env "HOME" }}'))).toMatchObject({ message: expect.stringContaining('function "env" not defined') })
  expect(await failure(template('a: {{ expandenv "$HOME" }}'))).toMatchObject({
    message: expect.stringContaining('function "expandenv" not defined'),
  })
})

test('values of a megabyte are values, of ten they are too many', async () => {
  const values = (items: number) => `list:\n${'- {name: a, value: "0123456789012345678901234567890123456789"}\n'.repeat(items)}`
  const { documents } = await helm(template('a: {{ len .Values.list }}', values(16_000)))
  expect(documents[0]?.content).toBe('a: 16000')
  expect(['memory', 'deadline']).toContain((await impatient.failure(template('a: b', values(160_000)))).reason)
})

test('an expression that others take forever for ends', async () => {
  const { documents } = await helm(template('a: {{ regexMatch "(a+)+$" (printf "%sb" (repeat 50000 "a")) }}'))
  expect(documents[0]?.content).toBe('a: false')
})

test('requests at the same time do not meet', async () => {
  const names = Array.from({ length: 8 }, (_, at) => `name-${at}`)
  const answers = await Promise.all(names.map((release) => helm(chart({ 'templates/a.yaml': 'a: {{ .Release.Name }}' }, { release }))))
  expect(answers.map(({ documents }) => documents[0]?.content)).toEqual(names.map((name) => `a: ${name}`))
  const { documents } = await kustomize(
    kustomization({ 'overlay/kustomization.yaml': 'configMapGenerator: [{name: m, literals: [a=b]}]\n' }),
  )
  expect(documents).toHaveLength(1)
})
