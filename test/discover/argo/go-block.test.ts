// Texts with Go's actions, as Go's own template package fills them.

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { goText } from '../../../src/discover/argo/go-block.ts'

const data = { a: 'x', none: '', n: 3, on: true, list: ['p', 'q'], map: { k: 'v', b: 'w' }, deep: { inner: { c: 1 } } }

test.each([
  ['plain', 'plain'],
  ['{{ .a }}-{{.n}}', 'x-3'],
  ['{{/* a note */}}b', 'b'],
  ['a {{- .a -}} b', 'axb'],
  ['a\n{{- if .on }}\nb\n{{- end }}\nc', 'a\nb\nc'],
  ['{{ if .on }}1{{ else }}2{{ end }}', '1'],
  ['{{ if .gone }}1{{ else }}2{{ end }}', '2'],
  ['{{ if eq .a "y" }}1{{ else if eq .a "x" }}2{{ else }}3{{ end }}', '2'],
  ['{{ if and .on (not .none) }}1{{ end }}', '1'],
  ['{{ if or .none .gone }}1{{ else }}2{{ end }}', '2'],
  ['{{ range .list }}<{{ . }}>{{ end }}', '<p><q>'],
  ['{{ range $at, $one := .list }}{{ $at }}{{ $one }}{{ $.a }}{{ end }}', '0px1qx'],
  ['{{ range $key, $one := .map }}{{ $key }}={{ $one }};{{ end }}', 'b=w;k=v;'],
  ['{{ range .gone }}1{{ else }}nothing{{ end }}', 'nothing'],
  ['{{ with .deep }}{{ .inner.c }}{{ end }}', '1'],
  ['{{ $x := .deep.inner }}{{ $x.c }}', '1'],
  ['{{ if .on }}{{ range .list }}{{ if eq . "q" }}{{ . }}{{ end }}{{ end }}{{ end }}', 'q'],
  ['{{ if .none }}{{ include "x" }}{{ end }}', ''],
  ['{{ .deep | toJson }}', '{"inner":{"c":1}}'],
  ['a:{{ .list | toYaml | nindent 2 }}', 'a:\n  ["p","q"]'],
  ['{{ "}}" }}', '}}'],
  ['{{ ternary "a" "b" .on }}{{ hasKey .map "k" }}{{ default "d" .none }}', 'atrued'],
])('%s', (template, expected) => {
  expect(goText(template, data)).toEqual({ text: expected })
})

test.each([
  ['{{ .gone }}', '{{.gone}}'],
  ['{{ include "x" . }}', '{{include "x" .}}'],
  ['{{ if (foo .a) }}{{ end }}', '{{(foo .a)}}'],
  ['{{ if .on }}', '{{no end}}'],
  ['{{ end }}', '{{end}}'],
  ['{{ $gone }}', '{{$gone}}'],
  ['{{ .constructor }}', '{{.constructor}}'],
  ['{{ "open }}', '{{ "open }}}}'],
  ['{{ env "HOME" }}', '{{env "HOME"}}'],
])('%s is refused', (template, refused) => {
  expect(goText(template, data)).toEqual({ refused })
})

test('is bounded, however loops are nested', () => {
  const list = Array.from({ length: 100 }, () => 'x'.repeat(100))
  expect(goText('{{range $.l}}{{range $.l}}{{range $.l}}{{range $.l}}{{.}}{{end}}{{end}}{{end}}{{end}}', { l: list })).toHaveProperty(
    'refused',
  )
})

test('ends for whatever is written, as text or refused', () => {
  const parts = fc.array(
    fc.constantFrom(
      '{{',
      '}}',
      '-',
      ' ',
      'if .a',
      'else',
      'end',
      'range .list',
      'with .map',
      '.a',
      '"',
      '`',
      '$x := .a',
      '$x',
      '(',
      ')',
      '|',
      'x',
      '/*',
      '*/',
    ),
  )
  fc.assert(
    fc.property(parts, (words) => {
      const template = words.join('')
      const filled = goText(template, data)
      if (!template.includes('{{')) expect(filled).toEqual({ text: template })
      else expect('text' in filled || 'refused' in filled).toBe(true)
    }),
  )
})
