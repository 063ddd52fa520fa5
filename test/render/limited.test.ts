// Many renders that have to be stopped are the end of rendering.

import { expect, test } from 'vitest'
import type { EngineAnswer } from '../../src/render/engine.ts'
import { limited } from '../../src/render/limited.ts'
import { refusing } from '../../src/render/refusing.ts'
import { renderTarget } from '../../src/render/render.ts'
import { treeOf } from '../discover/tree.ts'
import { chartTarget, engineOf, helmAnswer } from './sample.ts'

const tree = treeOf({ 'shop/Chart.yaml': 'name: shop\n' })
const service = helmAnswer('templates/web.yaml', 'apiVersion: v1\nkind: Service\nmetadata:\n  name: web\n')
const failing = (reason: 'render' | 'deadline' | 'memory'): EngineAnswer => ({ ok: false, reason, message: 'x', gaps: [] })

/** The codes of the problems of four charts, of which the first ones end so. */
async function codes(ends: readonly EngineAnswer[]) {
  let at = 0
  const engine = limited(engineOf(() => ends[at++] ?? service).engine, 2)
  const run = { tree, engine, sources: refusing, kubernetesVersion: '1.37' }
  const all: string[] = []
  for (const id of ['a', 'b', 'c', 'd']) {
    const { problems } = await renderTarget(chartTarget({ id }), run)
    all.push(problems[0]?.code ?? 'rendered')
  }
  return all
}

test('after the last that may be stopped the others are left out', async () => {
  expect(await codes([failing('deadline'), failing('memory')])).toEqual([
    'render-deadline',
    'render-memory',
    'render-left-out',
    'render-left-out',
  ])
})

test('what fails by itself holds nobody up', async () => {
  expect(await codes([failing('render'), failing('render'), failing('deadline')])).toEqual([
    'render-failed',
    'render-failed',
    'render-deadline',
    'rendered',
  ])
})
