// Public charts and overlays to make a repository of: drawn by a seed among those that render natively to enough objects.

import { cpSync, mkdirSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { policyOf } from '../../src/config.ts'
import { newMemo } from '../../src/discover/memo.ts'
import { survey } from '../../src/discover/survey.ts'
import type { RenderTarget } from '../../src/discover/target.ts'
import { folderTree } from '../../src/io/folder-tree.ts'
import { settingsOf } from '../../src/observe.ts'
import { prepareCharts } from '../bench-render/charts.ts'
import { foldersBelow } from '../bench-render/folders.ts'
import { run } from '../bench-render/native.ts'

/** A chart, or a kustomization with the files it reads. `folder` is what is rendered, `copy` puts it into another folder and tells where it is there. */
export type Part = {
  readonly kind: 'chart' | 'overlay'
  readonly name: string
  readonly objects: number
  /** Puts it below a folder; the path of what is rendered, relative to that folder. */
  readonly copyTo: (folder: string) => string
}

export type Wanted = { readonly count: number; readonly objects: number; readonly random: (below: number) => number }

/** Charts with the dependencies that others of them can be; `work` is a folder for copies. */
export function drawCharts(roots: readonly string[], work: string, wanted: Wanted): readonly Part[] {
  const charts = prepareCharts(
    roots.flatMap((root) => foldersBelow(root).charts),
    work,
  ).filter(({ values }) => values.length === 0)
  return draw(charts, wanted, ({ folder }) => ({
    kind: 'chart',
    name: basename(folder),
    objects: objectsOf(run('helm4', ['template', 'release', folder])),
    copyTo: (to) => {
      cpSync(folder, to, { recursive: true, dereference: true })
      return ''
    },
  }))
}

/** Kustomizations that no other one names. */
export function drawOverlays(roots: readonly string[], wanted: Wanted): readonly Part[] {
  const settings = settingsOf(policyOf({}, {}, { source: 'built-in defaults', ignore: [] }))
  const overlays = roots.flatMap((root) =>
    survey(folderTree(root), settings, newMemo()).rendered.flatMap((target) =>
      target.kind === 'kustomization' && target.root.kind === 'overlay' && target.missing.length === 0 ? [{ root, target }] : [],
    ),
  )
  return draw(overlays, wanted, ({ root, target }) => ({
    kind: 'overlay',
    name: target.root.path.replaceAll(/[^a-z0-9]+/gi, '-').toLowerCase(),
    objects: objectsOf(run('kustomize', ['build', dirname(join(root, target.root.path))])),
    copyTo: (to) => copyInputs(root, target, to),
  }))
}

function copyInputs(root: string, { inputs, root: { path } }: RenderTarget, to: string): string {
  for (const input of inputs) {
    mkdirSync(dirname(join(to, input)), { recursive: true })
    cpSync(join(root, input), join(to, input), { dereference: true })
  }
  return dirname(path)
}

function draw<Item>(items: readonly Item[], { count, objects, random }: Wanted, part: (item: Item) => Part): readonly Part[] {
  const left = [...items]
  const drawn: Part[] = []
  while (drawn.length < count && left.length > 0) {
    const candidates = left.splice(random(left.length), 1).map(part)
    drawn.push(...candidates.filter((one) => one.objects >= objects))
  }
  return drawn
}

function objectsOf({ ok, output }: { readonly ok: boolean; readonly output: string }): number {
  return ok ? (output.match(/^kind: /gm)?.length ?? 0) : 0
}
