// Files that could be edited and are not: nobody would keep the edit.

import { commentsAt, templateSource } from '../../discover/third-party/header.ts'

/** Folders of what tests are fed with; a folder `test` or `e2e` alone may be an environment. */
const testData = /(?:^|\/)(?:\.github\/tests?|test-?data|(?:__)?fixtures(?:__)?|tests?\/(?:acceptance|e2e|integration))\//

/** How a file says at its head that something writes it. */
const written = /\bdo not (?:edit|modify)\b|\bauto(?:matically |-)?generated\b/i

/** The end of a sentence that says why a file is not edited; undefined for one that may be. */
export function sparedFor(path: string, text: string): string | undefined {
  if (testData.test(path)) return 'the file is test data, whose faults may be meant'
  const source = templateSource(/(?<=^# )Source: .*\S/m.exec(text) ?? [])
  if (source !== undefined)
    return `the file is what helm template made of chart ${source.inner}: the chart is to be mended, and the file made anew`
  return commentsAt(text, 0).some((comment) => written.test(comment)) ? 'its head says that it is generated' : undefined
}
