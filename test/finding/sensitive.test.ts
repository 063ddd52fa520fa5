// What reports mask.

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { maskedText, secretsOf } from '../../src/finding/sensitive.ts'
import type { Document } from '../../src/resource/document.ts'
import { lineStarts } from '../../src/text/position.ts'
import { parseYaml } from '../../src/yaml/parse.ts'

/** The text as a report shows it, all documents after one another. */
function shown(text: string): string {
  const starts = lineStarts(text)
  const documents: readonly Document[] = parseYaml(text).map((yaml, index) => ({ path: 'a.yaml', text, lineStarts: starts, yaml, index }))
  let result = ''
  let at = 0
  for (const span of documents.flatMap(secretsOf)) {
    result += `${text.slice(at, span.start)}•••`
    at = span.end
  }
  return result + text.slice(at)
}

test('a Secret shows its keys and none of its values', () =>
  expect(
    shown(`apiVersion: v1
kind: Secret
metadata:
  name: orders
  annotations: { note: '{"data":{"x":"Zq7pWx2m"}}' }
stringData:
  username: orders-user
  config: |
    anything: at all
data: { password: "WnE3cFd4Mm0=" } # old one: WnE3cFd4Mm0=
`),
  ).toBe(`apiVersion: v1
kind: Secret
metadata:
  name: orders
  annotations: { note: ••• }
stringData:
  username: •••
  config: |
•••data: { password: ••• } # old one: •••
`))

test('values are masked by the name of their variable or key, references are not', () =>
  expect(
    shown(`apiVersion: v1
kind: Pod
metadata: { name: orders }
spec:
  containers:
    - name: app
      args: [--db-password=Zq7pWx2m, --port=80]
      env:
        - { name: API_KEY, value: 9f86d081884c7d65 }
        - { name: DB_PASSWORD, value: $(FROM_ELSEWHERE) }
        - name: LOG_LEVEL
          value: info
        - name: URL
          value: amqp://orders:Zq7pWx2m@queue
`),
  ).toBe(`apiVersion: v1
kind: Pod
metadata: { name: orders }
spec:
  containers:
    - name: app
      args: [--db-password=•••, --port=80]
      env:
        - { name: API_KEY, value: ••• }
        - { name: DB_PASSWORD, value: $(FROM_ELSEWHERE) }
        - name: LOG_LEVEL
          value: info
        - name: URL
          value: •••
`))

test('lines of files inside a value, comments and other documents are masked too', () =>
  expect(
    shown(`# token: 9f86d081884c7d65
apiVersion: v1
kind: ConfigMap
metadata: { name: orders }
data:
  app.properties: |
    db.user=orders
    db.password=Zq7pWx2m
---
apiVersion: example.org/v1
kind: Thing
spec: { auth: { clientSecret: 3f1c0e9a } }
`),
  ).toBe(`# token: •••
apiVersion: v1
kind: ConfigMap
metadata: { name: orders }
data:
  app.properties: |
    db.user=orders
    db.password=•••
---
apiVersion: example.org/v1
kind: Thing
spec: { auth: { clientSecret: ••• } }
`))

test('a key block and a known token are masked wherever they stand', () =>
  expect(
    shown(`apiVersion: v1
kind: ConfigMap
metadata: { name: orders } # glpat-${'a1B2c'.repeat(5)}
data:
  note: |
    -----BEGIN EC PRIVATE KEY-----
    MHcCAQEEIIrYSSNQFaA2Hwf1duRSxKtLYX5CB04fSeQ6tF1aY/PuoAoGCCqGSM49
    -----END EC PRIVATE KEY-----
    done
`),
  ).toBe(`apiVersion: v1
kind: ConfigMap
metadata: { name: orders } # •••
data:
  note: |
    •••
    done
`))

test('a duplicate key and an anchor hide nothing', () =>
  expect(
    shown(`apiVersion: v1
kind: Secret
metadata: { name: orders }
x: &p Zq7pWx2m
stringData:
  a: *p
# c: tulip-garden
`),
  ).toBe(`apiVersion: v1
kind: Secret
metadata: { name: orders }
x: &p •••
stringData:
  a: *p
# c: •••
`))

test('a Secret that is no YAML is masked by its lines', () =>
  expect(
    shown(`apiVersion: v1
kind: Secret
metadata:
  name: orders
data:
  anything: WnE3cFd4Mm0=
  folded: >-
    WnE3cFd4Mm0WnE3cFd4Mm0
  bad: [
`),
  ).toBe(`apiVersion: v1
kind: Secret
metadata:
  name: orders
data:
  anything: •••
  folded: •••
•••
  bad: •••
`))

test('an object without secrets is shown as it is', () => {
  const text = `apiVersion: v1
kind: ServiceAccount
metadata: { name: orders, labels: { key: value, token: "true" } }
automountServiceAccountToken: false
secrets: [{ name: orders-database }]
`
  expect(shown(text)).toBe(text)
})

