// How the templates of a chart are mended: for all that they write, wherever it lands.

import { describe, expect, test } from 'vitest'
import type { Files } from '../discover/tree.ts'
import { mendTree } from './mended.ts'

const chart = { 'Chart.yaml': 'apiVersion: v2\nname: ferry\nversion: 1.0.0\n' }

/** The lines that differ by all fixes, the objects that each of them is for, and what is said of findings without one. */
async function mended(files: Files) {
  const { report, mended } = await mendTree({ ...chart, ...files })
  return {
    objects: mended?.fixes.map(({ findings }) => findings.map(({ resource }) => resource.id.name)),
    lines: report.fixes.flatMap(({ patch }) => patch.split('\n').filter((line) => /^[-+]/.test(line))),
    left: report.findings.filter(({ fix }) => fix === undefined).map(({ rule, resource, advice }) => `${rule} ${resource.name}: ${advice?.find}`),
  }
}

const pod = (name: string, containers: string) => `apiVersion: v1
kind: Pod
metadata:
  name: ${name}
spec:
  containers:
${containers}`
const container = (more: string) => `    - name: app
      image: registry.ferry.example/app:1.4.2
${more}`

describe('one line of a template is mended for all that it writes', () => {
  const mooring = '      securityContext:\n        runAsNonRoot: true\n'

  test('in several objects, at another place in each', async () => {
    const first = '    - name: bell\n      image: registry.ferry.example/bell:2.0.0\n      securityContext: { allowPrivilegeEscalation: false, runAsNonRoot: true }\n'
    const made = await mended({
      'templates/_app.tpl': `{{- define "app" }}\n${container(mooring)}{{- end }}\n`,
      'templates/one.yaml': pod('one', '{{ include "app" . }}\n'),
      'templates/two.yaml': pod('two', `${first}{{ include "app" . }}\n`),
    })
    expect(made).toEqual({
      objects: [['one', 'two']],
      lines: ['--- a/templates/_app.tpl', '+++ b/templates/_app.tpl', '+        allowPrivilegeEscalation: false'],
      left: [],
    })
  })

  test('where values put something before it', async () => {
    const { lines, left } = await mended({
      'values.yaml': 'before: []\n',
      'ci/bell-values.yaml':
        'before:\n  - name: bell\n    image: registry.ferry.example/bell:2.0.0\n    securityContext: { allowPrivilegeEscalation: false, runAsNonRoot: true }\n',
      'templates/one.yaml': pod('one', `    {{- with .Values.before }}{{ toYaml . | nindent 4 }}{{ end }}\n${container(mooring)}`),
    })
    expect({ lines, left }).toEqual({
      lines: ['--- a/templates/one.yaml', '+++ b/templates/one.yaml', '+        allowPrivilegeEscalation: false'],
      left: [],
    })
  })
})
