// A pull request as it would look with its review: files with their changes, comments in place, the summary. One page that needs nothing beside itself.

import type { Change } from '../../change/change.ts'
import { lookupOf } from '../../change/lookup.ts'
import { escaped } from '../../report/html-escape.ts'
import { htmlPage } from '../../report/html-page.ts'
import { counted } from '../../report/printable.ts'
import type { Report } from '../../report/report.ts'
import { silence } from '../conversation.ts'
import { noRefusals, planReview, type ReviewPlan } from '../plan.ts'
import { fileHtml } from './file.ts'
import { rendered } from './markdown.ts'
import { script } from './script.ts'
import { style } from './style.ts'

/** Files that are shown beside those with comments. */
const mostFiles = 100

/** The page of a first review of `change`, which `report` is about. */
export function preview(report: Report, change: Change): string {
  const ids = new Map(change.diff.files.map(({ path }, at) => [path, `file-${at + 1}`]))
  const plan = planReview(
    {
      report,
      diff: lookupOf(change.diff),
      head: '0'.repeat(40),
      key: 'default',
      saysNothing: true,
      requestsChanges: false,
      ruleUrl: (rule) => `${report.tool.url}/blob/main/docs/rules/${rule}.md`,
      lineUrl: ({ path }) => `#${ids.get(path) ?? 'files'}`,
    },
    silence,
    noRefusals,
  )
  const title = `Preview: ${report.head} into ${report.base ?? ''}`
  return htmlPage({
    title,
    style,
    script,
    skip: { to: 'files', label: 'Skip to the files' },
    body: `<header>
<p class="label">Preview</p>
<h1>${escaped(report.head)} <span class="soft">into</span> ${escaped(report.base ?? '')}</h1>
<p class="soft">What Plimsoll would say in this pull request. The look is Plimsoll’s own, not GitHub’s.</p>
</header>
<main>
${body(plan, change, ids)}
</main>
<nav class="jump" aria-label="Comments" hidden><button type="button" data-step="-1">Previous <kbd>p</kbd></button> <span role="status"></span> <button type="button" data-step="1">Next <kbd>n</kbd></button></nav>`,
  })
}

function body(plan: ReviewPlan, change: Change, ids: ReadonlyMap<string, string>): string {
  const comments = [...plan.lines, ...plan.files]
  const of = (path: string) => comments.filter(({ place }) => place.kind !== 'summary' && place.path === path)
  const { files } = change.diff
  const spoken = files.filter(({ path }) => of(path).length > 0)
  const silent = files.filter(({ path }) => of(path).length === 0)
  const shown = [...spoken, ...silent.slice(0, mostFiles)]
  const left = files.length - shown.length
  const summary = plan.summary.kind === 'none' ? '<p>Nothing is said.</p>' : rendered(plan.summary.body)
  return `<section aria-labelledby="conversation"><h2 id="conversation">Conversation</h2>
<article class="comment summary"><p class="who">plimsoll <span class="soft">would say</span></p><div class="body">${summary}</div></article></section>
<section aria-labelledby="files"><h2 id="files" tabindex="-1">Files <span class="soft">${files.length}, with ${counted(comments.length, 'comment')}</span></h2>
${shown.map((file) => fileHtml(file, { change, comments: of(file.path), id: ids.get(file.path) ?? '' })).join('\n')}
${left === 0 ? '' : `<p class="soft">${counted(left, 'more file')} without a comment: not shown here.</p>`}
</section>`
}
