// The engine's work done by native Helm and kustomize, so that what a fix does is seen by the tools that people deploy with.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { Engine, EngineAnswer, EngineFailure, HelmDocument, HelmRequest, KustomizeRequest } from '../../src/render/engine.ts'
import { pathOf, type Run, runBeside } from '../bench-render/native.ts'

/** Renders with the native tools. */
export const nativeEngine: Engine = async (request) => {
  const work = mkdtempSync(join(tmpdir(), 'bench-fixes-'))
  try {
    return await (request.kind === 'helm' ? helm(request, work) : kustomize(request, work))
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}

function put(work: string, path: string, content: Uint8Array | string): string {
  const place = join(work, path)
  mkdirSync(dirname(place), { recursive: true })
  writeFileSync(place, content)
  return place
}

async function helm(request: HelmRequest, work: string): Promise<EngineAnswer> {
  const packed = request.files.length === 1 && request.files[0]?.path.endsWith('.tgz') === true
  for (const { path, bytes } of request.files) put(work, join('chart', path), bytes)
  const chart = packed ? join(work, 'chart', request.files[0]?.path ?? '') : join(work, 'chart')
  const words = ['template', request.release, chart, '--namespace', request.namespace, '--kube-version', request.kubernetesVersion]
  for (const version of request.apiVersions) words.push('--api-versions', version)
  for (const [at, text] of request.values.entries()) words.push('-f', put(work, `values-${at}.yaml`, text))
  for (const [at, { name, value, as }] of request.sets.entries())
    words.push(setWord[as], as === 'file' ? `${name}=${put(work, `set-${at}`, value)}` : `${name}=${value}`)
  if (request.includeCrds) words.push('--include-crds')
  if (request.skipSchema) words.push('--skip-schema-validation')
  const made = await runBeside('helm4', words)
  return made.ok ? { ok: true, kind: 'helm', documents: documentsIn(made.output), gaps: [], untraced: [] } : failure(made)
}

const setWord = { typed: '--set', string: '--set-string', json: '--set-json', file: '--set-file' } as const

function documentsIn(output: string): readonly HelmDocument[] {
  return output
    .split(/^---\n(?=# Source: )/m)
    .filter((text) => text.startsWith('# Source: '))
    .map((text) => {
      const [, source = '', content = ''] = /^# Source: (.*)\n([\s\S]*)$/.exec(text) ?? []
      return { template: source.replace(/^[^/]+\//, ''), source, content, role: 'manifest', lines: [] }
    })
}

async function kustomize({ files, folder }: KustomizeRequest, work: string): Promise<EngineAnswer> {
  for (const { path, bytes } of files) put(work, path, bytes)
  const made = await runBeside('kustomize', ['build', join(work, folder), '--enable-helm', '--helm-command', pathOf('helm4')])
  if (!made.ok) return failure(made)
  const documents = made.output.split(/^---\n/m).map((content) => ({ content }))
  return { ok: true, kind: 'kustomize', documents, gaps: [] }
}

function failure({ error }: Run): EngineFailure {
  return { ok: false, reason: 'render', message: error.slice(0, 400), gaps: [] }
}
