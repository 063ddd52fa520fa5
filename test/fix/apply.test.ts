// What edits of each kind make of a text.

import { describe, expect, test } from 'vitest'
import { applyFixes } from '../../src/fix/apply.ts'
import type { Edit, Fix } from '../../src/fix/fix.ts'
import type { Step } from '../../src/fix/step.ts'
import { findingOf, resourceOf, ruleOf } from '../finding/sample.ts'

const path = 'some.yaml'
const finding = findingOf(ruleOf('x'), resourceOf({ kind: 'Pod', metadata: { name: 'x' } }), '')

/** The text with edits made, one fix each, or why the last of them is not made. */
function edited(text: string, ...edits: readonly Edit[]): string {
  const fixes = edits.map((edit): Fix => ({ findings: [finding], title: 'x', safety: 'safe', route: 'source', edits: [edit], changes: [] }))
  const { text: after, refused } = applyFixes(path, text, fixes)
  return [...refused.values()].at(-1) ?? after
}

const step = (change: Step): Edit => ({ path, document: 0, change })
const inTemplate = (change: Step): Edit => ({ path, document: 0, change, as: 'template' })

describe('a new file', () => {
  const start: Edit = { path, start: 'kind: Kustomization\n' }
  test('has its first text', () => expect(edited('', start)).toBe('kind: Kustomization\n'))
  test('takes further edits', () =>
    expect(edited('', start, step({ op: 'append', pointer: '/resources', value: 'web.yaml' }))).toBe(
      'kind: Kustomization\nresources:\n  - web.yaml\n',
    ))
  test('is made once', () => expect(edited('kind: Other\n', start)).toBe('kind: Other\n'))
})

describe('a part on top of another', () => {
  const merge = (value: Extract<Step, { op: 'merge' }>['value']) => step({ op: 'merge', pointer: '', value })
  test('finds its items by their names', () =>
    expect(
      edited(
        'spec:\n  containers:\n    - name: b\n      image: b # kept\n',
        merge({
          spec: {
            containers: [
              { name: 'b', tty: false },
              { name: 'c', tty: false },
            ],
          },
        }),
      ),
    ).toBe('spec:\n  containers:\n    - name: b\n      image: b # kept\n      tty: false\n    - name: c\n      tty: false\n'))
  test('replaces a list whose items have no names', () => expect(edited('drop: [A, B]\n', merge({ drop: ['ALL'] }))).toBe('drop: [ALL]\n'))
})

describe('a patch in place', () => {
  const object = { apiVersion: 'apps/v1', kind: 'Deployment', namespace: '', name: 'web' }
  const patch = (value: Extract<Step, { op: 'merge' }>['value'], pointer = '/patches') =>
    step({ op: 'patch', pointer, object, content: { kind: 'merge', value } })
  const one = patch({ spec: { paused: false } })
  const made = `resources:
  - web.yaml
patches:
  - patch: |
      apiVersion: apps/v1
      kind: Deployment
      metadata:
        name: web
      spec:
        paused: false
`
  test('is a new entry', () => expect(edited('resources:\n  - web.yaml\n', one)).toBe(made))
  test('is extended where it is there, comments kept', () =>
    expect(edited(made.replace('name: web', 'name: web # the shop'), patch({ spec: { replicas: 2 } }))).toBe(
      `${made.replace('name: web', 'name: web # the shop')}        replicas: 2\n`,
    ))
  test('leaves one for another object, or for many, alone', () => {
    for (const other of [made.replace('name: web', 'name: api'), `${made}    target:\n      labelSelector: app=web\n`])
      expect(edited(other, one)).toBe(other + made.slice(made.indexOf('  - patch')))
  })
  test('makes the lists on its way', () =>
    expect(edited('spec:\n  interval: 1h\n', patch({ spec: { paused: false } }, '/spec/postRenderers/0/kustomize/patches'))).toBe(
      `spec:\n  interval: 1h\n  postRenderers:\n    - kustomize:\n        patches:\n${made
        .slice(made.indexOf('  - patch'))
        .replace(/^/gm, '        ')
        .trimEnd()}\n`,
    ))
  test('of operations names its object beside them', () =>
    expect(
      edited(
        'resources: [web.yaml]\n',
        step({
          op: 'patch',
          pointer: '/patches',
          object,
          content: { kind: 'operations', list: [{ op: 'remove', path: '/spec/paused' }] },
        }),
      ),
    ).toBe(`resources: [web.yaml]
patches:
  - target:
      group: apps
      kind: Deployment
      name: web
    patch: |
      - op: remove
        path: /spec/paused
`))
})

