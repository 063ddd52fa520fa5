// Builds kustomizations with the engine and with native kustomize.

import { relative } from 'node:path'
import type { Engine, EngineFile } from '../../src/render/engine.ts'
import { row } from './charts.ts'
import { closureOf } from './closure.ts'
import { pathOf, run } from './native.ts'
import type { Row } from './row.ts'

/** `files` are all of the tree at `root`: the engine gets what the kustomization names, and all of them where that is not enough. */
export async function buildKustomization(engine: Engine, root: string, folder: string, files: readonly EngineFile[]): Promise<Row> {
  const words = ['build', folder, '--enable-helm', '--helm-command', pathOf('helm4')]
  const native = run('kustomize', words)
  const below = relative(root, folder).replaceAll('\\', '/')
  const build = (some: readonly EngineFile[]) => engine({ kind: 'kustomize', files: some, folder: below, kubernetesVersion: 'v1.37.0' })
  const some = closureOf(files, below)
  const start = performance.now()
  const first = await build(some)
  const ms = performance.now() - start
  const answer = first.ok || !native.ok ? first : await build(files)
  const ours = answer.ok ? answer.documents.map(({ content }) => content).join('---\n') : undefined
  const failure = answer.ok ? '' : answer.message
  return row({ label: folder, subcharts: 0, ms, what: 'kustomize', native, ours, failure, again: () => [run('kustomize', words).output] })
}
