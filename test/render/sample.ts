// Targets, places and an engine that plays one for tests: it gives back what a test wrote.

import type { ChartTarget, KustomizationTarget, Place } from '../../src/discover/target.ts'
import type { Engine, EngineAnswer, EngineRequest, HelmAnswer, HelmDocument, LineOrigin } from '../../src/render/engine.ts'
import type { Document } from '../../src/resource/document.ts'
import { lineStarts } from '../../src/text/position.ts'
import { parseYaml } from '../../src/yaml/parse.ts'

/** A file with one document. */
export function documentAt(path: string, text: string): Document {
  const [yaml] = parseYaml(text)
  if (yaml === undefined) throw new Error(`${path} holds nothing`)
  return { path, text, lineStarts: lineStarts(text), yaml, index: 0 }
}

/** A place in a file with one document. */
export function placeIn(path: string, text: string, pointer = ''): Place {
  return { document: documentAt(path, text), pointer }
}

export function chartTarget(parts: Partial<ChartTarget> = {}): ChartTarget {
  return {
    kind: 'chart',
    id: 'chart shop',
    inputs: ['shop/Chart.yaml', 'shop/values.yaml', 'shop/templates/web.yaml'],
    environments: [],
    root: { kind: 'chart', path: 'shop/Chart.yaml', name: 'shop' },
    through: [],
    covers: [],
    missing: [],
    chart: { kind: 'tree', path: 'shop' },
    values: [],
    release: 'shop',
    namespace: 'shop',
    apiVersions: [],
    skipSchemaValidation: false,
    dependencies: [],
    overlay: [],
    ...parts,
  }
}

export function kustomizationTarget(parts: Partial<KustomizationTarget> = {}): KustomizationTarget {
  return {
    kind: 'kustomization',
    id: 'kustomization prod',
    inputs: ['prod/kustomization.yaml'],
    environments: [],
    root: { kind: 'overlay', path: 'prod/kustomization.yaml', name: 'prod' },
    through: [],
    covers: [],
    missing: [],
    folder: 'prod',
    overlay: [],
    remotes: [],
    charts: [],
    ...parts,
  }
}

/** What a chart gives: a document whose line n stems from line n of the template. */
export function helmAnswer(template: string, content: string, values: Readonly<Record<number, LineOrigin['values']>> = {}): HelmAnswer {
  const lines = content.split('\n').map((_, at) => ({ file: template, line: at + 1, values: values[at + 1] ?? [] }))
  const document: HelmDocument = { template, content, role: 'manifest', lines }
  return { ok: true, kind: 'helm', documents: [document], gaps: [], untraced: [] }
}

/** An engine that answers each request by a function, and remembers what it was asked. */
export function engineOf(answer: (request: EngineRequest) => EngineAnswer): { readonly engine: Engine; readonly asked: EngineRequest[] } {
  const asked: EngineRequest[] = []
  return {
    asked,
    engine: async (request) => {
      asked.push(request)
      return answer(request)
    },
  }
}
