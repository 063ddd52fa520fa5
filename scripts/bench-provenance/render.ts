// A copy of what a target reads, rendered by the native tool.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { resourcesIn } from '../../src/resource/read.ts'
import type { Resource } from '../../src/resource/resource.ts'
import { lineStarts } from '../../src/text/position.ts'
import { parseYaml } from '../../src/yaml/parse.ts'
import { run } from '../bench-render/native.ts'
import type { Candidate } from './seen.ts'

/** The objects of a target by the native tool, or what the tool said. */
export function rendered({ seen, target }: Candidate, edits: ReadonlyMap<string, string>): readonly Resource[] | string {
  const folder = mkdtempSync(join(tmpdir(), 'bench-provenance-'))
  try {
    for (const path of target.inputs) {
      const bytes = edits.get(path) ?? seen.tree.read(path)
      if (bytes === undefined) continue
      mkdirSync(join(folder, dirname(path)), { recursive: true })
      writeFileSync(join(folder, path), bytes)
    }
    const result =
      target.kind === 'chart'
        ? run('helm4', [
            'template',
            target.release,
            join(folder, target.chart.kind === 'tree' ? target.chart.path : ''),
            '--namespace',
            target.namespace,
            '--kube-version',
            seen.facts.kubernetesVersion,
            ...target.values.flatMap((one) => (one.kind === 'file' ? ['-f', join(folder, one.path)] : [])),
          ])
        : run('kustomize', ['build', join(folder, target.folder), '--enable-helm=false'])
    return result.ok ? objectsIn(result.output) : (result.error.split('\n').at(-1) ?? '').slice(0, 160)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function objectsIn(text: string): readonly Resource[] {
  const starts = lineStarts(text)
  return parseYaml(text).flatMap((yaml, index) => resourcesIn({ path: 'rendered.yaml', text, lineStarts: starts, yaml, index }))
}
