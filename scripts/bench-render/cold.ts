// The time from the start of a process to its first rendered chart or kustomization, beside that of the native tools.

import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { rolldown } from 'rolldown'
import { root } from '../build/bundle.ts'
import { pathOf } from './native.ts'
import { median } from './row.ts'

const folder = join(root, '.cache/bench')

const chart = {
  'Chart.yaml': 'apiVersion: v2\nname: cold\nversion: 0.1.0\n',
  'values.yaml': 'image: {repository: nginx, tag: "1"}\nreplicas: 2\n',
  'templates/_helpers.tpl': '{{- define "cold.labels" -}}\napp: {{ .Chart.Name }}\nrelease: {{ .Release.Name }}\n{{- end -}}\n',
  'templates/web.yaml':
    'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: {{ .Release.Name }}\n  labels: {{- include "cold.labels" . | nindent 4 }}\nspec:\n  replicas: {{ .Values.replicas }}\n  template:\n    spec:\n      containers:\n        - name: web\n          image: "{{ .Values.image.repository }}:{{ .Values.image.tag }}"\n',
}
const overlay = {
  'base/kustomization.yaml': 'resources: [web.yaml]\n',
  'base/web.yaml':
    'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec: {template: {spec: {containers: [{name: app, image: web}]}}}\n',
  'overlay/kustomization.yaml':
    'resources: [../base]\nnamePrefix: prod-\npatches: [{path: patch.yaml}]\nimages: [{name: web, newTag: v2}]\n',
  'overlay/patch.yaml': 'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec: {replicas: 2}\n',
}

export type Cold = { readonly what: string; readonly ms: number; readonly least: number }

/** Medians of `rounds` runs; the four commands take turns, so that what else the machine does meets all of them. */
export async function coldStarts(rounds: number): Promise<readonly Cold[]> {
  await bundle()
  write('chart', chart)
  write('kustomization', overlay)
  writeFileSync(join(folder, 'nothing.js'), '')
  const here = (kind: string, place: string) => [process.execPath, join(folder, 'first.js'), kind, join(folder, place)]
  const commands: Readonly<Record<string, readonly string[]>> = {
    'Node alone': [process.execPath, join(folder, 'nothing.js')],
    'engine, first chart': here('helm', 'chart'),
    'native helm 4': [pathOf('helm4'), 'template', 'rel', join(folder, 'chart')],
    'engine, first kustomization': here('kustomize', 'kustomization'),
    'native kustomize': [pathOf('kustomize'), 'build', join(folder, 'kustomization/overlay')],
  }
  const times = new Map<string, number[]>()
  for (let round = 0; round <= rounds; round++) {
    for (const [what, [command = '', ...words]] of Object.entries(commands)) {
      const start = performance.now()
      const { status, stderr } = spawnSync(command, words, { encoding: 'utf8' })
      if (status !== 0) throw new Error(`${what} failed: ${stderr}`)
      // The first round fills the caches of the machine.
      if (round > 0) times.set(what, [...(times.get(what) ?? []), performance.now() - start])
    }
  }
  return [...times].map(([what, all]) => ({ what, ms: median(all), least: Math.min(...all) }))
}

async function bundle(): Promise<void> {
  rmSync(folder, { recursive: true, force: true })
  for (const [name, file] of Object.entries({ first: 'scripts/bench-render/first.ts', 'engine-worker': 'src/io/engine-worker.ts' })) {
    const built = await rolldown({ input: { [name]: join(root, file) }, platform: 'node' })
    await built.write({ dir: folder, format: 'esm', minify: true, codeSplitting: false, entryFileNames: '[name].js' })
    await built.close()
  }
  copyFileSync(join(root, 'dist/engine.wasm'), join(folder, 'engine.wasm'))
}

function write(place: string, texts: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(texts)) {
    mkdirSync(dirname(join(folder, place, path)), { recursive: true })
    writeFileSync(join(folder, place, path), text)
  }
}
