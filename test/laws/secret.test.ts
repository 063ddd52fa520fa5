// However a manifest is broken around it, what is secret in it reaches no output.

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { diffTrees } from '../../src/change/compare-trees.ts'
import { formatNames, formatOf } from '../../src/report/format.ts'
import { treeOf } from '../discover/tree.ts'
import { reviewChange } from '../program.ts'

const secret = 'Zq7pWx2mKd9Rt4'

/** Manifests with faults beside the secret, so that its lines are shown. */
const manifests = [
  `apiVersion: v1
kind: Secret
metadata:
  name: mail
  name: mail
type: Opaque
stringData:
  user: purser
  password: ${secret}
  port: "25"
`,
  `apiVersion: v1
kind: Pod
metadata: { name: web }
spec:
  hostNetwork: true
  containers:
    - name: web
      image: web:latest
      args:
        - --level=info
        - --db-password=${secret}
      securityContext: { privileged: true }
`,
  `apiVersion: v1
kind: Pod
metadata: { name: web }
spec:
  containers:
    - name: web
      image: web
      env:
        - { name: LEVEL, value: info }
        - { name: DB_PASSWORD, value: "${secret}" }
      securityContext:
        privileged: true
`,
  `apiVersion: v1
kind: ConfigMap
metadata:
  name: app
data:
  app.properties: |
    level=info
    db.password=${secret}
    port=25
  url: https://user:${secret}@ferry.example/
`,
]

const scraps = [
  '\t',
  '"',
  "'",
  ':',
  ': ',
  '{{ x }}',
  '{% if %}',
  '- ',
  '\n',
  '# ',
  '&a ',
  '*a',
  '---\n',
  '...\n',
  '| ',
  '  ',
  '[',
  '}',
  '<<: ',
  '\u0000',
  'é',
  'kind: Pod\n',
]

/** Scraps put into lines of a manifest, or whole lines taken out of it; never in the line of the secret itself, which must stay what it is. */
const broken = fc
  .tuple(
    fc.constantFrom(...manifests),
    fc.array(fc.tuple(fc.nat(30), fc.nat(30), fc.option(fc.constantFrom(...scraps), { nil: undefined })), { maxLength: 3 }),
  )
  .map(([manifest, edits]) => {
    const lines = manifest.split('\n')
    for (const [at, column, scrap] of edits) {
      const index = at % lines.length
      const line = lines[index] ?? ''
      if (line.includes(secret) || line.startsWith('kind:')) continue
      lines[index] = scrap === undefined ? '' : line.slice(0, column) + scrap + line.slice(column)
    }
    return lines.join('\n')
  })

test('no format shows the secret of a broken manifest', async () => {
  const formats = await Promise.all(formatNames.map(formatOf))
  const clean = treeOf({})
  await fc.assert(
    fc.asyncProperty(broken, async (text) => {
      const head = treeOf({ 'a.yaml': text })
      const report = await reviewChange({ base: clean, head, diff: diffTrees(clean, head), policy: clean }, { profile: 'all' })
      for (const format of formats) expect(format(report, { color: false, width: 100 })).not.toContain(secret)
    }),
    { numRuns: 500 },
  )
})
