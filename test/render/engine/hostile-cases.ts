// What a pull request may hold to stop, to fill or to leave the engine.

import type { HelmRequest, KustomizeRequest } from '../../../src/render/engine.ts'
import { packed } from './archive.ts'
import { chart, kustomization } from './requests.ts'

export function template(text: string, values = '{}\n'): HelmRequest {
  return chart({ 'templates/a.yaml': text, 'values.yaml': values })
}

/** What never ends by itself. */
export const endless: readonly (readonly [name: string, request: HelmRequest])[] = [
  ['a loop within loops', template('{{ range until 100000 }}{{ range until 100000 }}{{ end }}{{ end }}')],
  [
    'a chain of templates that call each other twice',
    template(
      '{{ define "x" }}{{ if lt (int .) 60 }}{{ include "x" (add1 .) }}{{ include "x" (add1 .) }}{{ end }}{{ end }}a: {{ include "x" 0 }}',
    ),
  ],
]

/** What grows without an end. */
export const growing: readonly (readonly [name: string, request: HelmRequest])[] = [
  ['text that doubles forty times', template('{{ $s := "x" }}{{ range until 40 }}{{ $s = printf "%s%s" $s $s }}{{ end }}a: {{ len $s }}')],
  ['a list of a billion', template('{{ range until 1000000000 }}{{ end }}')],
]

/** What the engine sees through, with what it says. */
export const refused: readonly (readonly [name: string, request: HelmRequest | KustomizeRequest, message: RegExp])[] = [
  [
    'a template that calls tpl on itself',
    template('a: {{ tpl .Values.t . }}', 't: "{{ tpl .Values.t . }}"\n'),
    /tpl is nested more than 100 times/,
  ],
  [
    'a template that includes itself',
    template('{{ define "x" }}{{ include "x" . }}{{ end }}a: {{ include "x" . }}'),
    /nested reference name: x|exceeded maximum template depth/,
  ],
  ['text repeated two billion times', template('a: {{ repeat 2000000000 "aaaa" | len }}'), /repeat/i],
  ['aliases within aliases', template('a: b', bomb()), /excessive aliasing/],
  [
    'a schema with a reference to a host',
    chart({ 'values.schema.json': '{"$ref":"http://169.254.169.254/latest"}' }),
    /refers to http:\/\/169\.254\.169\.254\/latest, which is not loaded/,
  ],
  [
    'a schema with a reference to a file',
    chart({ 'values.schema.json': '{"$ref":"file:///etc/passwd"}' }),
    /refers to file:\/\/\/etc\/passwd, which is not loaded/,
  ],
  [
    'an archive that leads outside',
    chart({ 'charts/evil-1.0.0.tgz': packed({ 'evil/../../etc/passwd': 'x' }) }),
    /references parent directory|outside the base directory/,
  ],
  ['an archive that is none', chart({ 'charts/evil-1.0.0.tgz': 'no archive' }), /evil-1\.0\.0\.tgz/],
  [
    'an archive that unpacks to 200 MiB',
    chart({ 'charts/bomb-1.0.0.tgz': packed({ 'bomb/templates/a.yaml': Buffer.alloc(200 << 20) }) }),
    /larger than the maximum size/,
  ],
  ['a Kubernetes version that is none', chart({}, { kubernetesVersion: 'newest' }), /newest/],
  [
    'a file outside of the files',
    kustomization({ 'overlay/kustomization.yaml': 'configMapGenerator: [{name: x, files: [/etc/passwd]}]\n' }),
    /etc\/passwd/,
  ],
  ['a file above the folder', kustomization({ 'overlay/kustomization.yaml': 'resources: [../../../../etc/passwd]\n' }), /etc\/passwd/],
  [
    'a resource of a host',
    kustomization({ 'overlay/kustomization.yaml': 'resources: ["https://example.com/a.yaml"]\n' }),
    /not in the files that were given/,
  ],
  [
    'a base in another repository',
    kustomization({ 'overlay/kustomization.yaml': 'resources: ["https://github.com/a/b//c?ref=v1"]\n' }),
    /not in the files that were given/,
  ],
  ['a generator that is a program', kustomization(plugin('exec: {path: /bin/sh}')), /plugins disabled|not enabled|unable to/i],
  ['a generator that is a container', kustomization(plugin('container: {image: evil}')), /plugins disabled|not enabled|unable to/i],
  [
    'bases in a circle',
    kustomization({ 'overlay/kustomization.yaml': 'resources: [../a]\n', 'a/kustomization.yaml': 'resources: [../overlay]\n' }),
    /cycle/,
  ],
]

/** Nine levels of nine aliases each. */
function bomb(): string {
  const names = [...'abcdefghi']
  return names.map((name, at) => `${name}: &${name} [${Array(9).fill(at === 0 ? 'x' : `*${names[at - 1]}`)}]`).join('\n')
}

function plugin(annotation: string) {
  return {
    'overlay/kustomization.yaml': 'generators: [g.yaml]\n',
    'overlay/g.yaml': `apiVersion: v1\nkind: G\nmetadata:\n  name: g\n  annotations:\n    config.kubernetes.io/function: |\n      ${annotation}\n`,
  }
}