test('whatever a Secret holds and however it is written, none of it is shown', () => {
  const key = fc.stringMatching(/^[a-z][a-z0-9_.-]{0,12}$/)
  const value = fc.stringMatching(/^[A-Za-z0-9+/=!#%&:,. -]{6,40}$/).filter((text) => text.trim().length >= 6)
  const style = fc.constantFrom(
    (name: string, text: string) => `  ${name}: ${JSON.stringify(text)}`,
    (name: string, text: string) => `  "${name}":   '${text.replaceAll("'", "''")}' # ${text}`,
    (name: string, text: string) => `  ${name}: |\n    ${text.trim()}\n    ${text.trim()}`,
    (name: string, text: string) => `  ${name}: >-\n\n    ${text.trim()}`,
  )
  fc.assert(
    fc.property(
      fc.uniqueArray(key, { minLength: 1, maxLength: 4 }),
      fc.array(value, { minLength: 4, maxLength: 4 }),
      style,
      (keys, values, write) => {
        const lines = keys.map((name, at) => write(name, values[at] ?? ''))
        const text = shown(`apiVersion: v1\nkind: Secret\nmetadata: { name: orders }\nstringData:\n${lines.join('\n')}\ntype: Opaque\n`)
        for (const at of keys.keys()) expect(text).not.toContain((values[at] ?? '').trim())
        expect(text).toContain('type: Opaque')
      },
    ),
    { numRuns: 500 },
  )
})

test.each([
  [
    'the argument behind an option, in a list of one line',
    'args: ["--api-key", "Zq7pWx2m", "--port", "80"]',
    'args: ["--api-key", "•••", "--port", "80"]',
  ],
  [
    'the argument behind an option, on the next line',
    'args:\n  - --db-password\n  - Zq7pWx2m\n  - --verbose',
    'args:\n  - --db-password\n  - •••\n  - --verbose',
  ],
  ['a name inside a comment', 'level: info # the old password: Zq7pWx2m, do not use', 'level: info # the old password: •••, do not use'],
])('%s gives the value away', (_, text, expected) => expect(shown(text)).toBe(expected))

test.each(['args: ["--use-token", "--port=80"]', 'level: info # the old port: 8080'])('%s is shown as it is', (text) =>
  expect(shown(text)).toBe(text),
)

test.each([
  [
    'Container "web" runs web:latest\n- --db-password=Zq7pWx2m from docker.io.',
    'Container "web" runs web:latest\n- --db-password=••• from docker.io.',
  ],
  ['Container "web" runs https://user:Zq7pWx2m@ferry.example/web.', 'Container "web" runs https://user:•••@ferry.example/web.'],
  [
    'Secret "mail" holds a value in clear: password. Commit a SOPS file.',
    'Secret "mail" holds a value in clear: password. Commit a SOPS file.',
  ],
  ['Role "a" may read Secrets: it grants get on secrets.', 'Role "a" may read Secrets: it grants get on secrets.'],
])('the message %s reads %s', (message, expected) => expect(maskedText(message, '•••')).toBe(expected))

const object = (kind: string, rest: string) =>
  `apiVersion: ${kind.includes('/') ? 'example.org/v1' : 'v1'}\nkind: ${kind.split('/').at(-1)}\nmetadata: { name: a }\n${rest}`

test.each([
  ['data that are no mapping', object('Secret', 'data: tulip-garden\n'), object('Secret', 'data: •••\n')],
  ['numbers', object('Secret', 'stringData: { pin: 123456 }\n# 123456\n'), object('Secret', 'stringData: { pin: ••• }\n# •••\n')],
  [
    'a value twice on a line',
    object('Secret', 'stringData: { a: tulips }\nx: tulips,tulips\n'),
    object('Secret', 'stringData: { a: ••• }\nx: •••,•••\n'),
  ],
  [
    'what a comment says',
    object('Secret', 'stringData: { a: b }\n# user: tulip\n'),
    object('Secret', 'stringData: { a: ••• }\n# user: •••\n'),
  ],
  [
    'an object within text',
    object('ConfigMap', `data:\n  a: '{"port": "8080", "password": "Zq7pWx2m"}'\n`),
    object('ConfigMap', `data:\n  a: '{"port": "8080", "password": "•••"}'\n`),
  ],
  [
    'an object within text within text',
    object('ConfigMap', 'data:\n  a: "{\\"password\\": \\"Zq7pWx2m\\"}"\n'),
    object('ConfigMap', 'data:\n  a: "{\\"password\\": \\"•••\\"}"\n'),
  ],
  ['a number under a name', object('Thing/Thing', 'spec: { password: 48151623 }\n'), object('Thing/Thing', 'spec: { password: ••• }\n')],
  [
    'a pair of name and value at any depth',
    object('Thing/Thing', 'spec: [[{ name: DB_PASSWORD, value: Zq7pWx2m }]]\n'),
    object('Thing/Thing', 'spec: [[{ name: DB_PASSWORD, value: ••• }]]\n'),
  ],
  ['an option and its value in one argument', 'args: ["--password Zq7pWx2m -v"]', 'args: ["--password ••• -v"]'],
  ['an option in other quotes', "args: ['--password', 'Zq7pWx2m']", "args: ['--password', '•••']"],
  ['an option with one dash', 'run: tool -password=Zq7pWx2m', 'run: tool -password=•••'],
  ['two of them', 'run: tool --password=Zq7pWx2m --token=9f86d081', 'run: tool --password=••• --token=•••'],
  ['a comment with an equals sign', 'a: b # set password=Zq7pWx2m', 'a: b # set password=•••'],
  ['a comment with quotes', 'a: b # "password": "Zq7pWx2m"', 'a: b # "password": "•••"'],
])('%s: the secret is masked', (_, text, expected) => expect(shown(text)).toBe(expected))

test.each([
  ['a kind of another group that is called so', object('vault/Secret', 'data: { a: tulip-garden }\n')],
  [
    'annotations of what is no Secret',
    object('ConfigMap', 'data: { a: b }\n').replace('name: a }', 'name: a, annotations: { note: tulip-garden } }'),
  ],
  ['a Secret without data', object('Secret', 'data:\nstringData: {}\ntype: Opaque\n')],
  ['short values of a Secret elsewhere', object('Secret', 'type: tulip\n')],
  ['a reference', object('Thing/Thing', 'spec: { password: "${PASSWORD}", secretName: orders }\n')],
  ['an option that takes a reference', 'args: ["--password=$(PASSWORD)"]'],
  ['an option behind another', 'args: ["--use-password", "--port"]'],
  ['the word alone', 'note: the password is kept elsewhere'],
])('%s is shown as it is', (_, text) => expect(shown(text)).toBe(text))

test('a value of fewer than six characters is masked where it stands, not wherever its letters do', () => {
  const text = object('Secret', 'stringData: { a: tulip }\nlabels: { b: tulips }\n')
  expect(shown(text)).toBe(object('Secret', 'stringData: { a: ••• }\nlabels: { b: tulips }\n'))
})

test('in a Secret that is no YAML short words and the names of fields stay', () => {
  const text = 'kind: Secret\nmetadata:\n  name: orders\ndata:\n  short\n  user: tulip\nbad: [\n'
  expect(shown(text)).toBe('kind: Secret\nmetadata:\n  name: orders\ndata:\n  short\n  user: •••\nbad: •••\n')
})

test('what is no YAML and no Secret is masked by names alone', () =>
  expect(shown('kind: ConfigMap\ndata:\n  user: tulip\n  password: Zq7pWx2m\nbad: [\n')).toBe(
    'kind: ConfigMap\ndata:\n  user: tulip\n  password: •••\nbad: [\n',
  ))

test('a document is looked through once', () => {
  const text = object('Secret', 'stringData: { a: tulip-garden }\n')
  const [yaml] = parseYaml(text)
  if (yaml === undefined) throw new Error('no document')
  const document: Document = { path: 'a.yaml', text, lineStarts: lineStarts(text), yaml, index: 0 }
  expect(secretsOf(document)).toBe(secretsOf(document))
})

test.each([
  [
    'Runs with --password=Zq7pWx2m\nand asks https://u:9f86d081@x.example/a.',
    'Runs with --password=•••\nand asks https://u:•••@x.example/a.',
  ],
  ['', ''],
])('a message may hold several secrets, or none: %j', (message, expected) => expect(maskedText(message, '•••')).toBe(expected))

test.each([
  [
    'JSON with a slip',
    '{\n  "kind": "Secret",\n  "data": {\n    "user": "tulip"\n',
    '{\n  "kind": "Secret",\n  "data": {\n    "user": "•••"\n',
  ],
  ['a space before the colon', "'kind' : 'Secret'\nuser: tulip\nbad: [\n", "'kind' : 'Secret'\nuser: •••\nbad: •••\n"],
])('a Secret that is no YAML, written as %s, is masked', (_, text, expected) => expect(shown(text)).toBe(expected))

test.each(['mankind: Secret\nuser: tulip\nbad: [\n', 'kind: SecretStore\nuser: tulip\nbad: [\n'])('%j is no Secret', (text) =>
  expect(shown(text)).toBe(text),
)

test('a value of six characters is masked wherever it stands, the first of the document too', () =>
  expect(shown('tulips: x\nkind: Secret\napiVersion: v1\nstringData: { a: tulips }\n')).toBe(
    '•••: x\nkind: Secret\napiVersion: v1\nstringData: { a: ••• }\n',
  ))

test('in a list of objects each is masked as what it is', () => {
  const item = (kind: string, user: string) => `- { apiVersion: v1, kind: ${kind}, metadata: { name: a }, data: { user: ${user} } }\n`
  const list = (one: string, other: string) =>
    `apiVersion: v1\nkind: List\nitems:\n${item('Secret', one)}# user: ${one}\n${item('ConfigMap', other)}`
  expect(shown(list('tulip', 'rose'))).toBe(list('•••', 'rose'))
})
