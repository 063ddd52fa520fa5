// A folder of charts and kustomizations, looked at as a scan looks at it.

import type { Tree } from '../../src/change/tree.ts'
import { policyOf } from '../../src/config.ts'
import { newMemo } from '../../src/discover/memo.ts'
import type { RenderTarget } from '../../src/discover/target.ts'
import type { Finding } from '../../src/finding/finding.ts'
import { folderTree } from '../../src/io/folder-tree.ts'
import { engine } from '../../src/io/rendering.ts'
import { type Observation, observeTree } from '../../src/observe.ts'
import { memoised } from '../../src/render/memo.ts'
import { refusing } from '../../src/render/refusing.ts'
import { schemaless } from '../../src/render/schemaless.ts'
import { ruleSet } from '../../src/rule/rule-set.ts'
import type { Trace } from '../../src/trace/spot.ts'
import type { Tracer } from '../../src/trace/trace.ts'
import { silent } from '../../src/watch.ts'
import { loadRules } from '../rulebook.ts'

export type Seen = {
  readonly folder: string
  readonly tree: Tree
  readonly observation: Observation
  readonly facts: { readonly kubernetesVersion: string; readonly registries: readonly string[]; readonly repositories: readonly string[] }
}

/** A finding in what a chart or an overlay renders to, on its own: with its values files, without Argo CD or Flux. */
export type Candidate = {
  readonly seen: Seen
  readonly finding: Finding
  readonly target: RenderTarget
  readonly kind: 'chart' | 'kustomization'
  readonly home: string
}

/** A candidate with the place that the program names for it. */
export type Drawn = Candidate & { readonly trace: Trace; readonly tracer: Tracer }

export async function look(folder: string): Promise<Seen> {
  const policy = policyOf({}, { failOn: 'never' }, { source: 'built-in defaults', ignore: [] })
  const facts = { kubernetesVersion: policy.kubernetesVersion.value, registries: [], repositories: [] }
  const rules = loadRules()
    .map(({ rule }) => rule)
    .filter(({ profiles }) => profiles.includes('default'))
  const tree = folderTree(folder, '', folder)
  const observer = {
    policy,
    rules: ruleSet(rules, facts, {}),
    engine: schemaless(memoised(engine)),
    sources: refusing,
    memo: newMemo(),
    watch: silent,
  }
  return { folder, tree, observation: await observeTree(tree, observer), facts }
}

/** One of each fault of each chart or overlay, in a fixed order. */
export function candidatesIn(seen: Seen): readonly Candidate[] {
  const { targets } = seen.observation.scene
  const found = new Map<string, Candidate>()
  for (const finding of seen.observation.findings) {
    const target = targets.get(finding.resource.document.rendering?.target ?? '')
    if (target === undefined || (target.root.kind !== 'chart' && target.root.kind !== 'overlay')) continue
    if (target.kind === 'chart' && (target.chart.kind !== 'tree' || target.values.some(({ kind }) => kind !== 'file'))) continue
    const home = `${seen.folder}/${target.root.path}`
    const key = `${home}\n${finding.fingerprint}`
    if (!found.has(key)) found.set(key, { seen, finding, target, kind: target.kind, home })
  }
  return [...found.values()]
}
