// Braces that are meant for the cluster, and braces that are not.

import { expect, test } from 'vitest'
import { placeholderBehindError, placeholderIn, shownPlaceholder } from '../../src/discover/placeholder.ts'
import { asObject } from '../../src/resource/read.ts'

function pointerIn(value: unknown): string | undefined {
  const object = asObject({ base: '', value })
  return object === undefined ? 'no object' : placeholderIn(object)?.pointer
}

const container = (fields: object) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'web' },
  spec: { containers: [{ name: 'app', ...fields }] },
})

test.each([
  ['data of a ConfigMap', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' }, data: { 'x.tmpl': '{{ .Host }}' } }],
  ['an annotation', { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a', annotations: { 'vault/template': '{{ with secret "x" }}' } } }],
  ['a script', container({ command: ['sh', '-c', "docker ps --format '{{.ID}}'"] })],
  ['an argument', container({ args: ['--format={{.Level}}'] })],
  ['an environment value', container({ env: [{ name: 'FORMAT', value: '{{.Time}}' }] })],
  ['text of several lines', container({ workingDir: 'a\n{{ b }}\n' })],
  ['clear data of a Secret', { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'a' }, stringData: { config: '{{ .x }}' } }],
  [
    'an alert',
    {
      apiVersion: 'monitoring.coreos.com/v1',
      kind: 'PrometheusRule',
      metadata: { name: 'a' },
      spec: { summary: 'down: {{ $labels.pod }}' },
    },
  ],
  [
    'a workflow image',
    {
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'Workflow',
      metadata: { generateName: 'a-' },
      spec: { image: '{{inputs.parameters.image}}' },
    },
  ],
  [
    'an application set',
    {
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'ApplicationSet',
      metadata: { name: 'a' },
      spec: { template: { metadata: { name: '{{name}}' } } },
    },
  ],
  [
    'the text of a definition',
    { apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition', metadata: { name: 'a' }, spec: { x: 'use {{ this }}' } },
  ],
  ['a parameter of an OpenShift template', container({ image: '${{IMAGE}}' })],
  ['a variable', container({ image: '${REGISTRY}/app:$(TAG)' })],
])('%s may hold braces', (_, value) => {
  expect(pointerIn(value)).toBeUndefined()
})

test.each([
  ['a name', { apiVersion: 'v1', kind: 'Pod', metadata: { name: '{{ name }}' } }, '/metadata/name'],
  ['the name of a custom resource', { apiVersion: 'example.org/v1', kind: 'Thing', metadata: { name: '{{ name }}' } }, '/metadata/name'],
  [
    'a label of a custom resource',
    { apiVersion: 'example.org/v1', kind: 'Thing', metadata: { labels: { app: '{{ x }}' } } },
    '/metadata/labels/app',
  ],
  ['an image', container({ image: '{{ image }}' }), '/spec/containers/0/image'],
  ['a key', { apiVersion: 'v1', kind: 'Pod', spec: { '{{ key }}': 1 } }, '/spec'],
  ['encoded data of a Secret', { apiVersion: 'v1', kind: 'Secret', data: { a: '{{ x | b64enc }}' } }, '/data/a'],
  [
    'a Gateway route, which is as strict as what is built in',
    { apiVersion: 'gateway.networking.k8s.io/v1', kind: 'HTTPRoute', spec: { hostnames: ['{{ h }}'] } },
    '/spec/hostnames/0',
  ],
])('%s with braces makes a template', (_, value, pointer) => {
  expect(pointerIn(value)).toBe(pointer)
})

test.each([
  ['a control line', 'a: 1\n{{- if .Values.x }}\nb: 2\n', 5, '{{- if .Values.x }}'],
  ['a bare value', 'kind: Pod\nname: {{ .Release.Name }}\n', 16, 'name: {{ .Release.Name }}'],
  ['a Jinja block', '{% for x in y %}\na: 1\n', 0, '{% for x in y %}'],
  ['an at sign where reading stopped', 'a: 1\nimage: @IMAGE@\n', 12, 'image: @IMAGE@'],
  ['a line that only names a variable', 'a: 1\n${EXTRA}\nb: 2\n', 15, '${EXTRA}'],
])('%s explains why a text is no YAML', (_, text, offset, expected) => {
  expect(placeholderBehindError(text, offset)).toBe(expected)
})

test.each([
  ['a plain mistake', 'a: 1\n  b: 2\n', 8],
  ['braces in a text far from the mistake', 'note: "see {{ x }}"\na: 1\nb: 2\nc: 3\nd: 4\n  e: 5\n', 46],
  ['an expression of a workflow', 'x: ${{ github.sha }}\n  y: 1\n', 24],
])('%s is a mistake', (_, text, offset) => {
  expect(placeholderBehindError(text, offset)).toBeUndefined()
})

test.each([
  ['password: {{ prefix }}Trawl-Winch', 'password: {{ prefix }}'],
  ['  - token: Trawl{{ suffix }}', 'token: {{ suffix }}'],
  ['name: {{ .Values.name | default "Trawl-Winch" }}', 'name: {{ .Values.name | default … }}'],
  ['{{ .Values.password | quote', '{{'],
  ['image: @IMAGE@', 'image: @IMAGE@'],
  ['${EXTRA}', '${EXTRA}'],
])('of the line %s a person is shown %s', (line, expected) => {
  expect(shownPlaceholder(line)).toBe(expected)
})