describe('values in a text', () => {
  test('are edited where they stand', () =>
    expect(
      edited(
        'spec:\n  values: |\n    a: 1 # why\n\n    b: {}\n  project: x\n',
        step({ op: 'within', pointer: '/spec/values', change: { op: 'set', pointer: '/b/c', value: true } }),
      ),
    ).toBe('spec:\n  values: |\n    a: 1 # why\n\n    b:\n      c: true\n  project: x\n'))
  test('are not looked for where there is no text', () =>
    expect(edited('spec: {}\n', step({ op: 'within', pointer: '/spec/values', change: { op: 'set', pointer: '/b', value: true } }))).toBe(
      'no text stands there',
    ))
})

describe('a template', () => {
  const template = `{{- if .Values.enabled }}
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ include "web.name" . }}
  labels: {{- include "web.labels" . | nindent 4 }}
spec:
  template:
    spec:
      {{- with .Values.pullSecrets }}
      imagePullSecrets:
        {{- toYaml . | nindent 8 }}
      {{- end }}
      containers:
        - name: web
          image: "{{ .Values.image }}:{{ .Values.tag | default "1" }}"
          {{- if .Values.debug }}
          tty: true
          {{- end }}
          resources:
            {{- toYaml .Values.resources | nindent 12 }}
{{- end }}
`
  const at = (rest: string) => `/spec/template/spec/containers/0${rest}`
  const set = (pointer: string, value: boolean) => inTemplate({ op: 'set', pointer, value })

  test('takes a new block behind the lines that are always there', () =>
    expect(edited(template, set(at('/securityContext/privileged'), false))).toBe(
      template.replace(/( +)(image: .*\n)/, '$1$2$1securityContext:\n$1  privileged: false\n'),
    ))
  test('is not added to between a key and the block that an action writes below it, wherever the action stands', () => {
    const old = template.replace('            {{- toYaml .Values.resources | nindent 12 }}', '{{ toYaml .Values.resources | indent 12 }}')
    expect(edited(old, set(at('/securityContext/privileged'), false))).toBe(
      old.replace(/( +)(image: .*\n)/, '$1$2$1securityContext:\n$1  privileged: false\n'),
    )
  })
  test('is not added to between a key and a block that is written below it under a condition', () => {
    const guarded = template.replace(
      '          resources:\n            {{- toYaml .Values.resources | nindent 12 }}\n',
      '          env:\n          {{- with .Values.env }}\n            {{- toYaml . | nindent 12 }}\n          {{- end }}\n',
    )
    expect(edited(guarded, set(at('/securityContext/privileged'), false))).toBe(
      guarded.replace(/( +)(image: .*\n)/, '$1$2$1securityContext:\n$1  privileged: false\n'),
    )
  })
  test('has a value of its own changed under its condition', () =>
    expect(edited(template, set(at('/tty'), false))).toBe(template.replace('tty: true', 'tty: false')))
  test('takes two changes of one block', () =>
    expect(edited(template, set(at('/securityContext/privileged'), false), set(at('/securityContext/runAsNonRoot'), true))).toContain(
      'securityContext:\n            privileged: false\n            runAsNonRoot: true\n',
    ))
  test('is read although lines of a script stand under conditions that stand further left', () => {
    const scripted = template.replace(
      '          resources:',
      `          args:
            - -c
            - |
              {{- range .Values.hosts }}
              ping {{ . }} |
          {{- if $.Values.loud }}
                tee /dev/stderr
          {{- end }}
              done
              {{- end }}
          resources:`,
    )
    expect(edited(scripted, set(at('/securityContext/privileged'), false))).toBe(
      scripted.replace(/( +)(resources:)/, '$1securityContext:\n$1  privileged: false\n$1$2'),
    )
  })
  test.each([
    [
      'the last of a list behind what is written in its place',
      '      volumes:\n        - name: config\n          emptyDir: {}\n      {{- if .Values.claim }}\n  volumeClaimTemplates:\n    - metadata: { name: data }\n      {{- else }}\n        - name: data\n          emptyDir: {}\n      {{- end }}\n',
    ],
    [
      'keys behind an entry that an action writes',
      '      topologySpreadConstraints:\n      {{- range .Values.spread }}\n      - {{ toYaml . | nindent 8 }}\n        {{- if not .labelSelector }}\n        labelSelector:\n          matchLabels: { app: web }\n        {{- end }}\n      {{- end }}\n',
    ],
    [
      'a value below its key',
      '      nodeSelector:\n        kubernetes.io/os: linux\n      {{- if .Values.any }}\n        {}\n      {{- end }}\n',
    ],
  ])('is edited elsewhere although %s is no YAML beside the rest', (_, more) => {
    const odd = template.replace(/\{\{- end \}\}\n$/, `${more}{{- end }}\n`)
    expect(edited(odd, set(at('/tty'), false))).toBe(odd.replace('tty: true', 'tty: false'))
    expect(edited(odd, set(at('/securityContext/privileged'), false))).toBe(
      odd.replace(/( +)(image: .*\n)/, '$1$2$1securityContext:\n$1  privileged: false\n'),
    )
  })
  test('loses no line that is no YAML beside the rest', () => {
    const odd = template.replace(/\{\{- end \}\}\n$/, '      paused: true\n        odd: true\n      dnsPolicy: Default\n{{- end }}\n')
    expect(edited(odd, inTemplate({ op: 'remove', pointer: '/spec/template/spec/paused' }))).toBe(
      'what an action writes would belong to something else',
    )
    expect(edited(odd, inTemplate({ op: 'remove', pointer: '/spec/template/spec/dnsPolicy' }))).toBe(
      odd.replace('      dnsPolicy: Default\n', ''),
    )
  })
  test('has what it defines for others edited as a part of its own', () => {
    const helpers = `{{/* What all share. */}}
{{- define "web.name" -}}
{{ .Release.Name }}-web
{{- end -}}

{{- define "web.sidecar" -}}
- name: sidecar
  image: "{{ .Values.sidecar }}"
  {{- if .Values.debug }}
  tty: true
  {{- end }}
{{- end -}}
`
    const edit: Edit = { path, document: 1, change: { op: 'set', pointer: '/0/tty', value: false }, as: 'template' }
    expect(edited(helpers, edit)).toBe(helpers.replace('tty: true', 'tty: false'))
  })
  test('keeps what an action writes', () => {
    for (const pointer of ['/metadata/name', at('/image')])
      expect(edited(template, inTemplate({ op: 'set', pointer, value: 'x' }))).toBe('an action writes what would change')
    for (const pointer of ['/metadata/labels/team', at('/resources/limits')])
      expect(edited(template, inTemplate({ op: 'set', pointer, value: 'x' }))).toBe('no line for it is written under the same conditions')
    expect(edited(template, inTemplate({ op: 'remove', pointer: at('/resources') }))).toBe(
      'what an action writes would belong to something else',
    )
  })
  test('takes no action from a value', () =>
    expect(edited(template, inTemplate({ op: 'set', pointer: at('/workingDir'), value: '{{ .Values.x }}' }))).toBe(
      'a value would be read as an action',
    ))
  test('takes none from what an else would hold either', () => {
    const otherwise = (value: string): Edit => ({ path, document: 0, pointer: at('/tty'), otherwise: { op: 'set', pointer: '', value } })
    expect(edited(template, otherwise('{{ .Values.x }}'))).toBe('a value would be read as an action')
    expect(edited(template, otherwise('no'))).toBe(
      template.replace('            tty: true\n', '').replace(/( +)tty: true\n/, '$1tty: true\n$1{{- else }}\n$1tty: "no"\n'),
    )
  })
  test('keeps something under each condition', () => {
    expect(edited(template, inTemplate({ op: 'remove', pointer: at('/tty') }))).toBe(
      'a condition would be left with nothing to decide about',
    )
    const both = template.replace('tty: true\n', 'tty: true\n          stdin: true\n')
    expect(edited(both, inTemplate({ op: 'remove', pointer: at('/tty') }))).toBe(both.replace('          tty: true\n', ''))
    const other = both.replace(
      '          {{- end }}\n          resources',
      '          {{- else }}\n          workingDir: /srv\n          {{- end }}\n          resources',
    )
    expect(edited(other, inTemplate({ op: 'remove', pointer: at('/workingDir') }))).toBe(
      'a condition would be left with nothing to decide about',
    )
  })
})
