// What was looked at and what was not, in numbers and by name.

import type { Graph } from '../discover/graph.ts'
import type { ManifestTarget } from '../discover/target.ts'
import type { Coverage } from './report.ts'

/** The coverage of a graph of which only `judged` targets were looked at. */
export function coverageOf(graph: Graph, judged: readonly ManifestTarget[], rules: number): Coverage {
  const objects = judged.reduce((sum, target) => sum + target.resources.length, 0)
  return {
    files: graph.files,
    judgedFiles: judged.length,
    judgedObjects: objects,
    unrenderedFiles: judged.filter(({ unrendered }) => unrendered).length,
    unaffectedFiles: graph.targets.length - judged.length,
    failedFiles: new Set(graph.problems.map(({ path }) => path)).size,
    skipped: graph.skips,
    rules,
  }
}
