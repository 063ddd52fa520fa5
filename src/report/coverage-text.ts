// The coverage in words: what was judged, and by reason what was not.

import { groupBy } from '../text/group.ts'
import { counted } from './printable.ts'
import type { Coverage, Report, ReportedSkip } from './report.ts'

/** `20 objects in 11 files and 2 rendered targets judged by 60 rules, 18 files not touched`. */
export function judgedText(coverage: Coverage, mode: Report['mode']): string {
  const places = [
    ...(coverage.judgedFiles > 0 || coverage.renderedTargets === 0 ? [counted(coverage.judgedFiles, 'file')] : []),
    ...(coverage.renderedTargets > 0 ? [counted(coverage.renderedTargets, 'rendered target')] : []),
    ...(coverage.fetchingFiles > 0
      ? [`${counted(coverage.fetchingFiles, 'file')} that ${coverage.fetchingFiles === 1 ? 'fetches' : 'fetch'} from elsewhere`]
      : []),
  ]
  return [
    `${counted(coverage.judgedObjects, 'object')} in ${places.join(' and ')} judged by ${counted(coverage.rules, 'rule')}`,
    ...(coverage.unrenderedFiles > 0 ? [`${coverage.unrenderedFiles} of them unrendered`] : []),
    ...(mode === 'review' ? [`${counted(coverage.unaffectedFiles, 'file')} not touched`] : []),
    ...(coverage.failedFiles + coverage.failedTargets > 0 ? [`${coverage.failedFiles + coverage.failedTargets} failed`] : []),
  ].join(', ')
}

/** What was not judged for one reason. `aloud`: the paths among it that look like Kubernetes. */
export type SkippedGroup = { readonly reason: string; readonly count: number; readonly aloud: readonly string[] }

/** By reason, the most frequent first. */
export function skippedGroups(skips: readonly ReportedSkip[]): readonly SkippedGroup[] {
  return [...groupBy(skips, ({ reason }) => reason)]
    .sort((a, b) => b[1].length - a[1].length)
    .map(([reason, members]) => ({
      reason,
      count: members.length,
      aloud: [...new Set(members.filter(({ attention }) => attention).map(({ path }) => path))],
    }))
}
