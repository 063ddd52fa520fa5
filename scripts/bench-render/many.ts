// Trees of thousands of targets, harmless and hostile ones: how long they take as a whole, and whether each target was rendered or named.

import { policyOf } from '../../src/config.ts'
import { openEngine } from '../../src/io/engine.ts'
import { refusing } from '../../src/render/refusing.ts'
import { scan } from '../../src/scan.ts'
import { silent } from '../../src/watch.ts'
import { type Files, treeOf } from '../../test/discover/tree.ts'
import { loadRules, rulebookOf } from '../rulebook.ts'

const targets = 5_000
const longest = 120_000

const pod = (name: string) => `apiVersion: v1\nkind: Pod\nmetadata:\n  name: ${name}\nspec:\n  hostNetwork: true\n`
const loop = '{{ range until 100000 }}{{ range until 100000 }}{{ end }}{{ end }}'

const trees: Readonly<Record<string, (folder: string) => Files>> = {
  'kustomizations of one object': (folder) => ({
    [`${folder}/kustomization.yaml`]: 'resources: [web.yaml]\nnamePrefix: my-\n',
    [`${folder}/web.yaml`]: pod(folder),
  }),
  'charts with a loop within loops': (folder) => ({
    [`${folder}/Chart.yaml`]: `apiVersion: v2\nname: ${folder}\nversion: 1.0.0\n`,
    [`${folder}/templates/web.yaml`]: loop,
  }),
}

/** Prints how long each tree takes, and gives back what falls short. */
export async function printMany(): Promise<readonly string[]> {
  const short: string[] = []
  const policy = policyOf({}, { failOn: 'never' }, { source: 'built-in defaults', ignore: [] })
  const rulebook = rulebookOf(loadRules(), '0.0.0')
  for (const [name, files] of Object.entries(trees)) {
    const { render, close } = openEngine()
    const tree = treeOf(Object.assign({}, ...Array.from({ length: targets }, (_, at) => files(`t${at}`))))
    const start = performance.now()
    const { coverage, problems } = await scan(tree, { policy, rulebook, watch: silent, engine: render, sources: refusing })
    const ms = performance.now() - start
    const named = new Set(problems.flatMap(({ target }) => target ?? [])).size
    console.log(
      `  ${`${targets} ${name}`.padEnd(52)} ${ms.toFixed(0).padStart(6)} ms  ${coverage.renderedTargets} rendered, ${named} named as not rendered`,
    )
    if (coverage.renderedTargets + named !== targets)
      short.push(`of ${targets} ${name} ${targets - coverage.renderedTargets - named} are neither rendered nor named`)
    if (ms > longest) short.push(`${targets} ${name} take ${ms.toFixed(0)} ms`)
    await close()
  }
  return short
}
