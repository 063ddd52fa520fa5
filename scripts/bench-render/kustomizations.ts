// Builds kustomizations with the engine and with native kustomize.

import { relative } from 'node:path'
import type { Engine, EngineFile } from '../../src/render/engine.ts'
import { row } from './charts.ts'
import { closureOf } from './closure.ts'
import { meaningOf } from './meaning.ts'
import { pathOf, run } from './native.ts'
import type { Row } from './row.ts'

/** `files` are all of the tree at `root`: the engine gets what the kustomization names, and all of them where that is not enough. */
export async function buildKustomization(engine: Engine, root: string, folder: string, files: readonly EngineFile[]): Promise<Row> {
  const words = ['build', folder, '--enable-helm', '--helm-command', pathOf('helm4')]
  const build = () => {
    const native = run('kustomize', words)
    return native.ok ? { ...native, output: meaningOf(native.output) } : native
  }
  const native = build()
  const below = relative(root, folder).replaceAll('\\', '/')
  const ask = (some: readonly EngineFile[]) => engine({ kind: 'kustomize', files: some, folder: below, kubernetesVersion: 'v1.37.0' })
  const some = closureOf(files, below)
  const start = performance.now()
  const first = await ask(some)
  const ms = performance.now() - start
  const answer = first.ok || !native.ok ? first : await ask(files)
  const ours = answer.ok ? meaningOf(answer.documents.map(({ content }) => content).join('---\n')) : undefined
  const failure = answer.ok ? '' : answer.message
  return row({ label: folder, subcharts: 0, ms, what: 'kustomize', native, ours, failure, again: () => [build().output] })
}
